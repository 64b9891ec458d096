import { dayOf, daysAfter, weekdayOf } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import { type WorkingDays, workingDayFrom } from './next-working-day.ts';

/** What a prompt can be put off to. */
export type LaterDay = 'tomorrow' | 'thursday';

export interface LaterMoment {
  readonly day: LaterDay;
  readonly at: Date;
}

/** Working days between a prompt and its reminder. */
const reminderDays = 3;

/** A prompt is put off by this many days at most: within them, the name of a weekday says which day is meant. */
const furthest = 6;

/** ISO weekday of Thursday. */
const thursday = 4;

/**
 * The days that a prompt can be put off to now, the earlier first. Tomorrow is the next working day. Thursday is this
 * week's, and only where it is a working day after tomorrow. Nothing is put off to when the next prompt is there,
 * or until after a long break.
 */
export function laterMoments(now: Date, days: WorkingDays, nextPrompt: Date | undefined): readonly LaterMoment[] {
  const today = dayOf(now, days.zone);
  const tomorrow = workingDaysAfter(today, 1, days);
  const comingThursday = daysAfter(today, thursday - weekdayOf(today));
  const isThursday = comingThursday > tomorrow && days.isWorking(comingThursday);
  return [
    ...(tomorrow <= daysAfter(today, furthest)
      ? [{ day: 'tomorrow' as const, at: momentOn(tomorrow, days.hour, days.zone) }]
      : []),
    ...(isThursday ? [{ day: 'thursday' as const, at: momentOn(comingThursday, days.hour, days.zone) }] : []),
  ].filter(({ at }) => nextPrompt === undefined || at < nextPrompt);
}

/** When to remind of what was sent at `sent`: three working days later, at the hour of prompts. */
export function reminderMoment(sent: Date, days: WorkingDays): Date {
  return momentOn(workingDaysAfter(dayOf(sent, days.zone), reminderDays, days), days.hour, days.zone);
}

function workingDaysAfter(day: string, count: number, days: WorkingDays): string {
  let found = day;
  for (let left = count; left > 0; left -= 1) found = workingDayFrom(daysAfter(found, 1), days);
  return found;
}
