import type { Platform } from '../account.ts';
import type { Database } from './database.ts';

/** An event that has been begun and not finished for this long was cut off by a crash, and may be begun again. */
const beginLeaseMs = 20_000;

/** `busy`: it is being dealt with, on any process, or was cut off a moment ago. `done`: it has been dealt with. */
export type Begun = 'begun' | 'busy' | 'done';

/** Records that a platform's event came in, or that it is begun again after a crash. */
export async function beginEvent(db: Database, platform: Platform, eventId: string, now: Date): Promise<Begun> {
  const cutOff = new Date(now.getTime() - beginLeaseMs);
  const begun = await db
    .insertInto('received_events')
    .values({ platform, event_id: eventId, received_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'event_id'])
        .doUpdateSet({ received_at: now })
        .where('received_events.done_at', 'is', null)
        .where('received_events.received_at', '<', cutOff),
    )
    .returning('event_id')
    .executeTakeFirst();
  if (begun !== undefined) return 'begun';
  const row = await db
    .selectFrom('received_events')
    .select('done_at')
    .where('platform', '=', platform)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  // No row: whoever had begun it has just given it up, and the next attempt begins it.
  return row === undefined || row.done_at === null ? 'busy' : 'done';
}

/** For what is dealt with at once, and so is done when it is begun: true the first time. */
export async function isFirst(db: Database, platform: Platform, eventId: string, now: Date): Promise<boolean> {
  const row = await db
    .insertInto('received_events')
    .values({ platform, event_id: eventId, received_at: now, done_at: now })
    .onConflict((conflict) => conflict.columns(['platform', 'event_id']).doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The same for what has no id of its own: false when it came less than `windowMs` milliseconds before.
 *
 * @param at when it happened, by the platform's clock
 */
export async function isFirstWithin(
  db: Database,
  platform: Platform,
  key: string,
  at: Date,
  windowMs: number,
): Promise<boolean> {
  const row = await db
    .insertInto('received_events')
    .values({ platform, event_id: key, received_at: at, done_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'event_id'])
        .doUpdateSet({ received_at: at, done_at: at })
        .where('received_events.received_at', '<=', new Date(at.getTime() - windowMs)),
    )
    .returning('event_id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Forgets what came up to `at` under keys that begin alike, but for one of them. Keys and `start` are lower-case letters
 * and digits alone: those stand in one order in every language, so the table's index finds them.
 */
export async function forgetSiblings(
  db: Database,
  platform: Platform,
  { start, except, at }: { readonly start: string; readonly except: string; readonly at: Date },
): Promise<void> {
  await db
    .deleteFrom('received_events')
    .where('platform', '=', platform)
    .where('event_id', '>=', start)
    .where('event_id', '<', `${start}zz`)
    .where('event_id', '!=', except)
    .where('received_at', '<=', at)
    .execute();
}

/** It has been dealt with: it will not be begun again. */
export async function finishEvent(db: Database, platform: Platform, eventId: string, now: Date): Promise<void> {
  await db
    .updateTable('received_events')
    .set({ done_at: now })
    .where('platform', '=', platform)
    .where('event_id', '=', eventId)
    .execute();
}

/** Lets the platform's next attempt be the first again: for an event whose handling failed. */
export async function forgetEvent(db: Database, platform: Platform, eventId: string): Promise<void> {
  await db.deleteFrom('received_events').where('platform', '=', platform).where('event_id', '=', eventId).execute();
}

/** Longer than any platform goes on telling us: Slack may repeat an event for 24 hours, or 25 with its delays. */
const rememberedMs = 48 * 3_600_000;

/** Forgets what can no longer come again. */
export async function forgetOldEvents(db: Database, now: Date): Promise<void> {
  await db
    .deleteFrom('received_events')
    .where('received_at', '<', new Date(now.getTime() - rememberedMs))
    .execute();
}
