import { sql } from 'kysely';
import { type Appointment, schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import type { Conversation } from './model.ts';
import { type RemindTimes, remindersOf } from './reminder-rules.ts';
import { briefIfPastReminding } from './reminding.ts';
import { keepConversationSettings } from './settings.ts';

const minuteMs = 60_000;
const countBeforeMs = 48 * 60 * minuteMs;

type Planned = Pick<Conversation, 'id' | 'startsAt' | 'minutes'>;

/** Its reminders. A key says when it starts, so that whatever is moved falls due again. */
export function remindersOn({ id, startsAt }: Omit<Planned, 'minutes'>, times: RemindTimes): readonly Appointment[] {
  return remindersOf(times).map(({ due, beforeMs }) => appointment(id, due, startsAt, beforeMs));
}

/** Everything else about a conversation that falls due: are there enough people, that it begins, and that it is over. */
function restOf({ id, startsAt, minutes }: Planned): readonly Appointment[] {
  return [
    appointment(id, 'conversations.count', startsAt, countBeforeMs),
    appointment(id, 'conversations.begins', startsAt, 0),
    appointment(id, 'afterwards.over', startsAt, -minutes * minuteMs),
  ];
}

function appointment(id: string, kind: Appointment['kind'], startsAt: Date, beforeMs: number): Appointment {
  const key = `${kind}:${id}:${startsAt.toISOString()}`;
  return { key, kind, subject: id, at: new Date(startsAt.getTime() - beforeMs) };
}

/** Puts what falls due of a conversation to come on the agenda; where it is too late for reminders, its host is told now. */
export async function scheduleAll(tx: Transaction, now: Date, conversation: Conversation): Promise<void> {
  const { remindMinutes } = await keepConversationSettings(tx);
  const all = [...remindersOn(conversation, remindMinutes), ...restOf(conversation)];
  await schedule(
    tx,
    all.filter(({ at }) => at > now),
  );
  await briefIfPastReminding(tx, now, conversation, remindMinutes);
}

/** Where only its length is otherwise: all else stays on the agenda, also what is due and waits for its turn. */
export async function rescheduleEnd(tx: Transaction, { id, startsAt, minutes }: Planned): Promise<void> {
  const kind = 'afterwards.over';
  await unscheduleKinds(tx, id, [kind]);
  await schedule(tx, [appointment(id, kind, startsAt, -minutes * minuteMs)]);
}

const planned: readonly Appointment['kind'][] = [
  'conversations.remind-week',
  'conversations.remind-day',
  'conversations.remind-soon',
  'conversations.count',
  'conversations.begins',
  'afterwards.over',
];

/** Takes what {@link scheduleAll} put there off the agenda, for it to be put there anew. */
export async function unschedulePlan(tx: Transaction, { id }: Pick<Conversation, 'id'>): Promise<void> {
  await unscheduleKinds(tx, id, planned);
}

/** Takes all off the agenda, for one that will not take place: the ends of offers too. */
export async function unscheduleAll(tx: Transaction, { id }: Pick<Conversation, 'id'>): Promise<void> {
  await unscheduleKinds(tx, id, [...planned, 'conversations.offer-ends', 'afterwards.ask']);
}

/**
 * What is being done at this moment is left alone, and not waited for: whoever does it may wait for the conversation, and
 * finds it changed.
 *
 * @returns the kinds that stood there
 */
export async function unscheduleKinds(
  tx: Transaction,
  conversationId: string,
  kinds: readonly Appointment['kind'][],
): Promise<readonly string[]> {
  const { rows } = await sql<{ kind: string }>`
    delete from agenda where id in (
      select id from agenda
       where subject = ${conversationId} and kind = any(${[...kinds]}) and done_at is null
       order by id for update skip locked)
    returning kind`.execute(tx);
  return rows.map(({ kind }) => kind);
}
