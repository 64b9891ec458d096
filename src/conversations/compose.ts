import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import * as say from './messages.ts';
import type { ConversationDelivery } from './model.ts';
import { findConversation } from './seats.ts';
import { view } from './service.ts';
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
  const over = conversation.startsAt.getTime() + conversation.minutes * 60_000 <= now.getTime();
  if (over) return drop('the conversation is over');
  const shown = await view(core, core.db, conversation, member);
  switch (kind) {
    case 'conversations.announcement':
      if (isPaused(member, now)) return drop('the member is paused');
      return { kind: 'say', message: say.card(shown) };
    case 'conversations.seat-freed':
      if (shown.standing.kind !== 'seated') return drop('the member no longer has the seat');
      return { kind: 'say', message: say.seatFreed(shown) };
    case 'conversations.reminder-week':
    case 'conversations.reminder-day':
    case 'conversations.reminder-soon':
      if (shown.standing.kind !== 'seated') return drop('the member no longer has a seat');
      return { kind: 'say', message: say.reminder(shown) };
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
