import { sql } from 'kysely';
import { type Platform, platforms } from '../account.ts';
import type { Database, Reader } from '../store/database.ts';
import { isLane, messagesKey, platformOf } from './lanes.ts';
import type { Pace } from './model.ts';
import { restMs } from './rules.ts';

/** When each key of lanes.ts is free: those that are not yet. */
export async function readLaneTimes(db: Reader, now: Date): Promise<ReadonlyMap<string, Date>> {
  const rows = await db.selectFrom('lanes').selectAll().where('free_at', '>', now).execute();
  return new Map(rows.map((row) => [row.key, row.free_at]));
}

/** A time is never set back: another process may have learnt of a later one. */
export async function writeLaneTimes(db: Reader, times: ReadonlyMap<string, Date>): Promise<void> {
  if (times.size === 0) return;
  const rows = [...times].map(([key, free_at]) => ({ key, free_at }));
  await db
    .insertInto('lanes')
    .values(rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ free_at: sql<Date>`greatest(lanes.free_at, excluded.free_at)` }),
    )
    .execute();
}

/**
 * Nothing more is given to this lane before `until`. After that it begins at its steady pace, without a burst: the
 * platform has just said that it was too much.
 */
export async function holdLane(db: Reader, lane: string, until: Date, pace: Pace): Promise<void> {
  const steady = new Date(until.getTime() + Math.max(0, pace.burst - 1) * pace.spaceMs);
  const times = new Map([[lane, until]]);
  await writeLaneTimes(db, pace.spaceMs > 0 ? times.set(messagesKey(lane), steady) : times);
}

/**
 * Holds a lane whose platform did not answer, the longer the more often in a row. Then one delivery at a time tries it,
 * until {@link laneAnswers}. Those that were on their way together count as one.
 */
export async function holdSilentLane(db: Database, lane: string, now: Date, pace: Pace): Promise<void> {
  const row = await db.selectFrom('lanes').selectAll().where('key', '=', lane).executeTakeFirst();
  if (row !== undefined && row.free_at > now) return;
  const silences = (row?.silences ?? 0) + 1;
  await holdLane(db, lane, new Date(now.getTime() + restMs(silences)), pace);
  await db.updateTable('lanes').set({ silences }).where('key', '=', lane).execute();
}

export async function laneAnswers(db: Database, lane: string): Promise<void> {
  await db.updateTable('lanes').set({ silences: 0 }).where('key', '=', lane).where('silences', '>', 0).execute();
}

/** The lanes that did not answer when they were last spoken to. */
export async function readSilentLanes(db: Reader): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('lanes').select('key').where('silences', '>', 0).execute();
  return new Set(rows.map(({ key }) => key));
}

/** Until when this lane is held; `undefined` when it is not. */
export async function heldUntil(db: Reader, lane: string, now: Date): Promise<Date | undefined> {
  const row = await db
    .selectFrom('lanes')
    .select('free_at')
    .where('key', '=', lane)
    .where('free_at', '>', now)
    .executeTakeFirst();
  return row?.free_at;
}

/** How many lanes of each platform are held. */
export async function heldLanes(
  db: Reader,
  now: Date,
): Promise<readonly { readonly platform: Platform; readonly count: number }[]> {
  const keys = [...(await readLaneTimes(db, now)).keys()].filter(isLane);
  return platforms.map((platform) => ({
    platform,
    count: keys.filter((key) => platformOf(key) === platform).length,
  }));
}

/** Longer than a call to a platform may take: a lane that is being tried keeps its count of silences. */
const keptMs = 60_000;

/** Forgets times that are long past: a key without one is free. */
export async function forgetLaneTimes(db: Database, now: Date): Promise<void> {
  const past = new Date(now.getTime() - keptMs);
  const old = db.selectFrom('lanes').select('key').where('free_at', '<', past).forUpdate().skipLocked();
  await db.deleteFrom('lanes').where('key', 'in', old).execute();
}
