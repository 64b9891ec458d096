import type { Account } from '../account.ts';
import type { Transaction } from '../store/database.ts';

/**
 * Takes away everything this account ever asked conveners, and what they were told of it: whatever stands in their
 * inbox here, and what is on its way. docs/delivery.md names the order in which things are locked.
 *
 * @returns whether there was anything
 */
export async function forgetJoinRequests(tx: Transaction, account: Account): Promise<boolean> {
  return (await forget(tx, requestsOf(tx, account))) > 0;
}

/** The same for what made a member of somebody, wherever they asked from and whichever address they typed. */
export async function forgetRequestsOfMember(tx: Transaction, memberId: string): Promise<void> {
  await forget(tx, tx.deleteFrom('join_requests').where('member_id', '=', memberId));
}

/**
 * There is nothing left to decide: they have come in by another way, or took our app out.
 *
 * @param until what was asked after this moment stays, because the news of it came late
 */
export async function endOpenRequest(
  tx: Transaction,
  account: Account,
  until: Date | 'always' = 'always',
): Promise<void> {
  const open = requestsOf(tx, account).where('decided_at', 'is', null);
  await forget(tx, until === 'always' ? open : open.where('requested_at', '<=', until));
}

/** What people of a workspace asked, whose administrator took our app out there. @returns how much that was */
export async function endOpenRequestsIn(tx: Transaction, place: Pick<Account, 'platform' | 'space'>): Promise<number> {
  return await forget(tx, requestsIn(tx, place).where('decided_at', 'is', null));
}

function requestsOf(tx: Transaction, account: Account) {
  return requestsIn(tx, account).where('platform_user', '=', account.user);
}

function requestsIn(tx: Transaction, { platform, space }: Pick<Account, 'platform' | 'space'>) {
  return tx.deleteFrom('join_requests').where('platform', '=', platform).where('space', '=', space);
}

/** With what was told of them: messages name whoever asked. @returns how many there were */
async function forget(tx: Transaction, requests: ReturnType<typeof requestsIn>): Promise<number> {
  const gone = await requests.returning('id').execute();
  if (gone.length === 0) return 0;
  const ids = gone.map(({ id }) => id);
  await tx
    .deleteFrom('deliveries')
    .where('kind', 'in', ['joining.requested', 'joining.refused'])
    .where('subject', 'in', ids)
    .execute();
  return gone.length;
}
