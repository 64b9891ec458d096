import { scheduleAgain } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { refreshDelayMs } from '../store/outbox.ts';
import { isChangeable, isClosed, postUpdates, sentCards } from './card-updates.ts';
import { markLate } from './late-cards.ts';
import { refreshNotices } from './notices.ts';

/**
 * Marks every card of a conversation as out of date: those in channels, and those that members were sent. Called in the
 * transaction of every change of what they show, once that change is made; where several change one conversation, it
 * must be locked. It writes one row for all the members together, so that a sign-up costs the same however many they
 * are; and it comes last, as whoever does what falls due waits for it and holds nothing that is waited for here.
 */
export async function refreshCards(tx: Transaction, now: Date, conversationId: string): Promise<void> {
  await refreshNotices(tx, now, conversationId);
  const kind = 'conversations.cards';
  const at = new Date(now.getTime() + refreshDelayMs);
  await scheduleAgain(tx, { key: `${kind}:${conversationId}`, kind, subject: conversationId, at });
}

/**
 * Posts an update to each member who was sent the card by a platform that can change it. Not where one waits, which will
 * show the same; nor where the card is still to be sent: that one's words will be those of then. Where the account takes
 * nothing for now, the card is marked instead. Those who left have none: theirs were taken back.
 */
export async function updateCards(tx: Transaction, now: Date, conversationId: string): Promise<void> {
  const cards = sentCards(tx)
    .where('said.subject', '=', conversationId)
    .where('members.status', '=', 'active')
    .where(isChangeable);
  await postUpdates(
    tx,
    now,
    cards.where((is) => is.not(isClosed)),
  );
  await markLate(tx, cards.where(isClosed));
}
