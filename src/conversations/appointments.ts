import { type Appointment, schedule, unschedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import type { Conversation } from './model.ts';
import { reminders } from './rules.ts';

/** Everything about a conversation that falls due: its reminders, and that it begins. */
function appointmentsOf({ id, startsAt }: Pick<Conversation, 'id' | 'startsAt'>): readonly Appointment[] {
  const dues = [...reminders, { due: 'conversations.begins', beforeMs: 0 } as const];
  return dues.map(({ due, beforeMs }) => ({
    key: `${due}:${id}`,
    kind: due,
    subject: id,
    at: new Date(startsAt.getTime() - beforeMs),
  }));
}

export async function scheduleAll(tx: Transaction, now: Date, conversation: Conversation): Promise<void> {
  await schedule(
    tx,
    appointmentsOf(conversation).filter(({ at }) => at > now),
  );
}

export async function unscheduleAll(tx: Transaction, conversation: Conversation): Promise<void> {
  for (const { key } of appointmentsOf(conversation)) await unschedule(tx, key);
}
