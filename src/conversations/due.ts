import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { refreshCards, updateCards } from './cards.ts';
import { briefsHost, remindersOf } from './reminder-rules.ts';
import { brief, remind, seatedIn } from './reminding.ts';
import { endOffers } from './seating.ts';
import { findConversation } from './seats.ts';
import { readConversationSettings } from './settings.ts';
import { warnIfFew } from './too-few.ts';

/**
 * Reminds those with a seat, and only them; briefs the host a day before, or later where it was proposed later. Once it
 * begins, its cards say so. Cards that are out of date are brought up to date.
 */
export async function conversationDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  if (due.kind === 'conversations.begins') return await refreshCards(tx, now, due.subject);
  if (due.kind === 'conversations.offer-ends') return await endOffers(core, tx, due.subject);
  if (due.kind === 'conversations.cards') return await updateCards(tx, now, due.subject);
  const conversation = await findConversation(tx, due.subject);
  if (conversation === undefined || conversation.cancelledAt !== null) return;
  if (due.kind === 'conversations.count') return await warnIfFew(tx, now, conversation);
  const { remindMinutes } = await readConversationSettings(tx);
  const reminder = remindersOf(remindMinutes).find((candidate) => candidate.due === due.kind);
  // What is no reminder any more, or was put off when it was moved, comes at its own time.
  if (reminder === undefined || now.getTime() < conversation.startsAt.getTime() - reminder.beforeMs) return;
  await remind(tx, now, conversation, reminder.delivery, await seatedIn(tx, conversation.id));
  if (due.kind === briefsHost(remindMinutes) || due.kind === 'conversations.remind-soon') {
    await brief(tx, now, conversation);
  }
}
