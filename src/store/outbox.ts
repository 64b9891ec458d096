import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Platform } from '../account.ts';
import type { MemberDeliveryKind, RoomDeliveryKind } from '../delivery/model.ts';
import type { Transaction } from './database.ts';

/** The PostgreSQL channel that says "something was posted"; the relay listens, and the sweep does not rely on it. */
export const outboxChannel = 'colloquy_outbox';

/** A message to be sent. `key` makes it happen once: posting the same key again does nothing. */
export type Posting = MemberPosting | RoomPosting;

export interface MemberPosting {
  readonly key: string;
  readonly kind: MemberDeliveryKind;
  readonly subject: string;
  readonly memberId: string;
  /** The only channel it may go by; otherwise the member's own choice. */
  readonly via?: Platform;
  /** When it is to go; otherwise at once. It stands in line, and is tried, as if it had been posted then. */
  readonly notBefore?: Date;
}

export interface RoomPosting {
  readonly key: string;
  readonly kind: RoomDeliveryKind;
  readonly subject: string;
  readonly roomId: string;
}

/** Writes deliveries in the transaction that caused them. */
export async function post(tx: Transaction, now: Date, postings: readonly Posting[]): Promise<void> {
  await write(tx, now, now, postings);
}

/** PostgreSQL takes 65,535 parameters in one statement: https://www.postgresql.org/docs/current/limits.html */
const atOnce = 1_000;

async function write(tx: Transaction, now: Date, notBefore: Date, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return;
  const rows = postings.map((posting) => ({
    id: randomUUID(),
    key: posting.key,
    kind: posting.kind,
    subject: posting.subject,
    member_id: 'memberId' in posting ? posting.memberId : null,
    room_id: 'roomId' in posting ? posting.roomId : null,
    via: ('via' in posting ? posting.via : undefined) ?? null,
    not_before: laterOf(posting) ?? notBefore,
    created_at: laterOf(posting) ?? now,
  }));
  for (let first = 0; first < rows.length; first += atOnce) {
    await tx
      .insertInto('deliveries')
      .values(rows.slice(first, first + atOnce))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
  await wakeRelay(tx);
}

function laterOf(posting: Posting): Date | undefined {
  return 'notBefore' in posting ? posting.notBefore : undefined;
}

/** Says, once this transaction is committed, that something was posted. */
export async function wakeRelay(tx: Transaction): Promise<void> {
  await sql`select pg_notify(${outboxChannel}, '')`.execute(tx);
}

/** How long a refresh waits for others of the same thing, in milliseconds: what changes ten times is redrawn once. */
export const refreshDelayMs = 2_000;

/** Something that stands somewhere and is out of date: it is composed anew, from what is true when its turn comes. */
export type Stale =
  | { readonly kind: 'network.home'; readonly subject: string; readonly memberId: string; readonly via: Platform }
  | {
      readonly kind: 'conversations.notice-update' | 'network.blank-home';
      readonly subject: string;
      readonly roomId: string;
    };

/**
 * Posts a refresh, unless one is waiting already: that one will show this change too. The waiting one is locked, so
 * it cannot be composed before this transaction ends. One that somebody else has locked is not waited for: two who
 * refresh the same things in different orders would wait for each other.
 */
export async function refresh(tx: Transaction, now: Date, stale: Stale): Promise<void> {
  const waiting = await tx
    .selectFrom('deliveries')
    .select('id')
    .where('kind', '=', stale.kind)
    .where('subject', '=', stale.subject)
    .where('status', '=', 'pending')
    .where((or) => (stale.kind === 'network.home' ? or('via', '=', stale.via) : or('room_id', '=', stale.roomId)))
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  const notBefore = new Date(now.getTime() + refreshDelayMs);
  if (waiting !== undefined) {
    // One that failed before may wait for up to an hour: news is worth another try.
    const sooner = tx.updateTable('deliveries').set({ not_before: notBefore }).where('not_before', '>', notBefore);
    await sooner.where('id', '=', waiting.id).execute();
    return;
  }
  await write(tx, now, notBefore, [{ ...stale, key: `${stale.kind}:${randomUUID()}` }]);
}
