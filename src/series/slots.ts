import { sql } from 'kysely';
import type { Reader } from '../store/database.ts';
import type { Series, Slot } from './model.ts';

function seriesRows(db: Reader) {
  return db
    .selectFrom('series')
    .select([
      'id',
      'name',
      'weekday',
      'at',
      'zone',
      'every_weeks as everyWeeks',
      'first_day as firstDay',
      'minutes',
      'capacity',
      'per_council as perCouncil',
      'link',
      'place',
    ])
    .where('ended_at', 'is', null);
}

/** Those that go on, by name. */
export async function readAllSeries(db: Reader): Promise<readonly Series[]> {
  return await seriesRows(db).orderBy('name').orderBy('id').execute();
}

/** `undefined` for one that has ended too. */
export async function findSeries(db: Reader, id: string): Promise<Series | undefined> {
  return await seriesRows(db).where('id', '=', id).executeTakeFirst();
}

export function slotRows(db: Reader) {
  return db
    .selectFrom('series_slots')
    .select([
      'id',
      'series_id as seriesId',
      'starts_at as startsAt',
      'state',
      'topic_id as topicId',
      'proposal_id as proposalId',
      'conversation_id as conversationId',
    ]);
}

export async function findSlot(db: Reader, id: string): Promise<Slot | undefined> {
  return await slotRows(db).where('id', '=', id).executeTakeFirst();
}

export interface Ask {
  readonly id: string;
  readonly memberId: string;
  readonly until: Date;
  readonly answer: 'yes' | 'no' | 'none' | null;
}

/** By what the one message of an ask is told from others about the same slot. */
export function askKey(askId: string): string {
  return `series.ask-host:${askId}`;
}

/** What hosts were asked for a slot, the latest last. */
export async function readAsks(db: Reader, slotId: string): Promise<readonly Ask[]> {
  return await db
    .selectFrom('host_asks')
    .select(['id', 'member_id as memberId', 'until', 'answer'])
    .where('slot_id', '=', slotId)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
}

/** The nations of the councils that have members. */
export async function readNations(db: Reader): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('people')
    .select('nation')
    .distinct()
    .where('status', '=', 'active')
    .where('nation', '!=', '')
    .orderBy(sql`nation`)
    .execute();
  return rows.map(({ nation }) => nation);
}
