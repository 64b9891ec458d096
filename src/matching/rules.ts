import type { WorkingDays } from '../calendar/reading.ts';
import { dayOf, daysAfter } from '../time/days.ts';
import { localParts, momentOn } from '../time/local.ts';
import type { MatchState, Outcome } from './model.ts';
import type { PastMatch } from './scoring/model.ts';

/** What one person of a match said of it. */
export interface Answered {
  readonly state: MatchState;
  readonly outcome: Outcome | null;
}

/** How a match stands: somebody left it before the time that all agreed to, or where there was none; or after it. */
export type MatchEnd = 'stands' | 'before-its-time' | 'after-its-time';

/**
 * What became of a match between these two, for the rounds to come. Whether it was useful is for each to say, and what one
 * of them did not find useful is not tried again soon; that they did not meet must be said by both, or by one who waited.
 *
 * @param end how the match came to an end, or that it stands
 */
export function outcomeOf(both: readonly [Answered, Answered], end: MatchEnd): PastMatch['outcome'] {
  const said = both.map(({ outcome }) => outcome);
  if (said.includes('not-useful')) return 'not-useful';
  if (said.includes('useful')) return 'useful';
  if (both.some(({ state }) => state === 'met')) return 'unknown';
  if (said.includes('no-show') || said.every((outcome) => outcome === 'not-met')) return 'not-met';
  // The time that all agreed to had passed by then, so they may have met before somebody left it.
  if (end === 'after-its-time' && !said.includes('not-met')) return 'unknown';
  return end !== 'stands' || both.some(({ state }) => state === 'dropped') ? 'not-met' : 'unknown';
}

/** @param agreedAt the time that all agreed to, whether or not it was called off with the match */
export function endOf(endedAt: Date | null, agreedAt: Date | undefined): MatchEnd {
  if (endedAt === null) return 'stands';
  return agreedAt !== undefined && agreedAt <= endedAt ? 'after-its-time' : 'before-its-time';
}

/** Members are told of a round so many days before it, or earlier. */
const openingDays = 2;

/**
 * The day on which members are told of the round of this day: the latest working day that is early enough.
 *
 * @param isRest whether nobody works on that day
 */
export function openingDayOf(round: string, isRest: (day: string) => boolean): string {
  let day = daysAfter(round, -openingDays);
  while (isRest(day)) day = daysAfter(day, -1);
  return day;
}

/**
 * When members are told of the round that comes at this moment: at the same hour, on its opening day. Where that has gone
 * by, at once; where today is a day off, on the next working day, if there is one before the round.
 */
export function openingOf(at: Date, zone: string, isRest: (day: string) => boolean, now: Date): Date {
  const [round, today] = [dayOf(at, zone), dayOf(now, zone)];
  const hour = Number(localParts(at, zone).slice(11, 13));
  const opening = momentOn(openingDayOf(round, isRest), hour, zone);
  if (opening > now) return opening;
  let day = today;
  while (isRest(day) && day < round) day = daysAfter(day, 1);
  return day > today && day < round ? momentOn(day, hour, zone) : now;
}

/** Conveners are asked again after so many working days, and after as many more the round publishes itself. */
const patienceDays = 2;

/** While a round waits for conveners to publish it. */
export interface Waiting {
  /** When they are asked again. */
  readonly again: Date;
  /** When it publishes itself: none is lost because somebody is away. */
  readonly last: Date;
}

/** At the hour of the round, on days on which people work: a round does not come on a Sunday. @param due when the round is */
export function waitingOf(due: Date, { zone, isRest }: WorkingDays): Waiting {
  const hour = Number(localParts(due, zone).slice(11, 13));
  const again = laterWorkingDay(dayOf(due, zone), isRest);
  return { again: momentOn(again, hour, zone), last: momentOn(laterWorkingDay(again, isRest), hour, zone) };
}

function laterWorkingDay(from: string, isRest: (day: string) => boolean): string {
  let day = from;
  for (let left = patienceDays; left > 0; left -= isRest(day) ? 0 : 1) day = daysAfter(day, 1);
  return day;
}
