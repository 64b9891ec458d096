import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { refreshCards, updateCards } from './cards.ts';
import { brief, remind } from './reminding.ts';
import { reminders } from './rules.ts';
import { findConversation } from './seats.ts';

/**
 * Reminds those with a seat, and only them; briefs the host a day before, or later where it was proposed later. Once it
 * begins, its cards say so. Cards that are out of date are brought up to date.
 */
export async function conversationDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  if (due.kind === 'conversations.begins') return await refreshCards(tx, now, due.subject);
  if (due.kind === 'conversations.cards') return await updateCards(tx, now, due.subject);
  const conversation = await findConversation(tx, due.subject);
  const reminder = reminders.find((candidate) => candidate.due === due.kind);
  if (conversation === undefined || conversation.cancelledAt !== null || reminder === undefined) return;
  const seats = await tx
    .selectFrom('seats')
    .select(['member_id', 'place'])
    .where('conversation_id', '=', conversation.id)
    .where('state', '=', 'seated')
    .execute();
  await remind(tx, now, conversation.id, reminder.delivery, seats);
  if (due.kind !== 'conversations.remind-week') await brief(tx, now, conversation);
}
