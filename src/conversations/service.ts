import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Member } from '../network/model.ts';
import { activeMembers } from '../network/roster.ts';
import { suggesting, topicCard } from '../series/messages.ts';
import { linkTopic } from '../series/topic-links.ts';
import { openTopics } from '../series/topics.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { scheduleAll } from './appointments.ts';
import { refreshCards } from './cards.ts';
import * as say from './messages.ts';
import type { Conversation } from './model.ts';
import { postNotices } from './notices.ts';
import { hosting, proposalForm } from './proposal-messages.ts';
import { brief, remindIfLate } from './reminding.ts';
import { isPastReminding, mayCancel, type Proposal, placeFor, readProposal } from './rules.ts';
import { comingConversations, giveUpSeat, lockConversation, readAttendance, readStanding } from './seats.ts';
import { themeName, themeOptions } from './themes.ts';

/** A conversation as anybody sees it now. */
export async function show(core: Core, db: Reader, conversation: Conversation, zone: string): Promise<say.Shown> {
  const attendance = await readAttendance(db, conversation.id);
  return { conversation, themeName: themeName(core.frameworks, conversation.theme), attendance, zone };
}

/** A conversation as this member sees it now. */
export async function view(core: Core, db: Reader, conversation: Conversation, member: Member): Promise<say.View> {
  const standing = await readStanding(db, conversation, member.id);
  return { ...(await show(core, db, conversation, member.zone)), standing, mayCancel: standing.kind === 'host' };
}

/** What is coming, the soonest first. */
export async function upcoming(core: Core, member: Member): Promise<readonly say.View[]> {
  const coming = await comingConversations(core.db, core.clock.now(), 20);
  return await Promise.all(coming.map((conversation) => view(core, core.db, conversation, member)));
}

/** What is coming and what the member can do about it. Here, and nowhere else, a convener may cancel what others host. */
export async function list(core: Core, member: Member): Promise<Reply> {
  const views = await upcoming(core, member);
  const shown = views.map((each) => ({ ...each, mayCancel: mayCancel(member, each.conversation) }));
  const topics = member.permission === 'member' ? [] : [hosting(), ...(await openTopics(core.db)).map(topicCard)];
  return { kind: 'page', page: say.list(shown, [...topics, suggesting()]) };
}

export function openProposal(core: Core, member: Member): Reply {
  return { kind: 'form', form: proposalForm(themeOptions(core.frameworks), member.zone, undefined) };
}

/**
 * Announces a conversation to every member, and in the channels that announce conversations, and puts its reminders on
 * the agenda.
 *
 * @throws Refusal with a problem for each answer that needs changing; or when the host has just left
 */
export async function propose(
  core: Core,
  host: Member,
  answers: Extract<Intent, { kind: 'conversations.propose' }>,
): Promise<Reply> {
  const themes = themeOptions(core.frameworks).map((theme) => theme.value);
  const proposal = readProposal(answers, core.clock.now(), host.zone, themes);
  if (!('startsAt' in proposal)) throw new Refusal(say.refusals.invalid, proposal);
  const conversation = describe(proposal, host);
  // Its card is read inside too: what fails after the commit would be told as if nothing had been done.
  const shown = await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, host.id);
    await store(core, tx, conversation);
    await linkTopic(tx, answers.topic, conversation.id);
    await announce(core, tx, conversation);
    return await view(core, tx, conversation, host);
  });
  return { kind: 'message', message: say.proposed(shown) };
}

function describe(proposal: Proposal, host: Member): Conversation {
  const { id, name, role, council, zone } = host;
  const standing = {
    cancelledAt: null,
    cancelReason: '',
    perCouncil: null,
    audience: { kind: 'all' },
    chathamHouse: false,
    revision: 1,
    sequence: 0,
    place: '',
  } as const;
  return { id: randomUUID(), host: { id, name, role, council }, zone, ...standing, ...proposal };
}

async function store(core: Core, tx: Transaction, conversation: Conversation): Promise<void> {
  const { id, theme, title, about, zone, minutes, capacity, link } = conversation;
  const row = { id, theme, title, about, zone, minutes, capacity, link, host_id: conversation.host?.id ?? null };
  const times = { starts_at: conversation.startsAt, created_at: core.clock.now(), cancelled_at: null };
  await tx
    .insertInto('conversations')
    .values({ ...row, ...times })
    .execute();
}

async function announce(core: Core, tx: Transaction, conversation: Conversation): Promise<void> {
  const now = core.clock.now();
  const others = (await activeMembers(tx)).filter((member) => member.id !== conversation.host?.id);
  const kind = 'conversations.announcement';
  const postings = others.map(
    (member) =>
      ({
        key: `${kind}:${conversation.id}:${member.id}`,
        kind,
        subject: conversation.id,
        memberId: member.id,
      }) as const,
  );
  await post(tx, now, postings);
  await postNotices(tx, now, conversation.id);
  await scheduleAll(tx, now, conversation);
  if (isPastReminding(conversation.startsAt, now)) await brief(tx, now, conversation);
}

/** Gives the member a seat, or a place on the waiting list. Pressing twice changes nothing. */
export async function signUp(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const conversation = await open(core, tx, conversationId);
    const now = core.clock.now();
    if (conversation.host?.id === member.id) throw new Refusal(say.refusals.ownConversation);
    const state = placeFor(conversation.capacity, await readAttendance(tx, conversation.id));
    const row = { conversation_id: conversation.id, member_id: member.id, state, signed_up_at: now };
    const taken = await tx
      .insertInto('seats')
      .values(row)
      .onConflict((conflict) => conflict.columns(['conversation_id', 'member_id']).doNothing())
      .returning(['member_id', 'place'])
      .executeTakeFirst();
    if (taken !== undefined) await refreshCards(tx, now, conversation.id);
    if (taken !== undefined && state === 'seated') await remindIfLate(tx, now, conversation, taken);
    await refreshHomes(tx, now, member.id);
    return { kind: 'replace', message: say.card(await view(core, tx, conversation, member)) };
  });
}

/** Gives up the member's seat or place; whoever waited longest is given it and told. */
export async function withdraw(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    const conversation = await open(core, tx, conversationId);
    await giveUpSeat(core, tx, conversation, member.id);
    await refreshHomes(tx, core.clock.now(), member.id);
    return { kind: 'replace', message: say.withdrawn(await view(core, tx, conversation, member)) };
  });
}

async function open(core: Core, tx: Transaction, id: string): Promise<Conversation> {
  return mustBeToCome(await lockConversation(tx, id), core.clock.now());
}

/**
 * The same conversation, if it will take place and has not begun.
 *
 * @throws Refusal otherwise
 */
export function mustBeToCome(conversation: Conversation | undefined, now: Date): Conversation {
  if (conversation === undefined) throw new Refusal(say.refusals.notFound);
  if (conversation.cancelledAt !== null) throw new Refusal(say.refusals.cancelled);
  if (conversation.startsAt <= now) throw new Refusal(say.refusals.started);
  return conversation;
}
