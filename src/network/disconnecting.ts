import type { Transaction } from '../store/database.ts';
import { blankHomeOf } from './farewell.ts';

/**
 * Takes an account away from its member: its home shows nothing of them, the browsers that it signed in are signed out,
 * and what was to go there goes by the next. The caller holds the member, and the account as it is held to be deleted.
 */
export async function removeAccount(tx: Transaction, now: Date, memberId: string, accountId: string): Promise<void> {
  await blankHomeOf(tx, now, accountId);
  // What is being sent there at this moment may have arrived: it is not sent again by another way.
  await tx
    .updateTable('deliveries')
    .set({ status: 'failed', settled_at: now, in_doubt: true, reason: 'its account was disconnected meanwhile' })
    .where('account_id', '=', accountId)
    .where('status', '=', 'sending')
    .execute();
  await tx.deleteFrom('accounts').where('id', '=', accountId).execute();
  await tx
    .updateTable('members')
    .set({ preferred_platform: null })
    .where('id', '=', memberId)
    .where('preferred_platform', 'not in', (from) =>
      from.selectFrom('accounts').select('platform').where('member_id', '=', memberId),
    )
    .execute();
}
