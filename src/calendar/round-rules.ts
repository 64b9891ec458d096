import { isBankHolidayEverywhere } from '../time/bank-holidays.ts';
import { daysAfter, weekdayOf, weekOf } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import type { Break, RoundRhythm } from './model.ts';

/** When the last round was due, and when it ran: later, where we were down. */
export interface LastRound {
  readonly due: Date;
  readonly ran: Date;
}

/**
 * The next round: so many weeks after the week in which the last one was due, on the network's weekday and hour, and
 * never in a week that has had one. A day that everybody has off, by a break for all or a bank holiday of all nations,
 * puts it off to the next working day; so does a day that has gone by in its own week. A week that has gone by is not
 * made up: then it comes on the next such weekday.
 *
 * @param last `undefined` before the first round
 */
export function roundMoment(
  rhythm: RoundRhythm,
  breaks: readonly Break[],
  last: LastRound | undefined,
  now: Date,
): Date {
  const { zone, weekday, hour } = rhythm;
  const present = weekOf(now, zone);
  const at = (day: string) => momentOn(day, hour, zone);
  const inPresent = daysAfter(present, weekday - 1);
  const week = last === undefined ? '' : weekAfter(last, rhythm);
  const isComing = week === present || at(inPresent) > now;
  const nearest = isComing ? inPresent : daysAfter(inPresent, 7);
  // A weekday that the network chose counts, whichever it is; a day that it is put off to is a working day.
  const chosen = week > present ? daysAfter(week, weekday - 1) : nearest;
  let day = chosen;
  while (isOffForAll(day, breaks) || at(day) <= now || (day !== chosen && weekdayOf(day) > 5)) day = daysAfter(day, 1);
  return at(day);
}

function weekAfter({ due, ran }: LastRound, { zone, weeks }: RoundRhythm): string {
  const counted = daysAfter(weekOf(due, zone), 7 * weeks);
  const free = daysAfter(weekOf(ran, zone), 7);
  return counted > free ? counted : free;
}

/** Whether nobody of the network works: at a weekend, or when everybody is off. */
export function isRestDay(day: string, breaks: readonly Break[]): boolean {
  return weekdayOf(day) > 5 || isOffForAll(day, breaks);
}

/** By a break for all, or a bank holiday of all nations. */
function isOffForAll(day: string, breaks: readonly Break[]): boolean {
  const ofAll = breaks.filter(({ nation, cohortId }) => nation === '' && cohortId === null);
  return isBankHolidayEverywhere(day) || ofAll.some(({ first, last }) => first <= day && day <= last);
}
