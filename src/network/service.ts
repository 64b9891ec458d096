import { randomUUID } from 'node:crypto';
import { addWeeks } from 'date-fns/addWeeks';
import type { Account, Address, Sender } from '../account.ts';
import { freeSeatsOf } from '../conversations/seats.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { scheduleNextPrompt } from '../reflections/due.ts';
import { schedule, unschedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { isZone } from '../time/local.ts';
import { refusals } from './messages.ts';
import type { Member } from './model.ts';
import { findMember, findMemberByAccount, findMemberByEmail, readSettings } from './roster.ts';
import { readPauseWeeks } from './rules.ts';

/** Who sent this, and the latest address to reach them at. `undefined` for someone we do not know. */
export async function identify(core: Core, sender: Sender): Promise<Member | undefined> {
  const member = await findMemberByAccount(core.db, sender.account);
  if (member === undefined) return undefined;
  await touch(core, sender);
  return member;
}

async function touch(core: Core, { account, address }: Sender): Promise<void> {
  const known = Object.keys(address).length > 0 ? { address: JSON.stringify(address) } : {};
  await core.db
    .updateTable('accounts')
    .set({ seen_at: core.clock.now(), reachable: true, ...known })
    .where('platform', '=', account.platform)
    .where('space', '=', account.space)
    .where('platform_user', '=', account.user)
    .execute();
}

/**
 * Joins a person whom the roster names: by their account when we know it, else by the e-mail address that their
 * platform vouches for.
 *
 * @throws Refusal when the platform gives no address or the roster does not hold it
 */
export async function join(core: Core, sender: Sender, known: Member | undefined): Promise<'joined' | 'already'> {
  if (known?.status === 'active') return 'already';
  const profile = await sender.profile();
  const member = known ?? (await findOnRoster(core, profile.email));
  const zone = isZone(profile.zone) ? profile.zone : member.zone;
  return await core.db.transaction().execute(async (tx) => {
    if (known === undefined) await linkAccount(core, tx, member.id, sender.account, sender.address);
    return (await activate(core, tx, { ...member, zone })) ? 'joined' : 'already';
  });
}

async function findOnRoster(core: Core, email: string): Promise<Member> {
  if (email === '') throw new Refusal(refusals.noEmail);
  const member = await findMemberByEmail(core.db, email);
  if (member === undefined) throw new Refusal(refusals.notOnRoster);
  return member;
}

async function linkAccount(
  core: Core,
  tx: Transaction,
  memberId: string,
  account: Account,
  address: Address,
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
      seen_at: core.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['platform', 'space', 'platform_user']).doNothing())
    .execute();
}

/** False when they had joined already: of several presses at once, one finds them not yet joined. */
async function activate(core: Core, tx: Transaction, member: Member): Promise<boolean> {
  const now = core.clock.now();
  const activated = await tx
    .updateTable('members')
    .set({ status: 'active', zone: member.zone, joined_at: now, paused_until: null })
    .where('id', '=', member.id)
    .where('status', '!=', 'active')
    .returning('id')
    .executeTakeFirst();
  if (activated === undefined) return false;
  await scheduleNextPrompt(tx, member, await readSettings(tx), now);
  const key = `network.welcome:${member.id}:${now.toISOString()}`;
  await post(tx, now, [{ key, kind: 'network.welcome', subject: member.id, memberId: member.id }]);
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
    await tx.updateTable('members').set({ paused_until: until }).where('id', '=', member.id).execute();
    await unschedule(tx, pauseKey(member));
    const key = `${pauseKey(member)}${until.toISOString()}`;
    await schedule(tx, [{ key, kind: 'network.pause-ends', subject: member.id, at: until }]);
  });
  return until;
}

export async function resume(core: Core, member: Member): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
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
    const current = await findMember(tx, member.id);
    if (current?.status !== 'active') return;
    await tx.updateTable('members').set({ status: 'left', paused_until: null }).where('id', '=', member.id).execute();
    await unschedule(tx, pauseKey(member));
    await unschedule(tx, `reflections.prompt:${member.id}:`);
    await freeSeatsOf(core, tx, member.id);
  });
}
