import type { IntentOf } from '../asker.ts';
import { capacityRange, lengths, minutesRange } from '../conversations/model.ts';
import type { Problem } from '../errors.ts';
import { check, isHttps, isIn, tidy, wholeNumber } from '../messages/answers.ts';
import { isDay, yearAfter } from '../time/days.ts';
import { everyWeeksRange, nameLength, type Series } from './model.ts';
import { problems as say } from './series-messages.ts';

type Answers = Extract<IntentOf<'series'>, { kind: 'series.series' }>;

/** Nobody is asked to come at night; and clocks skip or repeat no hour of the day, in any zone we offer. */
const hours = { first: '07:00', last: '21:00' } as const;

/**
 * Reads the answers of a series, all of them, so that a convener sees every problem at once. Pure.
 *
 * @param today in the network's zone
 * @param present what is changed, whose first day may have passed; `undefined` for a new one
 */
export function readSeries(
  answers: Answers,
  today: string,
  present: Series | undefined,
): Omit<Series, 'id' | 'zone'> | { readonly problems: readonly Problem[] } {
  const read = {
    name: tidy(answers.name),
    weekday: wholeNumber(answers.weekday),
    at: answers.at.trim(),
    everyWeeks: wholeNumber(answers.everyWeeks),
    firstDay: answers.firstDay.trim(),
    minutes: wholeNumber(answers.minutes),
    capacity: wholeNumber(answers.capacity),
    perCouncil: answers.perCouncil.trim() === '' ? null : wholeNumber(answers.perCouncil),
    link: tidy(answers.link),
    place: tidy(answers.place),
  };
  const { perCouncil, capacity } = read;
  const seats = Number.isNaN(capacity) ? capacityRange.max : capacity;
  const problems = [
    check('name', isIn(read.name.length, { min: 1, max: nameLength }), say.name),
    check('weekday', isIn(read.weekday, { min: 1, max: 5 }), say.weekday),
    check('at', isTime(read.at), say.at),
    check('everyWeeks', isIn(read.everyWeeks, everyWeeksRange), say.everyWeeks),
    dayProblems(read.firstDay, today, present),
    check('minutes', isIn(read.minutes, minutesRange), say.minutes),
    check('capacity', isIn(capacity, capacityRange), say.capacity),
    check('perCouncil', perCouncil === null || isIn(perCouncil, { min: 1, max: seats }), say.perCouncil),
    check('link', read.link === '' || isHttps(read.link, lengths.link), say.link),
    check('link', read.link !== '' || read.place !== '', say.where),
    check('place', read.place.length <= lengths.place, say.place),
  ].flat();
  return problems.length > 0 ? { problems } : read;
}

function dayProblems(day: string, today: string, present: Series | undefined): readonly Problem[] {
  if (!isDay(day)) return check('firstDay', false, say.firstDay);
  if (day === present?.firstDay) return [];
  if (day < today) return check('firstDay', false, say.firstDayPast);
  return check('firstDay', day <= yearAfter(today), say.firstDayFar);
}

function isTime(at: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(at) && hours.first <= at && at <= hours.last;
}
