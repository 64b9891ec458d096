import type { PromptRhythm } from '../network/model.ts';
import { isBankHoliday } from '../time/bank-holidays.ts';
import { dayOf, daysAfter, mondayOf, weekdayOf, weekOf, weeksBetween } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import type { Break, Calendar, Calendared, CohortDay, PlannedPrompt, Reader } from './model.ts';

/** How many weeks lie from one prompt to the next. */
export const rhythmWeeks: Readonly<Record<PromptRhythm, number>> = { weekly: 1, fortnightly: 2, monthly: 4 };

/** Two prompts are never closer than this, whatever was moved: in milliseconds. */
export const restMs = 48 * 3_600_000;

/** How far ahead a week is looked for: breaks last a year at most, so this is never reached. */
const weeksAhead = 1_000;

/** True on a day on which no prompt comes: a bank holiday of theirs, or a day of a break. */
export function isOff(day: string, reader: Calendared, breaks: readonly Break[]): boolean {
  return isBankHoliday(day, reader.nation) || breaks.some((one) => isFor(one, reader) && covers(one, day));
}

function covers({ first, last }: Break, day: string): boolean {
  return first <= day && day <= last;
}

function isFor({ nation, cohortId }: Break, reader: Calendared): boolean {
  return (nation === '' || nation === reader.nation) && (cohortId === null || cohortId === reader.cohortId);
}

/** The day on which their cohort is asked something of its own in that week, if it is. */
function cohortDayIn(week: string, reader: Calendared, days: readonly CohortDay[]): string | undefined {
  return days.find((one) => one.week === week && one.cohortId === reader.cohortId)?.day;
}

/**
 * The next prompt of a member, in the first week of their own calendar that has one. A week has one at most. It comes at
 * the network's weekday and hour on their clock; where that day is off, on the next working day of that week that is
 * not; where none is left, that week has none. What their cohort is asked on a day comes on that day, off or not, and
 * in every rhythm.
 *
 * A prompt that was planned for this week and whose day moves into the past comes all the same: at once where it would
 * have been today, else on the next working day. So its moment may lie before `now`.
 */
export function promptMoment(reader: Reader, calendar: Calendar, now: Date): PlannedPrompt {
  const present = weekOf(now, reader.zone);
  const unused = reader.usedWeek === '' ? present : daysAfter(reader.usedWeek, 7);
  const from = unused > present ? unused : present;
  for (let ahead = 0; ahead < weeksAhead; ahead += 1) {
    const week = daysAfter(from, ahead * 7);
    const at = week === present ? inThisWeek(week, reader, calendar, now) : inLaterWeek(week, reader, calendar);
    if (at !== undefined) return { week, at };
  }
  throw new Error('There is no week without a break');
}

/** The days of a week on which its prompt may come, the best first; none in a week that has no prompt. */
function daysFor(week: string, reader: Reader, { weekday, breaks, cohortDays }: Calendar): readonly string[] {
  const ofCohort = cohortDayIn(week, reader, cohortDays);
  if (ofCohort === undefined && !isTheirTurn(week, reader)) return [];
  const first = ofCohort ?? daysAfter(week, weekday - 1);
  // Those after it are working days, up to Friday.
  const left = Math.max(0, 5 - weekdayOf(first));
  const later = Array.from({ length: left }, (_, index) => daysAfter(first, index + 1));
  const open = [first, ...later].filter((day) => !isOff(day, reader, breaks));
  return ofCohort === undefined || open.includes(ofCohort) ? open : [ofCohort, ...open];
}

function isTheirTurn(week: string, { lastWeek, rhythm }: Reader): boolean {
  return lastWeek === '' || weeksBetween(lastWeek, week) % rhythmWeeks[rhythm] === 0;
}

function inLaterWeek(week: string, reader: Reader, calendar: Calendar): Date | undefined {
  for (const day of daysFor(week, reader, calendar)) {
    const moment = momentOn(day, calendar.hour, reader.zone);
    if (isRested(moment, reader)) return moment;
  }
  return undefined;
}

function inThisWeek(week: string, reader: Reader, calendar: Calendar, now: Date): Date | undefined {
  const days = daysFor(week, reader, calendar);
  const [best] = days;
  if (best === undefined) return undefined;
  const at = (day: string) => momentOn(day, calendar.hour, reader.zone);
  const today = dayOf(now, reader.zone);
  const isPlanned = hasRightTo(week, reader, calendar);
  if (at(best) <= now && !isPlanned) return undefined;
  // On its own day it is never too late; a later day is for what is still to come on it.
  const mayCome = (day: string) => (day === best ? day >= today : at(day) > now);
  const next = days.find((day) => mayCome(day) && isRested(at(day) > now ? at(day) : now, reader));
  if (next !== undefined) return at(next);
  // The last working day of the week has gone by: what was planned comes today, at a weekend as well.
  const isFree = isRested(now, reader) && !isOff(today, reader, calendar.breaks);
  return isPlanned && isFree ? at(today) : undefined;
}

/**
 * Whether a prompt is planned for that week, or for an earlier one and was not sent; and whoever has any planned gets
 * what their cohort is asked in it.
 */
function hasRightTo(week: string, reader: Reader, { cohortDays }: Calendar): boolean {
  if (reader.plannedWeek === '') return false;
  return reader.plannedWeek <= week || cohortDayIn(week, reader, cohortDays) !== undefined;
}

/** Whether a prompt that falls due may be sent on that day: the calendar may have changed since it was planned. */
export function mayComeOn(day: string, reader: Calendared, { breaks, cohortDays }: Calendar): boolean {
  const ofCohort = cohortDayIn(mondayOf(day), reader, cohortDays);
  return ofCohort === undefined ? !isOff(day, reader, breaks) : ofCohort <= day;
}

function isRested(moment: Date, { lastSentAt }: Reader): boolean {
  return lastSentAt === null || moment.getTime() - lastSentAt.getTime() >= restMs;
}
