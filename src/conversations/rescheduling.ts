import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { remindersOn, unscheduleKinds } from './appointments.ts';
import type { Conversation } from './model.ts';
import type { RemindTimes } from './reminder-rules.ts';

const last = 'conversations.remind-soon';

/**
 * Puts the reminders of a conversation to come where they belong now. What people were reminded of already does not come
 * again. A reminder whose new time has passed is left out, but for the last one, which has the link: it comes now.
 */
export async function rescheduleReminders(
  tx: Transaction,
  now: Date,
  conversation: Pick<Conversation, 'id' | 'startsAt'>,
  times: RemindTimes,
): Promise<void> {
  const kinds = ['conversations.remind-week', 'conversations.remind-day', last] as const;
  const stood = await unscheduleKinds(tx, conversation.id, kinds);
  const appointments = remindersOn(conversation, times).flatMap((appointment) => {
    if (appointment.at > now) return [appointment];
    return appointment.kind === last && stood.includes(last) ? [{ ...appointment, at: now }] : [];
  });
  await schedule(tx, appointments);
}
