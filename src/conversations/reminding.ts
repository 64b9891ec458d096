import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import type { Conversation, ReminderDelivery } from './model.ts';
import { isLate, isPastBriefing, isPastReminding, type RemindTimes } from './reminder-rules.ts';
import { readConversationSettings } from './settings.ts';

/** A seat that is taken. `place` is new each time a person signs up. */
export interface Taken {
  readonly member_id: string;
  readonly place: string;
}

type Starting = Pick<Conversation, 'id' | 'startsAt'>;

/**
 * Once for each seat and each time it starts: whoever gave theirs up and took another is reminded again, and so is
 * everybody once it was moved.
 *
 * @param again what makes it come once more all the same, such as another link; '' for nothing
 */
export async function remind(
  tx: Transaction,
  now: Date,
  { id, startsAt }: Starting,
  kind: ReminderDelivery,
  seats: readonly Taken[],
  again = '',
): Promise<void> {
  await post(
    tx,
    now,
    seats.map(
      ({ member_id: memberId, place }) =>
        ({ key: `${kind}:${id}:${startsAt.getTime()}:${place}${again}`, kind, subject: id, memberId }) as const,
    ),
  );
}

/** To be called when a seat is given: the link stands in reminders only, and the last of them may have gone. */
export async function remindIfLate(tx: Transaction, now: Date, conversation: Starting, seat: Taken): Promise<void> {
  const { remindMinutes } = await readConversationSettings(tx);
  if (isLate(conversation.startsAt, remindMinutes, now)) {
    await remind(tx, now, conversation, 'conversations.reminder-soon', [seat]);
  }
}

/** Everybody with a seat, in the order they signed up. */
export async function seatedIn(tx: Transaction, conversationId: string): Promise<readonly Taken[]> {
  return await tx
    .selectFrom('seats')
    .select(['member_id', 'place'])
    .where('conversation_id', '=', conversationId)
    .where('state', '=', 'seated')
    .orderBy('place')
    .execute();
}

/**
 * Tells the host who is coming: once each time it starts, and each who comes to be its host.
 *
 * @param again what makes it come once more all the same, such as another link; '' for nothing
 */
export async function brief(
  tx: Transaction,
  now: Date,
  { id, startsAt, host }: Pick<Conversation, 'id' | 'startsAt' | 'host'>,
  again = '',
): Promise<void> {
  if (host === undefined) return;
  const kind = 'conversations.host-briefing';
  await post(tx, now, [
    { key: `${kind}:${id}:${startsAt.getTime()}:${host.id}${again}`, kind, subject: id, memberId: host.id },
  ]);
}

/** To be called when it comes to stand on the agenda: no reminder will fall due, with which its host is told. */
export async function briefIfPastReminding(
  tx: Transaction,
  now: Date,
  conversation: Pick<Conversation, 'id' | 'startsAt' | 'host'>,
  times: RemindTimes,
): Promise<void> {
  if (isPastReminding(conversation.startsAt, times, now)) await brief(tx, now, conversation);
}

/** The same for who comes to be its host later: the moment at which hosts are told may have passed. */
export async function briefIfPastBriefing(
  tx: Transaction,
  now: Date,
  conversation: Pick<Conversation, 'id' | 'startsAt' | 'host'>,
): Promise<void> {
  const { remindMinutes } = await readConversationSettings(tx);
  if (isPastBriefing(conversation.startsAt, remindMinutes, now)) await brief(tx, now, conversation);
}
