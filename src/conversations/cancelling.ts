import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Member } from '../network/model.ts';
import { reopenTopic } from '../series/topic-links.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { unscheduleAll } from './appointments.ts';
import { calledOff, cancelForm, hostLeft } from './cancel-messages.ts';
import { refreshCards } from './cards.ts';
import { refusals } from './messages.ts';
import type { Conversation } from './model.ts';
import { mayCancel, readReason } from './rules.ts';
import { findConversation, lockComingOf, lockConversation } from './seats.ts';
import { mustBeToCome, show } from './service.ts';

/** Asks a host, or a convener, why; @throws Refusal when it is not theirs to cancel, or too late. */
export async function openCancel(core: Core, member: Member, conversationId: string): Promise<Reply> {
  const conversation = cancellable(core, member, await findConversation(core.db, conversationId));
  return { kind: 'form', form: cancelForm(await show(core, core.db, conversation, member.zone)) };
}

/**
 * Cancels a conversation and tells everyone who has a place in it.
 *
 * @throws Refusal when it is not theirs to cancel, or too late, or another was first
 */
export async function cancel(core: Core, member: Member, conversationId: string, answer: string): Promise<Reply> {
  const read = readReason(answer);
  if (!('reason' in read)) throw new Refusal(refusals.invalid, read);
  return await core.db.transaction().execute(async (tx) => {
    const conversation = cancellable(core, member, await lockConversation(tx, conversationId));
    const told = await callOff(core, tx, conversation, read.reason, member.id);
    await refreshHomes(tx, core.clock.now(), member.id);
    const shown = await show(core, tx, conversation, member.zone);
    return { kind: 'message', message: calledOff(shown, told) };
  });
}

function cancellable(core: Core, member: Member, conversation: Conversation | undefined): Conversation {
  if (conversation !== undefined && !mayCancel(member, conversation)) throw new Refusal(refusals.notYours);
  return mustBeToCome(conversation, core.clock.now());
}

/**
 * The conversation must be locked and still to come.
 *
 * @param by the member who cancels it, who is not told
 * @returns how many are told
 */
async function callOff(
  core: Core,
  tx: Transaction,
  conversation: Conversation,
  reason: string,
  by: string,
): Promise<number> {
  const now = core.clock.now();
  await tx
    .updateTable('conversations')
    .set({ cancelled_at: now, cancel_reason: reason })
    .where('id', '=', conversation.id)
    .execute();
  // Before its cards: what falls due holds its place on the agenda first, then marks the cards, and would be waited for.
  await unscheduleAll(tx, conversation);
  await reopenTopic(tx, conversation.id);
  const told = await toTell(tx, conversation, by);
  const kind = 'conversations.cancelled';
  await post(
    tx,
    now,
    told.map(
      (memberId) =>
        ({ key: `${kind}:${conversation.id}:${memberId}`, kind, subject: conversation.id, memberId }) as const,
    ),
  );
  await refreshCards(tx, now, conversation.id);
  return told.length;
}

/** Everyone with a seat or waiting for one, and the host. */
async function toTell(tx: Transaction, { id, host }: Conversation, by: string): Promise<readonly string[]> {
  const seats = await tx.selectFrom('seats').select('member_id').where('conversation_id', '=', id).execute();
  const members = seats.map((seat) => seat.member_id);
  return [...members, ...(host === undefined ? [] : [host.id])].filter((memberId) => memberId !== by);
}

/** Cancels what this member was to host, because they leave or are erased. */
export async function cancelHostedBy(core: Core, tx: Transaction, memberId: string): Promise<void> {
  for (const conversation of await lockComingOf(core, tx, memberId)) {
    if (conversation.host?.id === memberId) await callOff(core, tx, conversation, hostLeft, memberId);
  }
}

/**
 * Takes a member who is erased out of all they ever hosted: what is to come is cancelled, and their name and their words
 * go, from the channels too. When and on what theme stays, for those who were there.
 */
export async function forgetHost(core: Core, tx: Transaction, memberId: string): Promise<void> {
  await cancelHostedBy(core, tx, memberId);
  const hosted = await tx
    .selectFrom('conversations')
    .select('id')
    .where('host_id', '=', memberId)
    .orderBy('id')
    .forUpdate()
    .execute();
  await tx
    .updateTable('conversations')
    .set({ host_id: null, title: '', about: '', link: '', cancel_reason: '' })
    .where('host_id', '=', memberId)
    .execute();
  for (const { id } of hosted) await refreshCards(tx, core.clock.now(), id);
}
