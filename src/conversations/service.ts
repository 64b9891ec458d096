import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { activeMembers } from '../network/roster.ts';
import { schedule } from '../store/agenda.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import * as say from './messages.ts';
import type { Conversation } from './model.ts';
import { type Proposal, placeFor, readProposal, reminders } from './rules.ts';
import { conversationRows, giveUpSeat, lockConversation, readAttendance, readStanding } from './seats.ts';
import { themeName, themeOptions } from './themes.ts';

/** A conversation as this member sees it now. */
export async function view(core: Core, db: Reader, conversation: Conversation, member: Member): Promise<say.View> {
  return {
    conversation,
    themeName: themeName(core.frameworks, conversation.theme),
    attendance: await readAttendance(db, conversation.id),
    standing: await readStanding(db, conversation, member.id),
    zone: member.zone,
  };
}

/** What is coming, the soonest first. */
export async function upcoming(core: Core, member: Member): Promise<readonly say.View[]> {
  const rows = await conversationRows(core.db)
    .where('conversations.starts_at', '>', core.clock.now())
    .orderBy('conversations.starts_at')
    .limit(20)
    .execute();
  return await Promise.all(rows.map((row) => view(core, core.db, row, member)));
}

export async function list(core: Core, member: Member): Promise<Reply> {
  return { kind: 'page', page: say.list(await upcoming(core, member), member.permission !== 'member') };
}

export function openProposal(core: Core, member: Member): Reply {
  return { kind: 'form', form: say.proposalForm(themeOptions(core.frameworks), member.zone) };
}

/**
 * Announces a conversation to every member, and puts its reminders on the agenda.
 *
 * @throws Refusal with a problem for each answer that needs changing
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
  await core.db.transaction().execute(async (tx) => {
    await store(core, tx, conversation);
    await announce(core, tx, conversation);
  });
  return { kind: 'message', message: say.proposed(await view(core, core.db, conversation, host)) };
}

function describe(proposal: Proposal, host: Member): Conversation {
  const { id: hostId, name: hostName, role: hostRole, council: hostCouncil, zone } = host;
  return { id: randomUUID(), hostId, hostName, hostRole, hostCouncil, zone, ...proposal };
}

async function store(core: Core, tx: Transaction, conversation: Conversation): Promise<void> {
  const { id, theme, title, about, zone, minutes, capacity, link } = conversation;
  const row = { id, theme, title, about, zone, minutes, capacity, link, host_id: conversation.hostId };
  const times = { starts_at: conversation.startsAt, created_at: core.clock.now() };
  await tx
    .insertInto('conversations')
    .values({ ...row, ...times })
    .execute();
}

async function announce(core: Core, tx: Transaction, conversation: Conversation): Promise<void> {
  const now = core.clock.now();
  const others = (await activeMembers(tx)).filter((member) => member.id !== conversation.hostId);
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
  const appointments = reminders.map(({ due, beforeMs }) => ({
    key: `${due}:${conversation.id}`,
    kind: due,
    subject: conversation.id,
    at: new Date(conversation.startsAt.getTime() - beforeMs),
  }));
  await schedule(
    tx,
    appointments.filter((appointment) => appointment.at > now),
  );
}

/** Gives the member a seat, or a place on the waiting list. Pressing twice changes nothing. */
export async function signUp(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    const conversation = await open(core, tx, conversationId);
    if (conversation.hostId === member.id) throw new Refusal(say.refusals.ownConversation);
    const state = placeFor(conversation.capacity, await readAttendance(tx, conversation.id));
    const row = { conversation_id: conversation.id, member_id: member.id, state, signed_up_at: core.clock.now() };
    await tx
      .insertInto('seats')
      .values(row)
      .onConflict((conflict) => conflict.columns(['conversation_id', 'member_id']).doNothing())
      .execute();
    return { kind: 'replace', message: say.card(await view(core, tx, conversation, member)) };
  });
}

/** Gives up the member's seat or place; whoever waited longest is given it and told. */
export async function withdraw(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    const conversation = await open(core, tx, conversationId);
    await giveUpSeat(core, tx, conversation, member.id);
    return { kind: 'replace', message: say.withdrawn(await view(core, tx, conversation, member)) };
  });
}

async function open(core: Core, tx: Transaction, id: string): Promise<Conversation> {
  const conversation = await lockConversation(tx, id);
  if (conversation === undefined) throw new Refusal(say.refusals.notFound);
  if (conversation.startsAt <= core.clock.now()) throw new Refusal(say.refusals.started);
  return conversation;
}
