import { randomUUID } from 'node:crypto';
import type { Account, Address, Sender } from '../account.ts';
import { Refusal } from '../errors.ts';
import { endOpenRequest } from '../joining/forgetting.ts';
import type { Transaction } from '../store/database.ts';
import { removeAccount } from './disconnecting.ts';
import { forgetStranger } from './greeting.ts';
import { refusals } from './messages.ts';
import type { Member } from './model.ts';
import { findMemberByAccount } from './roster.ts';

/** Makes an account the member's own. One that is somebody's already stays theirs. Its person is no stranger. */
export async function linkAccount(
  tx: Transaction,
  memberId: string,
  account: Account,
  address: Address,
  seenAt: Date,
): Promise<void> {
  await addAccount(tx, memberId, account, address, seenAt);
  await forgetStranger(tx, account);
  await endOpenRequest(tx, account);
}

/** The same, where whoever calls ends what the account was as a stranger's. */
export async function addAccount(
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
}

/**
 * Makes sure that an account is still the member's, whose row is held: it may have been let go or disconnected since we
 * looked who asks, and what comes from it would be taken for the member's word.
 *
 * @throws Refusal when it is theirs no longer
 */
export async function mustBeTheirs(
  tx: Transaction,
  { id }: Pick<Member, 'id'>,
  { account }: Pick<Sender, 'account'>,
): Promise<void> {
  const holder = await findMemberByAccount(tx, account);
  if (holder?.id !== id) throw new Refusal(refusals.notJoined);
}

/**
 * Of somebody who joins for the first time, lets go of each chat account but the one they do it from, or that signed them
 * in to the web page. Until then the roster's word was enough to connect one, and whoever administers a workspace decides
 * which address an account there has: what a member writes is not to be read by somebody who only began to join in their
 * name. Whoever it was is a stranger again, and asks to be connected.
 *
 * On the web with no such account, they came by a link in their e-mail: then no chat account is known to be theirs, the
 * only one neither. To be called while they are held.
 */
export async function keepOnly(tx: Transaction, now: Date, memberId: string, sender: Sender): Promise<void> {
  const own = sender.signedInBy ?? sender.account;
  const all = await tx
    .selectFrom('accounts')
    .select(['id', 'platform', 'space', 'platform_user as user'])
    .where('member_id', '=', memberId)
    .orderBy('id')
    .forUpdate()
    .execute();
  const isOwn = (one: Account) => one.platform === own.platform && one.space === own.space && one.user === own.user;
  const kept = all.filter((one) => isOwn(one) || (one.platform !== 'slack' && one.platform !== 'teams'));
  // Without an e-mail address of theirs there was no such link, and nothing else would let them in again.
  if (kept.every(({ platform }) => platform === 'web')) return;
  for (const one of all) if (!kept.includes(one)) await removeAccount(tx, now, memberId, one.id);
}
