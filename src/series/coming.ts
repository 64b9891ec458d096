import type { Reader } from '../store/database.ts';

/** A date of a series for which nothing is announced yet. */
export interface ComingSlot {
  readonly id: string;
  /** Of the series. */
  readonly name: string;
  readonly startsAt: Date;
  readonly minutes: number;
  /** The IANA zone of the series. */
  readonly zone: string;
  /** `open`: its topic is still to be chosen. `asking`: its host is. */
  readonly state: 'open' | 'asking';
  /** '' while it is open. */
  readonly topic: string;
}

/** The dates to come for which people vote, or a host is looked for; the soonest first. */
export async function comingSlots(db: Reader, now: Date): Promise<readonly ComingSlot[]> {
  const rows = await db
    .selectFrom('series_slots')
    .innerJoin('series', 'series.id', 'series_slots.series_id')
    .leftJoin('topics', 'topics.id', 'series_slots.topic_id')
    .select([
      'series_slots.id',
      'series.name',
      'series_slots.starts_at as startsAt',
      'series.minutes',
      'series.zone',
      'series_slots.state',
      'topics.title as topic',
    ])
    .where('series_slots.starts_at', '>', now)
    .where('series.ended_at', 'is', null)
    .orderBy('series_slots.starts_at')
    .orderBy('series.name')
    .execute();
  return rows.flatMap(({ state, topic, ...row }) =>
    state === 'open' || state === 'asking' ? [{ ...row, state, topic: topic ?? '' }] : [],
  );
}
