import type { Platform } from '../account.ts';
import type { Database } from './database.ts';

/** Records that a platform's event came in; false when it had come before, on any process. */
export async function isFirst(db: Database, platform: Platform, eventId: string, now: Date): Promise<boolean> {
  const row = await db
    .insertInto('received_events')
    .values({ platform, event_id: eventId, received_at: now })
    .onConflict((conflict) => conflict.columns(['platform', 'event_id']).doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return row !== undefined;
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
