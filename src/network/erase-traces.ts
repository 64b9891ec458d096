import { sql } from 'kysely';
import type { Account } from '../account.ts';
import type { Core } from '../core.ts';
import { forgetJoinRequests, forgetRequestsOfMember } from '../joining/forgetting.ts';
import { placeOf, sinceErased } from '../membership/avoided-words.ts';
import type { Transaction } from '../store/database.ts';

/*
 * What others were shown or wrote down of somebody who is erased, and what does not hang on their row.
 */

/**
 * What was told to others and is about them stands in others' inboxes: conversations they hosted or proposed, answers
 * they shared, their first weeks, whom they looked out for. What is told from now on is composed without them.
 */
export async function unsayElsewhere(tx: Transaction, memberId: string): Promise<void> {
  const hosted = tx
    .selectFrom('conversations')
    .select(({ cast }) => cast<string>('id', 'text').as('id'))
    .where('host_id', '=', memberId);
  const proposed = tx
    .selectFrom('proposals')
    .select(({ cast }) => cast<string>('id', 'text').as('id'))
    .where('host_id', '=', memberId);
  const about = tx.selectFrom('deliveries').select('id').where('subject', 'in', hosted.union(proposed));
  await tx.deleteFrom('web_inbox').where('delivery_id', 'in', about).execute();
  const prompts = tx
    .selectFrom('prompts')
    .select(({ cast }) => cast<string>('id', 'text').as('id'))
    .where('member_id', '=', memberId);
  await tx
    .deleteFrom('deliveries')
    .where((or) => or.or([or('subject', '=', memberId), or('subject', 'in', prompts)]))
    .where('member_id', 'is distinct from', memberId)
    .execute();
  const lookedAfter = tx.selectFrom('buddies').select('member_id').where('buddy_id', '=', memberId);
  const told = tx
    .selectFrom('deliveries')
    .select('id')
    .where('kind', 'in', ['joining.path', 'joining.buddy'])
    .where('member_id', 'in', lookedAfter);
  await tx.deleteFrom('web_inbox').where('delivery_id', 'in', told).execute();
}

/** What they asked for before they were a member, and with which accounts they tried. */
export async function forgetRequestsOf(tx: Transaction, memberId: string): Promise<void> {
  const accounts = await tx
    .selectFrom('accounts')
    .select(['platform', 'space', 'platform_user as user'])
    .where('member_id', '=', memberId)
    .orderBy('id')
    .execute();
  for (const account of accounts) {
    await forgetJoinRequests(tx, account);
    await forgetWrongCodes(tx, account);
  }
  await forgetRequestsOfMember(tx, memberId);
  // From an account that was never connected, or no longer is.
  const others = await tx
    .selectFrom('join_requests')
    .innerJoin('members', 'members.email', 'join_requests.email')
    .select(['join_requests.platform', 'join_requests.space', 'join_requests.platform_user as user'])
    .where('members.id', '=', memberId)
    .where('join_requests.email_verified', '=', true)
    .execute();
  for (const account of others) await forgetJoinRequests(tx, account);
}

/** @returns whether this account ever tried a wrong one that we still know of */
export async function forgetWrongCodes(tx: Transaction, { platform, space, user }: Account): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('wrong_codes')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/**
 * Whoever never wanted to meet them need not meet them when they come back: a keyed token of their address stays in
 * place of their id. What was typed, which may be their name, is gone.
 *
 * @param tokens of all their addresses, that of the roster first
 */
export async function unnameDoNotMatch(
  { cipher }: Pick<Core, 'cipher'>,
  tx: Transaction,
  memberId: string,
  tokens: readonly [Buffer, ...Buffer[]],
): Promise<void> {
  const rows = await tx
    .selectFrom('do_not_match')
    .select(['id', 'token', 'other_id'])
    .where((or) => or.or([or('other_id', '=', memberId), or('token', 'in', tokens)]))
    .where('member_id', '!=', memberId)
    .orderBy('id')
    .execute();
  for (const row of rows) {
    const said = cipher.seal(sinceErased, placeOf(row.id));
    const kept = { other_id: null, token: row.other_id === null && row.token !== null ? row.token : tokens[0], said };
    await tx.updateTable('do_not_match').set(kept).where('id', '=', row.id).execute();
  }
}

/** What conveners did stays; to whom, no longer. */
export async function unnameAudit(tx: Transaction, memberId: string): Promise<void> {
  await tx.updateTable('audit').set({ subject: '' }).where('subject', '=', memberId).execute();
  const names = sql<boolean>`position(${memberId} in detail::text) > 0`;
  await tx.updateTable('audit').set({ detail: '{}' }).where(names).execute();
}
