import { randomUUID } from 'node:crypto';
import type { Account, Address } from '../account.ts';
import type { Transaction } from '../store/database.ts';
import { forgetStranger } from './greeting.ts';

/** Makes an account the member's own. One that is somebody's already stays theirs. Its person is no stranger. */
export async function linkAccount(
  tx: Transaction,
  memberId: string,
  account: Account,
  address: Address,
  seenAt: Date,
): Promise<void> {
  await tx
    .insertInto('accounts')
    .values({
      id: randomUUID(),
      member_id: memberId,
      platform: account.platform,
      space: account.space,
      platform_user: account.user,
      address: JSON.stringify(address),
      seen_at: seenAt,
    })
    .onConflict((conflict) => conflict.columns(['platform', 'space', 'platform_user']).doNothing())
    .execute();
  await forgetStranger(tx, account);
}
