import type { Account } from '../account.ts';
import type { Transaction } from '../store/database.ts';

/**
 * Takes away everything this account ever asked conveners, and what they were told of it: whatever stands in their
 * inbox here, and what is on its way. docs/delivery.md names the order in which things are locked.
 *
 * @returns whether there was anything
 */
export async function forgetJoinRequests(tx: Transaction, { platform, space, user }: Account): Promise<boolean> {
  const gone = await tx
    .deleteFrom('join_requests')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .returning('id')
    .execute();
  await forgetTold(
    tx,
    gone.map(({ id }) => id),
  );
  return gone.length > 0;
}

/** The same for what made a member of somebody, wherever they asked from and whichever address they typed. */
export async function forgetRequestsOfMember(tx: Transaction, memberId: string): Promise<void> {
  const gone = await tx.deleteFrom('join_requests').where('member_id', '=', memberId).returning('id').execute();
  await forgetTold(
    tx,
    gone.map(({ id }) => id),
  );
}

/**
 * There is nothing left to decide: they have come in by another way, or took our app out.
 *
 * @param until what was asked after this moment stays, because the news of it came late
 */
export async function endOpenRequest(
  tx: Transaction,
  { platform, space, user }: Account,
  until: Date | 'always' = 'always',
): Promise<void> {
  const open = tx
    .deleteFrom('join_requests')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .where('decided_at', 'is', null);
  const those = until === 'always' ? open : open.where('requested_at', '<=', until);
  const gone = await those.returning('id').execute();
  await forgetTold(
    tx,
    gone.map(({ id }) => id),
  );
}

/** What people of a workspace asked, whose administrator took our app out there. @returns how much that was */
export async function endOpenRequestsIn(
  tx: Transaction,
  { platform, space }: Pick<Account, 'platform' | 'space'>,
): Promise<number> {
  const gone = await tx
    .deleteFrom('join_requests')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('decided_at', 'is', null)
    .returning('id')
    .execute();
  await forgetTold(
    tx,
    gone.map(({ id }) => id),
  );
  return gone.length;
}

/** Messages name whoever asked. */
async function forgetTold(tx: Transaction, requests: readonly string[]): Promise<void> {
  if (requests.length === 0) return;
  await tx
    .deleteFrom('deliveries')
    .where('kind', 'in', ['joining.requested', 'joining.refused'])
    .where('subject', 'in', requests)
    .execute();
}
