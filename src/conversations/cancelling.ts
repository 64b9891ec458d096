import type { Asker } from '../asker.ts';
import type { Core } from '../core.ts';
import { takeBack } from '../diary/invitations.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { holdHosting } from '../network/hold.ts';
import { refreshManyHomes } from '../network/many-homes.ts';
import { reopenTopic } from '../series/topic-links.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { unscheduleAll } from './appointments.ts';
import { auditIfOthers } from './auditing.ts';
import { calledOff, cancelForm, hostLeft } from './cancel-messages.ts';
import { refreshCards } from './cards.ts';
import { endHandOver } from './hand-over.ts';
import { refusals } from './messages.ts';
import type { Conversation } from './model.ts';
import { readReason } from './rules.ts';
import { mustRun } from './running.ts';
import { findConversation, lockComingOf, lockConversation } from './seats.ts';
import { show } from './service.ts';

/** Asks a host, or a convener, why; @throws Refusal when it is not theirs to cancel, or too late. */
export async function openCancel(core: Core, asker: Asker, conversationId: string): Promise<Reply> {
  const conversation = mustRun(core, asker, await findConversation(core.db, conversationId), refusals.notYours);
  return { kind: 'form', form: cancelForm(await show(core, core.db, conversation, asker.member.zone)) };
}

/**
 * Cancels a conversation and tells everyone who has a place in it.
 *
 * @throws Refusal when it is not theirs to cancel, or too late, or another was first
 */
export async function cancel(core: Core, asker: Asker, conversationId: string, answer: string): Promise<Reply> {
  const { member } = asker;
  const read = readReason(answer);
  if (!('reason' in read)) throw new Refusal(refusals.invalid, read);
  return await core.db.transaction().execute(async (tx) => {
    await holdHosting(tx, member.id);
    const conversation = mustRun(core, asker, await lockConversation(tx, conversationId), refusals.notYours);
    await auditIfOthers(tx, core.clock.now(), member, conversation, 'conversation.cancelled', {});
    const told = await callOff(core, tx, conversation, read.reason, member.id);
    const shown = await show(core, tx, conversation, member.zone);
    return { kind: 'message', message: calledOff(shown, told) };
  });
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
    .set((set) => ({
      cancelled_at: now,
      cancel_reason: reason,
      // A calendar shows it, too.
      sequence: set('sequence', '+', 1),
      changed_at: now,
    }))
    .where('id', '=', conversation.id)
    .execute();
  await unscheduleAll(tx, conversation);
  await reopenTopic(core, tx, conversation.id);
  await endHandOver(tx, conversation.id);
  const told = await toTell(tx, conversation, by);
  await takeBack(tx, now, conversation.id, [...told, by]);
  const kind = 'conversations.cancelled';
  await post(
    tx,
    now,
    told.map(
      (memberId) =>
        ({ key: `${kind}:${conversation.id}:${memberId}`, kind, subject: conversation.id, memberId }) as const,
    ),
  );
  await refreshManyHomes(tx, now, [...told, by]);
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
  const hosted = await holdAllOf(tx, memberId);
  await tx.updateTable('conversations').set({ made_over_by: null }).where('made_over_by', '=', memberId).execute();
  await cancelHostedBy(core, tx, memberId);
  await tx
    .updateTable('conversations')
    .set({ host_id: null, title: '', about: '', link: '', place: '', cancel_reason: '', summary: '', summary_at: null })
    .where('host_id', '=', memberId)
    .execute();
  for (const id of hosted) await refreshCards(tx, core.clock.now(), id);
}

/**
 * Holds every conversation that changes when they are erased, at once and before any is cancelled: what they ever
 * hosted, made over to a guest, or have a place in.
 *
 * @returns the ids of what they hosted
 */
async function holdAllOf(tx: Transaction, memberId: string): Promise<readonly string[]> {
  const places = tx.selectFrom('seats').select('conversation_id').where('member_id', '=', memberId);
  const rows = await tx
    .selectFrom('conversations')
    .select(['id', 'host_id'])
    .where((or) => or.or([or('host_id', '=', memberId), or('made_over_by', '=', memberId), or('id', 'in', places)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.filter((row) => row.host_id === memberId).map(({ id }) => id);
}
