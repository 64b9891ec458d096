import { summaryOf } from '../afterwards/summary-row.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Message } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import { whoCouldCome } from './announcing.ts';
import { cancelled } from './cancel-messages.ts';
import { composeRunning } from './compose-running.ts';
import * as say from './messages.ts';
import { type Conversation, type ConversationDelivery, hasEnded } from './model.ts';
import { cancelledNotice, notice, pastNotice } from './notice-messages.ts';
import { offerEnded, seatFreed, seatOffered, secondOffered } from './offer-messages.ts';
import { timeChosen } from './proposal-messages.ts';
import { findConversation, isInFollowed, isUnasked } from './seats.ts';
import { show, view } from './service.ts';

export async function composeConversation(
  core: Core,
  kind: ConversationDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  const now = core.clock.now();
  const conversation = await findConversation(core.db, delivery.subject);
  if (conversation === undefined) return drop('the conversation is no longer there');
  if (kind === 'conversations.card-update') return await composeCard(core, conversation, member);
  if (hasEnded(conversation, now)) return drop('the conversation is over');
  const shown = await view(core, core.db, conversation, member);
  if (kind === 'conversations.cancelled') return { kind: 'say', message: cancelled(shown) };
  if (conversation.cancelledAt !== null) return drop('the conversation is cancelled');
  // It has begun, so it was not cancelled; but its host was erased, and with them what they wrote.
  if (conversation.host === undefined) return drop('the host was erased');
  switch (kind) {
    case 'conversations.announcement':
      return await composeAnnouncement(core, shown, conversation, member);
    case 'conversations.seat-freed':
      if (shown.standing.kind !== 'seated') return drop('the member no longer has the seat');
      return { kind: 'say', message: seatFreed(shown) };
    case 'conversations.seat-offered':
    case 'conversations.offer-ended':
      return conversation.startsAt <= now
        ? drop('the conversation has begun')
        : await composeOffer(core, kind, shown, member);
    case 'conversations.reminder-week':
    case 'conversations.reminder-day':
    case 'conversations.reminder-soon':
    case 'conversations.moved':
    case 'conversations.hand-over-asked':
    case 'conversations.hand-over-answered':
    case 'conversations.hand-over-declined':
    case 'conversations.new-host':
    case 'conversations.too-few':
    case 'conversations.host-briefing':
      return await composeRunning(core, kind, shown, conversation.host, member);
  }
}

/** What is so by now: they may have answered, or signed up again. */
async function composeOffer(
  { db, clock }: Core,
  kind: 'conversations.seat-offered' | 'conversations.offer-ended',
  shown: say.View,
  { id: memberId }: Member,
): Promise<Composed> {
  const { standing, conversation } = shown;
  if (kind === 'conversations.offer-ended') {
    if (standing.kind !== 'none') return drop('the member has signed up again');
    return { kind: 'say', message: offerEnded(shown, await isInFollowed(db, conversation.id, memberId)) };
  }
  if (standing.kind !== 'offered') return drop('the seat is no longer kept for the member');
  if (standing.until <= clock.now()) return drop('the time for the offer has passed');
  const unasked = await isUnasked(db, conversation.id, memberId);
  return { kind: 'say', message: (unasked ? secondOffered : seatOffered)(shown, standing.until) };
}

/** Whoever said that they could come then is told so, and is told even while they want quiet: they wait for it. */
async function composeAnnouncement(
  core: Core,
  shown: say.View,
  conversation: Conversation,
  member: Member,
): Promise<Composed> {
  const now = core.clock.now();
  if (conversation.startsAt <= now) return drop('the conversation has begun');
  if ((await whoCouldCome(core.db, conversation)).has(member.id)) return { kind: 'say', message: timeChosen(shown) };
  if (isPaused(member, 'conversations', now)) return drop('the member is paused');
  return { kind: 'say', message: say.card(shown) };
}

/** What the card that a member was sent is to become. Paused or not: a card that is changed makes no noise. */
async function composeCard(core: Core, conversation: Conversation, member: Member): Promise<Composed> {
  const of = 'conversations.announcement';
  if (conversation.host === undefined || member.status !== 'active') return { kind: 'remove', of };
  const now = core.clock.now();
  const shown = await view(core, core.db, conversation, member);
  const message = isToCome(conversation, now) ? say.card(shown) : await closedNotice(core, shown, now);
  return { kind: 'revise', of, message };
}

function isToCome({ host, cancelledAt, startsAt }: Conversation, now: Date): boolean {
  return host !== undefined && cancelledAt === null && startsAt > now;
}

/** The card of a conversation that nobody can join any more. */
async function closedNotice({ db }: Core, shown: say.Shown, now: Date): Promise<Message> {
  const { conversation } = shown;
  if (conversation.cancelledAt !== null) return cancelledNotice(shown);
  return pastNotice(shown, hasEnded(conversation, now), await summaryOf(db, conversation.id));
}

/** A conversation's card in a channel, for nobody in particular; or what that card is to become. */
export async function composeNotice(
  core: Core,
  kind: 'conversations.notice' | 'conversations.notice-update',
  conversationId: string,
): Promise<Composed> {
  const now = core.clock.now();
  const conversation = await findConversation(core.db, conversationId);
  if (conversation === undefined) return drop('the conversation is no longer there');
  if (kind === 'conversations.notice' && !isToCome(conversation, now))
    return drop('the conversation can no longer be joined');
  const of = 'conversations.notice';
  if (conversation.host === undefined) return { kind: 'remove', of };
  const shown = await show(core, core.db, conversation, (await readSettings(core.db)).zone);
  if (kind === 'conversations.notice') return { kind: 'say', message: notice(shown) };
  const message = isToCome(conversation, now) ? notice(shown) : await closedNotice(core, shown, now);
  return { kind: 'revise', of, message };
}
