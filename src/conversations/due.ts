import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { reminders } from './rules.ts';
import { findConversation } from './seats.ts';

/** Reminds those with a seat, and only them; briefs the host a day before. */
export async function conversationDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const conversation = await findConversation(tx, due.subject);
  const reminder = reminders.find((candidate) => candidate.due === due.kind);
  if (conversation === undefined || reminder === undefined) return;
  const seats = await tx
    .selectFrom('seats')
    .select('member_id')
    .where('conversation_id', '=', conversation.id)
    .where('state', '=', 'seated')
    .execute();
  const kind = reminder.delivery;
  const toMembers = seats.map(
    ({ member_id: memberId }) =>
      ({ key: `${kind}:${conversation.id}:${memberId}`, kind, subject: conversation.id, memberId }) as const,
  );
  const briefing = 'conversations.host-briefing';
  const toHost =
    due.kind === 'conversations.remind-day'
      ? [
          {
            key: `${briefing}:${conversation.id}`,
            kind: briefing,
            subject: conversation.id,
            memberId: conversation.hostId,
          } as const,
        ]
      : [];
  await post(tx, core.clock.now(), [...toMembers, ...toHost]);
}
