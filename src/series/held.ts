import type { Core } from '../core.ts';

/** What we hold of one member's part in the series: which topics they would like, and what they were asked to host. */
export interface HeldSeries {
  readonly votes: readonly { readonly title: string; readonly votedAt: Date }[];
  readonly hostAsks: readonly HeldHostAsk[];
}

export interface HeldHostAsk {
  readonly series: string;
  /** The date that they were asked for. */
  readonly startsAt: Date;
  readonly askedAt: Date;
  /** `none`: they let the time for it pass. Null while it is open. */
  readonly answer: 'yes' | 'no' | 'none' | null;
}

export async function heldSeries({ db }: Core, memberId: string): Promise<HeldSeries> {
  const votes = await db
    .selectFrom('topic_votes')
    .innerJoin('topics', 'topics.id', 'topic_votes.topic_id')
    .select(['topics.title', 'topic_votes.voted_at as votedAt'])
    .where('topic_votes.member_id', '=', memberId)
    .orderBy('topic_votes.voted_at')
    .execute();
  const hostAsks = await db
    .selectFrom('host_asks')
    .innerJoin('series_slots', 'series_slots.id', 'host_asks.slot_id')
    .innerJoin('series', 'series.id', 'series_slots.series_id')
    .select(['series.name as series', 'series_slots.starts_at as startsAt'])
    .select(['host_asks.asked_at as askedAt', 'host_asks.answer'])
    .where('host_asks.member_id', '=', memberId)
    .orderBy('host_asks.asked_at')
    .execute();
  return { votes, hostAsks };
}
