import { announce, peopleItIsFor, whoCouldCome } from '../conversations/announcing.ts';
import type { Conversation } from '../conversations/model.ts';
import { offerSeats } from '../conversations/seating.ts';
import { findConversation, lockConversation } from '../conversations/seats.ts';
import { readConversationSettings } from '../conversations/settings.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { holdConveners } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { linkTopic } from '../series/topic-links.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { scheduleTimePassed } from './due.ts';
import { holdMembers, waitingFor } from './holding.ts';
import type { Proposal } from './model.ts';
import { refusals } from './problem-messages.ts';
import { firstOffered } from './rules.ts';

/** A proposal with everything that a conversation needs. */
export type Complete = Proposal & { readonly startsAt: Date };

/**
 * Announces what a host has proposed; or puts it before the conveners, where they want to look at each. What a convener
 * hosts is announced at once: whoever approves for the network need not ask a colleague.
 *
 * The proposal is held already, if it is stored; it need not be. Its host is held here, and whoever is told by name.
 *
 * @throws Refusal for a host who has left, or may not host any more
 */
export async function publish(core: Core, tx: Transaction, proposal: Proposal): Promise<'announced' | 'awaiting'> {
  const complete = mustBeComplete(proposal);
  await holdMembers(tx, await concerned(tx, proposal));
  const host = await mustHost(tx, proposal.hostId);
  if (await needsApproval(tx, host)) {
    await putToConveners(core, tx, complete);
    return 'awaiting';
  }
  await makeConversation(core, tx, complete);
  return 'announced';
}

/** Whether what this host proposes waits for a convener. */
export async function needsApproval(db: Reader, { permission }: Pick<Member, 'permission'>): Promise<boolean> {
  return permission !== 'convener' && (await readConversationSettings(db)).needApproval;
}

export function mustBeComplete(proposal: Proposal): Complete {
  const { startsAt } = proposal;
  if (startsAt === null) throw new Error('A proposal without a time cannot be announced');
  return { ...proposal, startsAt };
}

/** Its host, and those who wait in the conversation that it follows: held before anything else is. */
export async function concerned(db: Reader, { hostId, followsId }: Proposal): Promise<readonly string[]> {
  return [hostId, ...(await waitingFor(db, followsId))];
}

/** @throws Refusal for a host who has left, or may not host any more */
export async function mustHost(tx: Transaction, hostId: string): Promise<Member> {
  const host = await findMember(tx, hostId);
  if (!mayHost(host)) throw new Refusal(refusals.mayNotHost);
  return host;
}

export function mayHost(host: Member | undefined): host is Member {
  return host !== undefined && host.status === 'active' && host.permission !== 'member';
}

/** Those concerned are held, and the host may host. To come last: it deletes the proposal with what hangs on it. */
export async function makeConversation(core: Core, tx: Transaction, proposal: Complete): Promise<void> {
  const { id, followsId } = proposal;
  if (followsId !== null) await lockConversation(tx, followsId);
  await store(tx, core.clock.now(), proposal);
  const conversation = await findConversation(tx, id);
  if (conversation === undefined) throw new Error('The conversation was not stored');
  await linkTopic(core, tx, proposal.topicId ?? '', id);
  const offered = await offerToWaiting(core, tx, conversation, followsId);
  const couldCome = await whoCouldCome(tx, conversation);
  const first = new Set([...couldCome, ...(await waitingFor(tx, followsId))]);
  await announce(core, tx, conversation, { first, told: new Set(offered) });
  await close(tx, core.clock.now(), proposal, couldCome.size > 0);
}

/** Those who wait in the full conversation are offered the seats of this one first. @returns whom */
async function offerToWaiting(
  core: Core,
  tx: Transaction,
  conversation: Conversation,
  followsId: string | null,
): Promise<readonly string[]> {
  const waiting = await waitingFor(tx, followsId);
  const members = new Map((await peopleItIsFor(tx, conversation)).map((member) => [member.id, member] as const));
  const people = waiting.map((id) => members.get(id)).filter((member) => member !== undefined);
  const first = firstOffered(people, conversation).map(({ id }) => id);
  return await offerSeats(core, tx, conversation, first);
}

async function store(tx: Transaction, now: Date, proposal: Complete): Promise<void> {
  const { id, theme, title, about, zone, minutes, capacity, link, place, audience } = proposal;
  const row = { id, theme, title, about, zone, minutes, capacity, link, place, host_id: proposal.hostId };
  const rules = {
    per_council: proposal.perCouncil,
    for_level: audience.kind === 'level' ? audience.level : null,
    for_cohort_id: audience.kind === 'cohort' ? audience.cohortId : null,
    chatham_house: proposal.chathamHouse,
    follows_id: proposal.followsId,
  };
  const times = { starts_at: proposal.startsAt, created_at: now, cancelled_at: null };
  await tx
    .insertInto('conversations')
    .values({ ...row, ...rules, ...times })
    .execute();
}

/** Of what people were asked, only who could come at the chosen time is kept: they are told that it was that one. */
async function close(tx: Transaction, now: Date, { id, startsAt }: Complete, someCan: boolean): Promise<void> {
  if (!someCan) {
    await tx.deleteFrom('proposals').where('id', '=', id).execute();
    return;
  }
  await tx.deleteFrom('proposal_times').where('proposal_id', '=', id).where('starts_at', '!=', startsAt).execute();
  const kept = tx.selectFrom('proposal_times').select('id').where('proposal_id', '=', id);
  const could = tx.selectFrom('time_ticks').select('member_id').where('time_id', 'in', kept);
  const others = tx.deleteFrom('time_answers').where('proposal_id', '=', id).where('member_id', 'not in', could);
  await others.execute();
  const changed = { state: 'announced', changed_at: now, link: '', about: '' } as const;
  await tx.updateTable('proposals').set(changed).where('id', '=', id).execute();
}

/** Each convener is told once; what its host changes meanwhile tells nobody again. */
async function putToConveners(core: Core, tx: Transaction, proposal: Complete): Promise<void> {
  const now = core.clock.now();
  await save(tx, now, proposal, 'awaiting');
  await scheduleTimePassed(tx, proposal.id, proposal.startsAt);
  if (proposal.state === 'awaiting') return;
  const conveners = await holdConveners(tx);
  const kind = 'proposals.wanted';
  const key = `${kind}:${proposal.id}:${proposal.revision}`;
  await post(
    tx,
    now,
    conveners.map((memberId) => ({ key: `${key}:${memberId}`, kind, subject: proposal.id, memberId }) as const),
  );
}

/** Writes all of a proposal, whether it is stored yet or not, and counts the change. */
async function save(tx: Transaction, now: Date, proposal: Complete, state: 'awaiting'): Promise<void> {
  const { id, theme, title, about, zone, minutes, capacity, link, place, audience } = proposal;
  const row = {
    ...{ theme, title, about, zone, minutes, capacity, link, place, state },
    host_id: proposal.hostId,
    for_level: audience.kind === 'level' ? audience.level : null,
    for_cohort_id: audience.kind === 'cohort' ? audience.cohortId : null,
    chatham_house: proposal.chathamHouse,
    topic_id: proposal.topicId,
    follows_id: proposal.followsId,
    per_council: proposal.perCouncil,
    starts_at: proposal.startsAt,
    refusal: '',
    revision: proposal.revision + 1,
    changed_at: now,
  };
  await tx
    .insertInto('proposals')
    .values({ id, created_at: now, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
