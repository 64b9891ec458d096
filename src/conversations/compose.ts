import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Message } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import { cancelled } from './cancel-messages.ts';
import * as say from './messages.ts';
import type { Conversation, ConversationDelivery } from './model.ts';
import { cancelledNotice, notice, pastNotice } from './notice-messages.ts';
import { isOvertaken } from './rules.ts';
import { findConversation } from './seats.ts';
import { show, view } from './service.ts';
import { openingQuestions } from './themes.ts';

function drop(reason: string): Composed {
  return { kind: 'drop', reason };
}

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
  if (isOver(conversation, now)) return drop('the conversation is over');
  const shown = await view(core, core.db, conversation, member);
  if (kind === 'conversations.cancelled') return { kind: 'say', message: cancelled(shown) };
  if (conversation.cancelledAt !== null) return drop('the conversation is cancelled');
  // It has begun, so it was not cancelled; but its host was erased, and with them what they wrote.
  if (conversation.host === undefined) return drop('the host was erased');
  switch (kind) {
    case 'conversations.announcement':
      if (conversation.startsAt <= now) return drop('the conversation has begun');
      if (isPaused(member, 'conversations', now)) return drop('the member is paused');
      return { kind: 'say', message: say.card(shown) };
    case 'conversations.seat-freed':
      if (shown.standing.kind !== 'seated') return drop('the member no longer has the seat');
      return { kind: 'say', message: say.seatFreed(shown) };
    case 'conversations.reminder-week':
    case 'conversations.reminder-day':
    case 'conversations.reminder-soon':
      if (shown.standing.kind !== 'seated') return drop('the member no longer has a seat');
      if (isOvertaken(kind, conversation.startsAt, now)) return drop('a later reminder has had its turn');
      return { kind: 'say', message: say.reminder(shown) };
    case 'conversations.seat-offered':
    case 'conversations.offer-ended':
    case 'conversations.moved':
    case 'conversations.hand-over-asked':
    case 'conversations.hand-over-answered':
    case 'conversations.new-host':
    case 'conversations.too-few':
      throw new Error(`${kind} is not there yet`);
    case 'conversations.host-briefing':
      return {
        kind: 'say',
        message: say.hostBriefing(
          shown,
          await whoIsComing(core, conversation.id),
          openingQuestions(core.frameworks, conversation.theme),
        ),
      };
  }
}

/** Role and council of each person with a seat, in the order they signed up. */
async function whoIsComing(core: Core, conversationId: string): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('seats')
    .innerJoin('members', 'members.id', 'seats.member_id')
    .innerJoin('councils', 'councils.id', 'members.council_id')
    .select(['members.role', 'councils.name as council'])
    .where('seats.conversation_id', '=', conversationId)
    .where('seats.state', '=', 'seated')
    .orderBy('seats.place')
    .execute();
  return rows.map((row) => `${row.role}, ${row.council}`);
}

function isOver({ startsAt, minutes }: Conversation, now: Date): boolean {
  return startsAt.getTime() + minutes * 60_000 <= now.getTime();
}

/** What the card that a member was sent is to become. Paused or not: a card that is changed makes no noise. */
async function composeCard(core: Core, conversation: Conversation, member: Member): Promise<Composed> {
  const of = 'conversations.announcement';
  if (conversation.host === undefined || member.status !== 'active') return { kind: 'remove', of };
  const now = core.clock.now();
  const shown = await view(core, core.db, conversation, member);
  const message = isToCome(conversation, now) ? say.card(shown) : closedNotice(shown, now);
  return { kind: 'revise', of, message };
}

function isToCome({ host, cancelledAt, startsAt }: Conversation, now: Date): boolean {
  return host !== undefined && cancelledAt === null && startsAt > now;
}

/** The card of a conversation that nobody can join any more. */
function closedNotice(shown: say.Shown, now: Date): Message {
  const { conversation } = shown;
  return conversation.cancelledAt === null ? pastNotice(shown, isOver(conversation, now)) : cancelledNotice(shown);
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
  return { kind: 'revise', of, message: isToCome(conversation, now) ? notice(shown) : closedNotice(shown, now) };
}
