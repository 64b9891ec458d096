import type { ConversationDue, ReminderDelivery } from './model.ts';
import type { ConversationSettings } from './settings.ts';

const minuteMs = 60_000;

export type RemindTimes = ConversationSettings['remindMinutes'];

export type ReminderDue = Extract<ConversationDue, `conversations.remind-${string}`>;

/** One time at which those with a seat are reminded, in milliseconds before it starts. */
export interface Reminder {
  readonly due: ReminderDue;
  readonly delivery: ReminderDelivery;
  readonly beforeMs: number;
}

/** When people with a seat are reminded, the first of them first; a reminder that is never sent is left out. */
export function remindersOf({ first, second, last }: RemindTimes): readonly Reminder[] {
  const all = [
    { due: 'conversations.remind-week', delivery: 'conversations.reminder-week', beforeMs: first * minuteMs },
    { due: 'conversations.remind-day', delivery: 'conversations.reminder-day', beforeMs: second * minuteMs },
    { due: 'conversations.remind-soon', delivery: 'conversations.reminder-soon', beforeMs: last * minuteMs },
  ] as const;
  return all.filter(({ beforeMs }) => beforeMs > 0);
}

/**
 * True when the last reminder may not reach whoever gets a seat now. From a minute before it goes: the seat may be given
 * in a transaction that whoever sends it does not see yet.
 */
export function isLate(startsAt: Date, { last }: RemindTimes, now: Date): boolean {
  return now.getTime() >= startsAt.getTime() - (last + 1) * minuteMs;
}

/** True when no reminder will fall due any more. */
export function isPastReminding(startsAt: Date, { last }: RemindTimes, now: Date): boolean {
  return now.getTime() >= startsAt.getTime() - last * minuteMs;
}

/** True once the next reminder has had its moment, and says the same. */
export function isOvertaken(kind: ReminderDelivery, startsAt: Date, times: RemindTimes, now: Date): boolean {
  const order = ['conversations.reminder-week', 'conversations.reminder-day', 'conversations.reminder-soon'];
  const later = remindersOf(times).filter(({ delivery }) => order.indexOf(delivery) > order.indexOf(kind));
  return later.some(({ beforeMs }) => now.getTime() >= startsAt.getTime() - beforeMs);
}

/** The last reminder whose moment has come, and with it the link; `undefined` before the first. */
export function lastPassed(startsAt: Date, times: RemindTimes, now: Date): Reminder | undefined {
  return remindersOf(times).findLast(({ beforeMs }) => now.getTime() >= startsAt.getTime() - beforeMs);
}

/** The reminder with which the host is told who is coming: the second, or what there is in its place. */
export function briefsHost(times: RemindTimes): ReminderDue {
  if (times.second > 0) return 'conversations.remind-day';
  return times.first > 0 ? 'conversations.remind-week' : 'conversations.remind-soon';
}

/** True once that reminder has had its moment. */
export function isPastBriefing(startsAt: Date, times: RemindTimes, now: Date): boolean {
  const reminder = remindersOf(times).find(({ due }) => due === briefsHost(times));
  return reminder !== undefined && now.getTime() >= startsAt.getTime() - reminder.beforeMs;
}
