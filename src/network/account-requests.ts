import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Account, Address, Platform, Sender } from '../account.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import { Refusal } from '../errors.ts';
import type { Message } from '../messages/message.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import * as say from './account-request-messages.ts';
import { moveAddress } from './address.ts';
import { linkAccount } from './linking.ts';
import type { Member } from './model.ts';
import { findMemberByAccount, findPersonByEmail } from './roster.ts';
import { requestOpenMs, requestQuietMs } from './rules.ts';

/*
 * Whoever administers a workspace decides which address an account there has. That is enough to join a member who has
 * nothing here yet, and too little for what a member has written: they are asked where they are known already.
 */

/**
 * Keeps the request of an unknown account whose platform vouches for this member's address, and asks the member. The
 * caller holds the member's row. What was asked within the hour is not asked again.
 */
export async function requestAccount(
  { clock }: Pick<Core, 'clock'>,
  tx: Transaction,
  memberId: string,
  { account, address }: Pick<Sender, 'account' | 'address'>,
): Promise<void> {
  const now = clock.now();
  await forgetEnded(tx, now);
  const quietSince = new Date(now.getTime() - requestQuietMs);
  const asked = await tx
    .insertInto('account_requests')
    .values({
      id: randomUUID(),
      member_id: memberId,
      platform: account.platform,
      space: account.space,
      platform_user: account.user,
      address: JSON.stringify(address),
      requested_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'space', 'platform_user'])
        .doUpdateSet((excluded) => ({
          // Another member's by now: the button that the first one was sent is to do nothing.
          id: sql<string>`case when account_requests.member_id = excluded.member_id then account_requests.id else excluded.id end`,
          member_id: excluded.ref('excluded.member_id'),
          address: excluded.ref('excluded.address'),
          requested_at: excluded.ref('excluded.requested_at'),
        }))
        .where((or) =>
          or.or([
            or('account_requests.member_id', '!=', or.ref('excluded.member_id')),
            or('account_requests.requested_at', '<=', quietSince),
          ]),
        ),
    )
    .returning('id')
    .executeTakeFirst();
  if (asked === undefined) return;
  const key = `network.confirm-account:${asked.id}:${now.toISOString()}`;
  await post(tx, now, [{ key, kind: 'network.confirm-account', subject: asked.id, memberId }]);
}

/**
 * Forgets what this account asked for.
 *
 * @param until what was asked after this moment stays
 * @returns false when there was nothing
 */
export async function forgetRequests(
  tx: Transaction,
  { platform, space, user }: Account,
  until: Date | 'always' = 'always',
): Promise<boolean> {
  const theirs = tx
    .deleteFrom('account_requests')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user);
  const those = until === 'always' ? theirs : theirs.where('requested_at', '<=', until);
  return (await those.executeTakeFirst()).numDeletedRows > 0n;
}

/** Those that somebody is answering at this moment are not waited for. */
async function forgetEnded(tx: Transaction, now: Date): Promise<void> {
  const ended = tx
    .selectFrom('account_requests')
    .select('id')
    .where('requested_at', '<=', new Date(now.getTime() - requestOpenMs))
    .forUpdate()
    .skipLocked();
  await tx.deleteFrom('account_requests').where('id', 'in', ended).execute();
}

interface AccountRequest {
  readonly account: Account;
  readonly address: Address;
  readonly requestedAt: Date;
  /** Whose the account is by now. */
  readonly holder: string | undefined;
}

/** `undefined` for one that there is not, that has ended, or that asks for somebody else. */
async function findRequest(
  db: Reader,
  id: string,
  member: Pick<Member, 'id'>,
  now: Date,
): Promise<AccountRequest | undefined> {
  const row = await db
    .selectFrom('account_requests')
    .select(['platform', 'space', 'platform_user as user', 'address', 'requested_at as requestedAt'])
    .where('id', '=', id)
    .where('member_id', '=', member.id)
    .where('requested_at', '>', new Date(now.getTime() - requestOpenMs))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { platform, space, user, address, requestedAt } = row;
  const account = { platform, space, user };
  return { account, address, requestedAt, holder: (await findMemberByAccount(db, account))?.id };
}

/**
 * Connects the account that asked, because its member says that it is theirs. Doing it again changes nothing.
 *
 * @throws Refusal when there is no such request of theirs, or no longer
 */
export async function confirmAccount(core: Core, member: Member, requestId: string): Promise<Message> {
  await core.db.transaction().execute(async (tx) => {
    // Whoever erases them or asks again waits, or is waited for.
    await tx.selectFrom('members').select('id').where('id', '=', member.id).forNoKeyUpdate().execute();
    const request = await findRequest(tx, requestId, member, core.clock.now());
    if (request === undefined) throw new Refusal(say.requestEnded);
    if (request.holder === undefined && (await isNewAddress(tx, member.id, request.account))) {
      await moveAddress({ cipher: core.cipher, now: core.clock.now() }, tx, member.id, request.account.user);
    }
    await linkAccount(tx, member.id, request.account, request.address, request.requestedAt);
    const holder = await findMemberByAccount(tx, request.account);
    if (holder?.id !== member.id) throw new Refusal(say.requestEnded);
  });
  return say.connected(member);
}

/** Whether it is where the roster would have them sign in. Somebody else may have that address by now. */
async function isNewAddress(tx: Transaction, memberId: string, { platform, user }: Account): Promise<boolean> {
  if (platform !== 'email') return false;
  const own = tx.selectFrom('members').select('id').where('id', '=', memberId).where('new_email', '=', user);
  if ((await own.executeTakeFirst()) === undefined) return false;
  if ((await findPersonByEmail(tx, user)) !== undefined) throw new Refusal(say.requestEnded);
  return true;
}

/** Asks the member, unless the request has ended or was answered meanwhile. */
export async function composeConfirmAccount(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  const request = await findRequest(core.db, delivery.subject, member, core.clock.now());
  if (request === undefined) return drop('the request has ended');
  if (request.holder !== undefined) return drop('the account is connected');
  const { platform, space, user } = request.account;
  if (platform === 'email') return { kind: 'say', message: say.confirmAddress(delivery.subject, user) };
  const where = { platform, workspace: await workspaceName(core.db, platform, space) };
  return { kind: 'say', message: say.confirmAccount(delivery.subject, where) };
}

async function workspaceName(db: Reader, platform: Platform, space: string): Promise<string> {
  const row = await db
    .selectFrom('installations')
    .select('name')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .executeTakeFirst();
  return row?.name ?? '';
}
