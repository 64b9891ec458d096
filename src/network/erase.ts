import { forgetHost } from '../conversations/cancelling.ts';
import { endHandOversOf } from '../conversations/hand-over.ts';
import { freeSeatsOf } from '../conversations/seating.ts';
import type { Core } from '../core.ts';
import { forgetLocksOf } from '../matching/locks/forgetting.ts';
import { forgetProposalsOf } from '../proposals/leaving.ts';
import { forgetSeries } from '../series/leaving.ts';
import type { Transaction } from '../store/database.ts';
import { forgetMatchesOf } from './erase-matches.ts';
import { forgetRequestsOf, unnameAudit, unnameDoNotMatch, unsayElsewhere } from './erase-traces.ts';
import { blankHomes } from './farewell.ts';
import { forgetStrangersWho } from './greeting.ts';
import { forgetGuestOrganisation, guestOrganisationOf } from './guests.ts';
import { holdWithAgenda, takeTurn } from './hold.ts';
import { holdPromptsAgenda, promptsOf } from './leaving-agenda.ts';
import type { Member } from './model.ts';

/** Erases everything we hold about a member, who asked for it: a later roster does not bring them back. */
export async function erase(core: Core, member: Pick<Member, 'id'>): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await eraseMember(core, tx, member.id, 'asked');
  });
}

/**
 * Erases everything we hold about a member, their name in what others were shown here included. Most of it hangs on
 * their row and goes with it; what does not is taken away first.
 *
 * @param why `asked`: a keyed token of their address stays, by which a roster leaves them out. `forgotten`: they did not
 *   ask, it was only long ago; they may be put on a roster like anybody else
 * @returns false for somebody who has been erased already
 */
export async function eraseMember(
  core: Core,
  tx: Transaction,
  memberId: string,
  why: 'asked' | 'forgotten',
): Promise<boolean> {
  const now = core.clock.now();
  if (!(await holdToErase(tx, memberId))) return false;
  const tokens = await tokensOf(core, tx, memberId);
  const organisation = await guestOrganisationOf(tx, memberId);
  const unconfirmed = await unconfirmedOf(core, tx, memberId);
  await holdAccounts(tx, memberId);
  await unsayElsewhere(tx, memberId);
  await forgetProposalsOf(tx, now, memberId);
  await endHandOversOf(core, tx, memberId);
  await forgetHost(core, tx, memberId);
  await freeSeatsOf(core, tx, memberId);
  await forgetSeries(core, tx, memberId);
  await forgetMatchesOf(core, tx, memberId, tokens[0]);
  await forgetLocksOf(tx, memberId);
  await blankHomes(tx, now, memberId);
  await forgetStrangersWho(tx, memberId);
  await forgetChosen(tx, memberId);
  await forgetRequestsOf(tx, memberId);
  await unnameDoNotMatch(core, tx, memberId, tokens);
  await unnameAudit(tx, memberId);
  await forgetAgenda(tx, memberId);
  await tx.deleteFrom('members').where('id', '=', memberId).execute();
  if (organisation !== undefined) await forgetGuestOrganisation(tx, organisation);
  if (why === 'asked') await remember(tx, [...tokens, ...unconfirmed], now);
  return true;
}

/**
 * Holds a member, with what is on the agenda for them and their prompts, for who is to be erased.
 *
 * @returns false for somebody who has been erased already
 */
export async function holdToErase(tx: Transaction, memberId: string): Promise<boolean> {
  await takeTurn(tx, memberId);
  await holdPromptsAgenda(tx, memberId);
  // What is being done for them at this moment ends first: it may put something new on the agenda.
  return await holdWithAgenda(tx, memberId);
}

/** Their workspace may be withdrawn just now, which takes accounts before channels. docs/delivery.md names the order. */
async function holdAccounts(tx: Transaction, memberId: string): Promise<void> {
  const theirs = tx.selectFrom('accounts').select('id').where('member_id', '=', memberId);
  // No more than an update takes: who signs in by one of them needs it to stay, and the deletion waits for that.
  await theirs.orderBy('id').forNoKeyUpdate().execute();
}

/**
 * The channels that they chose stay. Before their own row goes: a channel that turns us away is held while whoever chose
 * it is written to, and that needs their row.
 */
async function forgetChosen(tx: Transaction, memberId: string): Promise<void> {
  await tx.updateTable('rooms').set({ chosen_by: null }).where('chosen_by', '=', memberId).execute();
}

/** While their prompts are still there to be named by. */
async function forgetAgenda(tx: Transaction, memberId: string): Promise<void> {
  await tx
    .deleteFrom('agenda')
    .where((or) =>
      or.or([
        or('subject', '=', memberId),
        or('subject', 'in', promptsOf(tx, memberId)),
        or('key', 'like', `%${memberId}%`),
      ]),
    )
    .execute();
}

/** Of the address that the roster has, and of any other they write from. */
async function tokensOf({ cipher }: Core, tx: Transaction, memberId: string): Promise<readonly [Buffer, ...Buffer[]]> {
  const { email } = await tx.selectFrom('members').select('email').where('id', '=', memberId).executeTakeFirstOrThrow();
  const others = await tx
    .selectFrom('accounts')
    .select('platform_user as email')
    .where('member_id', '=', memberId)
    .where('platform', '=', 'email')
    .where('platform_user', '!=', email)
    .orderBy('id')
    .execute();
  return [cipher.token(email), ...others.map((other) => cipher.token(other.email))];
}

/** Of the address that the roster has and they never confirmed: by that one it would name them again. */
async function unconfirmedOf({ cipher }: Core, tx: Transaction, memberId: string): Promise<readonly Buffer[]> {
  const row = tx.selectFrom('members').select('new_email').where('id', '=', memberId);
  const { new_email: email } = await row.executeTakeFirstOrThrow();
  return email === null ? [] : [cipher.token(email)];
}

async function remember(tx: Transaction, tokens: readonly Buffer[], now: Date): Promise<void> {
  await tx
    .insertInto('erased_people')
    .values(tokens.map((token) => ({ token, erased_at: now })))
    .onConflict((conflict) => conflict.column('token').doUpdateSet({ erased_at: now }))
    .execute();
}
