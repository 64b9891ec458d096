import { type WorkingDays, workingDayFrom } from '../reflections/next-working-day.ts';
import { isBankHoliday } from '../time/bank-holidays.ts';
import { dayOf, daysAfter, mondayOf, weeksBetween } from '../time/days.ts';
import { localParts, momentAt, momentOn } from '../time/local.ts';
import { type Series, weeksAhead } from './model.ts';

/*
 * When the conversations of a series take place, and when hosts are asked. Pure.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A topic is chosen, and the first host asked, so many days before. */
const chosenDaysBefore = 21;
/** On the clock of the series. */
const chosenHour = 10;
/** People need so long to sign up and make room for it: later, no host is asked. */
const leastNoticeMs = 3 * dayMs;
/** How long a host has to answer, in their working days. */
const answerWorkingDays = 2;
const leastAnswerMs = 4 * hourMs;

type Rhythm = Pick<Series, 'weekday' | 'at' | 'zone' | 'everyWeeks' | 'firstDay'>;

/** Days on which nobody is to be asked to come. Days are `YYYY-MM-DD`; the last one belongs to a break. */
export interface DaysOff {
  /** Those that have members: the network spans them, and their bank holidays count for all. */
  readonly nations: readonly string[];
  /** The breaks that are for everybody. */
  readonly breaks: readonly { readonly first: string; readonly last: string }[];
}

export type WhyOff = 'bank holiday' | 'break';

/** One date of a series, as its rhythm has it. */
export interface PlannedSlot {
  readonly day: string;
  readonly startsAt: Date;
  /** Why there is no conversation on that day; `undefined` where there is one. */
  readonly off: WhyOff | undefined;
}

/**
 * The dates of a series that begin after `now`, for the weeks ahead, with those that are left out: they are not made up
 * on another day, so that the rhythm stays.
 */
export function slotsAhead(series: Rhythm, daysOff: DaysOff, now: Date): readonly PlannedSlot[] {
  const firstWeek = mondayOf(series.firstDay);
  // A day that is over in the zone may lie in the week before.
  const present = mondayOf(daysAfter(dayOf(now, series.zone), -1));
  const passed = Math.max(0, Math.ceil(weeksBetween(firstWeek, present) / series.everyWeeks));
  const end = new Date(now.getTime() + weeksAhead * 7 * dayMs);
  const planned: PlannedSlot[] = [];
  for (let round = passed; ; round += 1) {
    const week = daysAfter(firstWeek, 7 * series.everyWeeks * round);
    const day = daysAfter(week, series.weekday - 1);
    const startsAt = momentOf(day, series.at, series.zone);
    if (startsAt > end) return planned;
    if (day >= series.firstDay && startsAt > now) planned.push({ day, startsAt, off: whyOff(day, daysOff) });
  }
}

export function whyOff(day: string, { nations, breaks }: DaysOff): WhyOff | undefined {
  if (nations.some((nation) => isBankHoliday(day, nation))) return 'bank holiday';
  return breaks.some(({ first, last }) => first <= day && day <= last) ? 'break' : undefined;
}

/** When clocks show that time; where they skip it, the first full or half hour after. */
function momentOf(day: string, at: string, zone: string): Date {
  const exact = momentAt(day, at, zone);
  if (exact !== undefined) return exact;
  const [hour = 0] = at.split(':').map(Number);
  return momentOn(day, hour, zone);
}

/** When the topic of a slot is chosen: three weeks before, on a working day of the series. It may lie in the past. */
export function choosingMoment(startsAt: Date, zone: string, isWorking: (day: string) => boolean): Date {
  const day = daysAfter(dayOf(startsAt, zone), -chosenDaysBefore);
  const at = momentOn(workingDayFrom(day, { zone, hour: chosenHour, isWorking }), chosenHour, zone);
  // A long break may end after the slot: then at once.
  return at < startsAt ? at : new Date(startsAt.getTime() - chosenDaysBefore * dayMs);
}

/** The last moment at which a host can be asked, and by which the last one answers. */
export function askingEnds(startsAt: Date): Date {
  return new Date(startsAt.getTime() - leastNoticeMs);
}

/**
 * Until when a host who is asked now may think about it: the same time of day two working days of theirs on. Near the
 * date it is a third of the time that is left, so that two more can be asked, but four hours at least.
 *
 * @returns `undefined` when it is too late to ask anybody
 */
export function answerBy(now: Date, startsAt: Date, days: WorkingDays): Date | undefined {
  const last = askingEnds(startsAt).getTime();
  const left = last - now.getTime();
  if (left <= 0) return undefined;
  const short = now.getTime() + Math.max(leastAnswerMs, left / 3);
  return new Date(Math.min(workingDaysLater(now, days).getTime(), short, last));
}

function workingDaysLater(now: Date, days: WorkingDays): Date {
  let day = dayOf(now, days.zone);
  for (let count = 0; count < answerWorkingDays; count += 1) day = workingDayFrom(daysAfter(day, 1), days);
  return momentOf(day, localParts(now, days.zone).slice(11), days.zone);
}
