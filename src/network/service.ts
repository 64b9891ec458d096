import { addWeeks } from 'date-fns/addWeeks';
import { sql } from 'kysely';
import type { Profile, Sender } from '../account.ts';
import { cancelHostedBy } from '../conversations/cancelling.ts';
import { takeBackCards } from '../conversations/late-cards.ts';
import { freeSeatsOf } from '../conversations/seats.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { scheduleNextPrompt } from '../reflections/due.ts';
import { schedule, unschedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { requestAccount } from './account-requests.ts';
import { holdWithAgenda } from './hold.ts';
import { refreshHomes } from './homes.ts';
import { linkAccount } from './linking.ts';
import { refusals } from './messages.ts';
import type { Member, MemberStatus } from './model.ts';
import { profileDefaults } from './profile-defaults.ts';
import { findMember, findMemberByAccount, findMemberByEmail, readSettings } from './roster.ts';
import { readPauseWeeks } from './rules.ts';

/** Who sent this, and the latest address to reach them at. `undefined` for someone we do not know. */
export async function identify(core: Core, sender: Sender): Promise<Member | undefined> {
  const member = await findMemberByAccount(core.db, sender.account);
  if (member === undefined) return undefined;
  await touch(core, sender);
  return member;
}

async function touch(core: Core, { account, address, channel }: Sender): Promise<void> {
  // Added to what we know: one request tells where the chat is, another that the home was opened.
  const added = sql<string>`accounts.address || ${JSON.stringify(address)}::jsonb`;
  const known = Object.keys(address).length > 0 ? { address: added } : {};
  // Whoever speaks in a channel may have shut us out of their private chat all the same: then or since.
  if (channel !== undefined) return;
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

/** `asked`: the address is that of somebody who joined before, and they are asked whether this account is theirs. */
export type JoinOutcome = 'joined' | 'already' | 'asked';

/**
 * Joins a person whom the roster names: by their account when we know it, else by the e-mail address that their
 * platform vouches for, where that member never joined before.
 *
 * @throws Refusal when the platform gives no address or the roster does not hold it
 */
export async function join(core: Core, sender: Sender, known: Member | undefined): Promise<JoinOutcome> {
  if (known?.status === 'active') return 'already';
  const profile = await sender.profile();
  const member = known ?? (await findOnRoster(core, profile.email));
  return await core.db.transaction().execute(async (tx) => {
    const status = await holdMember(tx, member.id);
    if (status === undefined) throw new Refusal(refusals.notOnRoster);
    const holder = await findMemberByAccount(tx, sender.account);
    // Another press of theirs was faster, when their platform gave them another address.
    if (holder !== undefined && holder.id !== member.id) return 'already';
    if (holder === undefined && status !== 'invited') {
      await requestAccount(core, tx, member.id, sender);
      return 'asked';
    }
    if (holder === undefined) await linkAccount(tx, member.id, sender.account, sender.address, core.clock.now());
    return (await activate(core, tx, member.id, profile)) ? 'joined' : 'already';
  });
}

/** Of two who join as one member at once, the later one finds what the first one left. */
async function holdMember(tx: Transaction, memberId: string): Promise<MemberStatus | undefined> {
  const row = tx.selectFrom('members').select('status').where('id', '=', memberId).forNoKeyUpdate();
  return (await row.executeTakeFirst())?.status;
}

async function findOnRoster(core: Core, email: string): Promise<Member> {
  if (email === '') throw new Refusal(refusals.noEmail);
  const member = await findMemberByEmail(core.db, email);
  if (member === undefined) throw new Refusal(refusals.notOnRoster);
  return member;
}

/** False when they had joined already: of several presses at once, one finds them not yet joined. */
async function activate(core: Core, tx: Transaction, memberId: string, profile: Profile): Promise<boolean> {
  const now = core.clock.now();
  const activated = await tx
    .updateTable('members')
    .set({ status: 'active', joined_at: now, paused_until: null, ...profileDefaults(profile) })
    .where('id', '=', memberId)
    .where('status', '!=', 'active')
    .returning('id')
    .executeTakeFirst();
  if (activated === undefined) return false;
  // Read again: their zone may be the one their platform has just given.
  const member = await findMember(tx, memberId);
  if (member === undefined) return false;
  await scheduleNextPrompt(tx, member, await readSettings(tx), now);
  const key = `network.welcome:${member.id}:${now.toISOString()}`;
  await post(tx, now, [{ key, kind: 'network.welcome', subject: member.id, memberId: member.id }]);
  await refreshHomes(tx, now, member.id);
  return true;
}

/** Sends a sign-in link to an address on the roster; says nothing about whether it is there. */
export async function requestSignIn(core: Core, email: string): Promise<void> {
  const member = await findMemberByEmail(core.db, email);
  if (member === undefined) return;
  const now = core.clock.now();
  await core.db.transaction().execute(async (tx) => {
    // One link a minute at most, however often the form is sent.
    const key = `network.sign-in:${member.id}:${now.toISOString().slice(0, 16)}`;
    await post(tx, now, [{ key, kind: 'network.sign-in', subject: member.id, memberId: member.id, via: 'email' }]);
  });
}

export async function pause(core: Core, member: Member, answer: string): Promise<Date> {
  const weeks = readPauseWeeks(answer);
  if (weeks === undefined) throw new Refusal(refusals.pauseLength, [{ field: 'weeks', text: refusals.pauseLength }]);
  const until = addWeeks(core.clock.now(), weeks);
  await core.db.transaction().execute(async (tx) => {
    // Erased by another press of their own just now: nothing may be due for them.
    if (!(await holdWithAgenda(tx, member.id))) return;
    await tx.updateTable('members').set({ paused_until: until }).where('id', '=', member.id).execute();
    await unschedule(tx, pauseKey(member));
    const key = `${pauseKey(member)}${until.toISOString()}`;
    await schedule(tx, [{ key, kind: 'network.pause-ends', subject: member.id, at: until }]);
  });
  return until;
}

export async function resume(core: Core, member: Member): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await holdWithAgenda(tx, member.id);
    await tx.updateTable('members').set({ paused_until: null }).where('id', '=', member.id).execute();
    await unschedule(tx, pauseKey(member));
  });
}

function pauseKey(member: Pick<Member, 'id'>): string {
  return `network.pause-ends:${member.id}:`;
}

/** Stops everything that is on its way to this member; what they wrote stays theirs until they erase it. */
export async function leave(core: Core, member: Member): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await holdWithAgenda(tx, member.id);
    const current = await findMember(tx, member.id);
    if (current?.status !== 'active') return;
    await tx.updateTable('members').set({ status: 'left', paused_until: null }).where('id', '=', member.id).execute();
    await unschedule(tx, pauseKey(member));
    await unschedule(tx, `reflections.prompt:${member.id}:`);
    await cancelHostedBy(core, tx, member.id);
    await freeSeatsOf(core, tx, member.id);
    await takeBackCards(tx, member.id);
  });
}
