import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Platform } from '../account.ts';
import type { DeliveryKind } from '../delivery/model.ts';
import type { Database, Transaction } from './database.ts';

/** The PostgreSQL channel that says "something was posted"; the relay listens, and the sweep does not rely on it. */
export const outboxChannel = 'colloquy_outbox';

/** A message to be sent. `key` makes it happen once: posting the same key again does nothing. */
export interface Posting {
  readonly key: string;
  readonly kind: DeliveryKind;
  readonly subject: string;
  readonly memberId: string;
  /** The only channel it may go by; otherwise the member's own choice. */
  readonly via?: Platform;
}

/** Writes deliveries in the transaction that caused them. */
export async function post(tx: Transaction, now: Date, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return;
  const rows = postings.map((posting) => ({
    id: randomUUID(),
    key: posting.key,
    kind: posting.kind,
    subject: posting.subject,
    member_id: posting.memberId,
    via: posting.via ?? null,
    not_before: now,
    created_at: now,
  }));
  await tx
    .insertInto('deliveries')
    .values(rows)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  await sql`select pg_notify(${outboxChannel}, '')`.execute(tx);
}

/** A delivery on its way to the queue; each attempt has its own job. */
export interface Dispatch {
  readonly id: string;
  readonly attempt: number;
}

/**
 * Takes deliveries that are due and not yet in the queue, and marks them as queued. One whose job was lost (Redis
 * emptied, say) is taken again after `leaseMs`.
 */
export async function takeForQueue(
  db: Database,
  now: Date,
  limit: number,
  leaseMs: number,
): Promise<readonly Dispatch[]> {
  const lost = new Date(now.getTime() - leaseMs);
  const due = db
    .selectFrom('deliveries')
    .select('id')
    .where('status', '=', 'pending')
    .where('not_before', '<=', now)
    .where((or) => or.or([or('queued_at', 'is', null), or('queued_at', '<', lost)]))
    .orderBy('not_before')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const rows = await db
    .updateTable('deliveries')
    .set({ queued_at: now })
    .where('id', 'in', due)
    .returning(['id', 'attempts', 'not_before'])
    .execute();
  const oldestFirst = rows.toSorted((a, b) => a.not_before.getTime() - b.not_before.getTime());
  return oldestFirst.map((row) => ({ id: row.id, attempt: row.attempts }));
}

/** Undoes {@link takeForQueue} for deliveries that could not be put into the queue. */
export async function putBack(db: Database, dispatches: readonly Dispatch[]): Promise<void> {
  if (dispatches.length === 0) return;
  const ids = dispatches.map(({ id }) => id);
  await db
    .updateTable('deliveries')
    .set({ queued_at: null })
    .where('id', 'in', ids)
    .where('status', '=', 'pending')
    .execute();
}
