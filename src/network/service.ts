import { sql } from 'kysely';
import type { Sender } from '../account.ts';
import { withdrawTakeaways } from '../afterwards/takeaway-rows.ts';
import { readsPrivately } from '../asker.ts';
import { cancelHostedBy } from '../conversations/cancelling.ts';
import { endHandOversOf } from '../conversations/hand-over.ts';
import { takeBackCards } from '../conversations/late-cards.ts';
import { freeSeatsOf } from '../conversations/seating.ts';
import type { Core } from '../core.ts';
import { endAgreements } from '../joining/consents.ts';
import { forgetWishes } from '../matching/asking/wish-rows.ts';
import { dropOut } from '../matching/pool/service.ts';
import { forgetCodes } from '../membership/codes.ts';
import { endProposalsOf } from '../proposals/leaving.ts';
import { withdrawShared } from '../reflections/unsharing.ts';
import { leaveSeries } from '../series/leaving.ts';
import { post } from '../store/outbox.ts';
import { requestAccount } from './account-requests.ts';
import { mailAccount } from './address.ts';
import { holdWithAgenda, takeTurn } from './hold.ts';
import { clearAgenda, holdPromptsAgenda } from './leaving-agenda.ts';
import type { Member } from './model.ts';
import { noPause } from './pausing.ts';
import { findMember, findMemberByAccount, findMemberByEmail, findMemberToConfirm } from './roster.ts';

/**
 * Who sent this, and the latest address to reach them at. `undefined` for someone we do not know.
 *
 * @param isOnlyShown whether it changes nothing: by a link in an e-mail it may be a mail scanner that looks
 */
export async function identify(core: Core, sender: Sender, isOnlyShown: boolean): Promise<Member | undefined> {
  const member = await findMemberByAccount(core.db, sender.account);
  if (member === undefined) return undefined;
  if (readsPrivately(sender) || !isOnlyShown) await touch(core, sender);
  return member;
}

async function touch(core: Core, { account, address, channel }: Sender): Promise<void> {
  // Whoever speaks in a channel may have shut us out of their private chat all the same: then or since.
  if (channel !== undefined) return;
  // Added to what we know: one request tells where the chat is, another that the home was opened.
  const added = sql<string>`accounts.address || ${JSON.stringify(address)}::jsonb`;
  const known = Object.keys(address).length > 0 ? { address: added } : {};
  // What the platform told of by its own clock may be ahead of ours.
  const seenAt = sql<Date>`greatest(accounts.seen_at, ${core.clock.now()}::timestamptz)`;
  await core.db
    .updateTable('accounts')
    .set({ seen_at: seenAt, reachable: true, ...known })
    .where('platform', '=', account.platform)
    .where('space', '=', account.space)
    .where('platform_user', '=', account.user)
    .execute();
}

/** Sends a sign-in link to an address on the roster; says nothing about whether it is there. */
export async function requestSignIn(core: Core, email: string): Promise<void> {
  const member = await findMemberByEmail(core.db, email);
  if (member === undefined) return await askAgain(core, email);
  const now = core.clock.now();
  await core.db.transaction().execute(async (tx) => {
    // One link a minute at most, however often the form is sent.
    const key = `network.sign-in:${member.id}:${now.toISOString().slice(0, 16)}`;
    await post(tx, now, [{ key, kind: 'network.sign-in', subject: member.id, memberId: member.id, via: 'email' }]);
  });
}

/** Somebody asks for a link at an address that its member has not confirmed: the member is asked where they are known. */
async function askAgain(core: Core, email: string): Promise<void> {
  const member = await findMemberToConfirm(core.db, email);
  if (member === undefined) return;
  await core.db.transaction().execute(async (tx) => {
    await tx.selectFrom('members').select('id').where('id', '=', member.id).forNoKeyUpdate().execute();
    const account = mailAccount(email.trim().toLowerCase());
    await requestAccount(core, tx, member.id, { account, address: {} });
  });
}

/** Stops everything that is on its way to this member, and all sharing; what they wrote stays theirs until they erase it. */
export async function leave(core: Core, member: Member): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await takeTurn(tx, member.id);
    await holdPromptsAgenda(tx, member.id);
    await holdWithAgenda(tx, member.id);
    const current = await findMember(tx, member.id);
    if (current?.status !== 'active') return;
    await tx
      .updateTable('members')
      .set({ status: 'left', left_at: core.clock.now(), skips_round: false, rests_in_round: null, diary_key: null })
      .set(noPause)
      .where('id', '=', member.id)
      .execute();
    await endAgreements(tx, current, core.clock.now());
    await clearAgenda(tx, member.id);
    await forgetCodes(tx, member.id);
    await endProposalsOf(tx, core.clock.now(), member.id);
    await endHandOversOf(core, tx, member.id);
    await cancelHostedBy(core, tx, member.id);
    await freeSeatsOf(core, tx, member.id);
    await leaveSeries(core, tx, member.id);
    await dropOut(core, tx, member.id);
    await forgetWishes(tx, member.id);
    await withdrawShared(tx, member.id);
    await withdrawTakeaways(tx, member.id);
    await takeBackCards(tx, member.id);
  });
}
