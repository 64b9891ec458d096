import { dayOf, daysAfter } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import { type WorkingDays, workingDayFrom } from './next-working-day.ts';

/** How long after an action was written down its member is asked how it went, in days. */
const followUpDays = 28;

/** When to ask about an action that was written down at this moment. */
export function askMoment(writtenAt: Date, days: WorkingDays): Date {
  return workingMoment(daysAfter(dayOf(writtenAt, days.zone), followUpDays), days);
}

/** When to ask somebody who does not want to be asked before `until`. */
export function askAfter(until: Date, days: WorkingDays): Date {
  const day = dayOf(until, days.zone);
  const moment = workingMoment(day, days);
  return moment >= until ? moment : workingMoment(daysAfter(day, 1), days);
}

/** The hour of the first working day from `day` on. */
function workingMoment(day: string, days: WorkingDays): Date {
  return momentOn(workingDayFrom(day, days), days.hour, days.zone);
}
