import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import type { Conversation, ReminderDelivery } from './model.ts';
import { isLate } from './rules.ts';

/** A seat that is taken. `place` is new each time a person signs up. */
export interface Taken {
  readonly member_id: string;
  readonly place: string;
}

/** Once for each seat: whoever gave theirs up and took another is reminded again. */
export async function remind(
  tx: Transaction,
  now: Date,
  conversationId: string,
  kind: ReminderDelivery,
  seats: readonly Taken[],
): Promise<void> {
  await post(
    tx,
    now,
    seats.map(
      ({ member_id: memberId, place }) =>
        ({ key: `${kind}:${conversationId}:${place}`, kind, subject: conversationId, memberId }) as const,
    ),
  );
}

/** To be called when a seat is given: the link stands in reminders only, and the last of them may have gone. */
export async function remindIfLate(
  tx: Transaction,
  now: Date,
  { id, startsAt }: Pick<Conversation, 'id' | 'startsAt'>,
  seat: Taken,
): Promise<void> {
  if (isLate(startsAt, now)) await remind(tx, now, id, 'conversations.reminder-soon', [seat]);
}

/** Tells the host who is coming, once. */
export async function brief(
  tx: Transaction,
  now: Date,
  { id, host }: Pick<Conversation, 'id' | 'host'>,
): Promise<void> {
  if (host === undefined) return;
  const kind = 'conversations.host-briefing';
  await post(tx, now, [{ key: `${kind}:${id}`, kind, subject: id, memberId: host.id }]);
}
