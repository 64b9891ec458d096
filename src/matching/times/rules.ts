import { tzOffset } from '@date-fns/tz';
import type { Break, Calendared } from '../../calendar/model.ts';
import { isOff } from '../../calendar/rules.ts';
import { dayOf, daysAfter, isDay, weekdayOf } from '../../time/days.ts';
import { momentAt } from '../../time/local.ts';
import { readWhen } from '../../time/when.ts';

/** How long two people meet who have not met before. */
export const meetingMinutes = 30;

/** How many times are suggested at once. */
const timesShown = 3;
/** How far ahead, in days: two weeks, or until the day before the next round where that is sooner. */
const longestAhead = 14;

/** How far ahead somebody can suggest a time of their own where no round is planned, in days. */
export const mostDaysAhead = 56;

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const meetingMs = meetingMinutes * minuteMs;
/** Minutes of the day in which most people have lunch. */
const lunch = { from: 12 * 60, until: 14 * 60 } as const;

/** When somebody of a match works. */
export interface Worker extends Calendared {
  readonly zone: string;
  /** `HH:mm` on their clock; `until` is later on the same day. */
  readonly from: string;
  readonly until: string;
  /** When they meet somebody else. */
  readonly busy: readonly Date[];
}

/** A stretch in which all of them work, on one day of each. */
interface Shared {
  readonly from: number;
  readonly until: number;
  /** The day it is for each of them. */
  readonly days: readonly string[];
}

/**
 * Up to three times that suit all of a match, the soonest first: within the hours of each, on three different working
 * days of each, from the second working day from now on. On whole hours where that is possible on the clocks of all,
 * else on quarter hours; not in the middle of the day where there is another; and at different times of the day.
 *
 * @param round when the next one comes; `undefined` where none is planned
 * @returns fewer where there are not three such days, none where their hours do not meet
 */
export function timesThatSuit(
  people: readonly Worker[],
  breaks: readonly Break[],
  round: Date | undefined,
  now: Date,
): readonly Date[] {
  const all = people.map((person) => workingTimes(person, breaks, round, now));
  const [first = [], ...others] = all;
  const shared = others.reduce(intersect, first).filter((stretch) => startsIn(stretch, people).length > 0);
  const apart = onDifferentDays(shared);
  // With a day between them they are more likely to suit.
  const step = apart.length >= 2 * timesShown - 1 ? 2 : 1;
  const chosen = apart.filter((_, index) => index % step === 0).slice(0, timesShown);
  return chosen.map((stretch, index) => bestIn(stretch, people, places[index] ?? 0));
}

/** How far into what they share a time is looked for: a morning, an afternoon, and between. */
const places = [0.2, 0.8, 0.5];

/** Their working hours on each working day from the second one after today. */
function workingTimes(person: Worker, breaks: readonly Break[], round: Date | undefined, now: Date): readonly Shared[] {
  const today = dayOf(now, person.zone);
  const last = round === undefined ? daysAfter(today, longestAhead) : daysAfter(dayOf(round, person.zone), -1);
  return Array.from({ length: longestAhead }, (_, index) => daysAfter(today, index + 1))
    .filter((day) => day <= last && isWorkingDay(day, person, breaks))
    .slice(1)
    .flatMap((day) => hoursOn(day, person));
}

function isWorkingDay(day: string, person: Worker, breaks: readonly Break[]): boolean {
  return weekdayOf(day) <= 5 && !isOff(day, person, breaks);
}

/** None on a day whose clocks skip the beginning or the end of them. */
function hoursOn(day: string, { zone, from, until }: Worker): readonly Shared[] {
  const [begins, ends] = [momentAt(day, from, zone), momentAt(day, until, zone)];
  return begins === undefined || ends === undefined
    ? []
    : [{ from: begins.getTime(), until: ends.getTime(), days: [day] }];
}

function intersect(one: readonly Shared[], other: readonly Shared[]): readonly Shared[] {
  return one.flatMap((a) =>
    other.flatMap((b) => {
      const [from, until] = [Math.max(a.from, b.from), Math.min(a.until, b.until)];
      return from < until ? [{ from, until, days: [...a.days, ...b.days] }] : [];
    }),
  );
}

/** As many of them as are on days of their own for each person. */
function onDifferentDays(shared: readonly Shared[]): readonly Shared[] {
  const apart: Shared[] = [];
  for (const stretch of shared.toSorted((a, b) => a.from - b.from)) {
    const isApart = apart.every(({ days }) => days.every((day, person) => day !== stretch.days[person]));
    if (isApart) apart.push(stretch);
  }
  return apart;
}

/** The quarters of an hour at which they could begin. */
function startsIn({ from, until }: Shared, people: readonly Worker[]): readonly number[] {
  const first = firstQuarter(from);
  const count = Math.max(0, Math.floor((until - meetingMs - first) / quarterMs) + 1);
  const starts = Array.from({ length: count }, (_, index) => first + index * quarterMs);
  return starts.filter((start) => people.every((person) => isFree(start, person)));
}

function isFree(start: number, { busy }: Worker): boolean {
  return busy.every((at) => Math.abs(at.getTime() - start) >= meetingMs);
}

/** @param place 0 for its beginning, 1 for its end */
function bestIn(stretch: Shared, people: readonly Worker[], place: number): Date {
  const first = firstQuarter(stretch.from);
  const wanted = first + place * (stretch.until - meetingMs - first);
  const offered = startsIn(stretch, people).map((at) => {
    const minutes = people.map(({ zone }) => minuteOfDay(at, zone));
    const odd = minutes.filter((minute) => minute % 60 !== 0).length;
    const hungry = minutes.some((minute) => minute + meetingMinutes > lunch.from && minute < lunch.until);
    return { at, odd, hungry: hungry ? 1 : 0, away: Math.abs(at - wanted) };
  });
  const [best] = offered.toSorted((a, b) => a.odd - b.odd || a.hungry - b.hungry || a.away - b.away || a.at - b.at);
  return new Date(best?.at ?? first);
}

/** Every zone of today is so many quarters of an hour from UTC. */
function firstQuarter(from: number): number {
  return Math.ceil(from / quarterMs) * quarterMs;
}

function minuteOfDay(at: number, zone: string): number {
  const shown = new Date(at + tzOffset(zone, new Date(at)) * minuteMs);
  return shown.getUTCHours() * 60 + shown.getUTCMinutes();
}

/** Those that are not one of these themselves, suggested or agreed. */
export function otherTimes(times: readonly Date[], ...known: readonly (Date | undefined)[]): readonly Date[] {
  return times.filter((time) => known.every((one) => one?.getTime() !== time.getTime()));
}

/** Whether a time that was shown still suits all: hours, breaks and people may have changed since. */
export function suits(at: Date, people: readonly Worker[], breaks: readonly Break[], now: Date): boolean {
  const start = at.getTime();
  if (at <= now || start % quarterMs !== 0) return false;
  return people.every((person) => {
    const day = dayOf(at, person.zone);
    if (!isFree(start, person) || !isWorkingDay(day, person, breaks)) return false;
    if (day > daysAfter(dayOf(now, person.zone), longestAhead)) return false;
    return hoursOn(day, person).some(({ from, until }) => from <= start && start + meetingMs <= until);
  });
}

/** What was wrong with a time of one's own, and in which answer. */
export interface OwnTimeProblem {
  readonly field: 'date' | 'time';
  readonly problem: 'date' | 'time' | 'clocks' | 'past' | 'far' | 'round';
}

/**
 * Reads a date `YYYY-MM-DD` and a time `HH:mm` on the clocks of `zone`: at any hour, from now until the next round, or some
 * weeks ahead where none is planned.
 */
export function readOwnTime(
  { date, time }: { readonly date: string; readonly time: string },
  zone: string,
  round: Date | undefined,
  now: Date,
): { readonly at: Date } | readonly OwnTimeProblem[] {
  const today = dayOf(now, zone);
  const isDate = isDay(date);
  const when = readWhen(isDate ? date : today, time, '', zone);
  if ('problem' in when || !isDate) {
    const wrong = [...(isDate ? [] : ['date' as const]), ...('problem' in when ? ['time' as const] : [])];
    return wrong.map((field) => ({ field, problem: field }));
  }
  if (!('moment' in when)) return [{ field: 'time', problem: 'clocks' }];
  if (when.moment <= now) return [{ field: 'date', problem: 'past' }];
  if (round !== undefined && when.moment >= round) return [{ field: 'date', problem: 'round' }];
  return date > daysAfter(today, mostDaysAhead) ? [{ field: 'date', problem: 'far' }] : { at: when.moment };
}
