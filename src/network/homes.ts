import { sql } from 'kysely';
import type { Transaction } from '../store/database.ts';
import { refresh } from '../store/outbox.ts';

/**
 * Marks the homes that platforms keep for this member as out of date. Only those they have opened: an adapter says so
 * by putting `home` into the account's address.
 */
export async function refreshHomes(tx: Transaction, now: Date, memberId: string): Promise<void> {
  const accounts = await tx
    .selectFrom('accounts')
    .select(['id', 'platform'])
    .where('member_id', '=', memberId)
    .where('reachable', '=', true)
    .where(sql<boolean>`jsonb_exists(address, 'home')`)
    // Always in the same order: whoever refreshes several holds each until the end.
    .orderBy('id')
    .execute();
  for (const { id, platform } of accounts) {
    await refresh(tx, now, { kind: 'network.home', subject: id, memberId, via: platform });
  }
}
