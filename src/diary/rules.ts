import { subMonths } from 'date-fns/subMonths';
import type { IntentOf } from '../asker.ts';
import type { Problem } from '../errors.ts';
import { isHttps, isIn, tidy, wholeNumber } from '../messages/answers.ts';
import { cleanName } from '../network/rules.ts';
import { type Doubt, readWhen } from '../time/when.ts';
import { eventProblems as say } from './event-messages.ts';
import { type DiaryEntry, EventSort, eventLengths, eventMinutes, type Place, type ProgrammeEvent } from './model.ts';

/** How a seat stands in a calendar: only what they surely go to is confirmed. */
export function statusOf(place: Place, cancelledAt: Date | null): DiaryEntry['status'] {
  if (cancelledAt !== null) return 'cancelled';
  return place === 'host' || place === 'seated' ? 'confirmed' : 'tentative';
}

/** From when on a feed holds what has passed: three months, and for a month what was cancelled. */
export function feedStarts(now: Date): { readonly passed: Date; readonly cancelled: Date } {
  return { passed: subMonths(now, 3), cancelled: subMonths(now, 1) };
}

/** What a delivery to somebody's calendar was, and what became of it. */
export interface PostedToDiary {
  /** Counts what was posted to them. */
  readonly number: number;
  readonly kind: 'diary.invite' | 'diary.call-off';
  /** False where it surely never left us. */
  readonly mayHaveArrived: boolean;
}

/**
 * Whether there is anything to be taken out of a calendar: the last thing that may have arrived put it in. Where nothing
 * is on record any more, it was long ago, and is taken to have arrived.
 */
export function mayStand(posted: readonly PostedToDiary[]): boolean {
  if (!posted.some(({ kind }) => kind === 'diary.invite')) return true;
  const last = posted.filter(({ mayHaveArrived }) => mayHaveArrived).toSorted((a, b) => b.number - a.number)[0];
  return last?.kind === 'diary.invite';
}

/** A programme event as it was answered. */
export type EventSaid = Pick<
  ProgrammeEvent,
  'sort' | 'title' | 'about' | 'place' | 'link' | 'startsAt' | 'minutes' | 'cohortId'
>;

type Answers = Extract<IntentOf<'diary'>, { kind: 'diary.event' }>;

/** How a form calls what is for everybody. */
export const everybody = 'all';

/**
 * Reads the form of an event: all of it good, the doubt which of two hours is meant, or a problem for each answer that
 * is not good.
 *
 * @param zone in which date and time are meant
 * @param cohorts the ids that may be chosen
 */
export function readEvent(
  answers: Answers,
  now: Date,
  zone: string,
  cohorts: readonly string[],
): EventSaid | Doubt | readonly Problem[] {
  const sort = EventSort.safeParse(answers.sort);
  const said = {
    title: cleanName(answers.title),
    about: tidy(answers.about),
    place: cleanName(answers.place),
    link: tidy(answers.link),
    minutes: wholeNumber(answers.minutes),
    cohortId: answers.cohort === everybody ? null : answers.cohort,
  };
  const when = readWhen(answers.date, answers.time, answers.clock, zone);
  const found: readonly Problem[] = [
    { field: 'sort', text: sort.success ? '' : say.sort },
    { field: 'title', text: isIn(said.title.length, { min: 1, max: eventLengths.title }) ? '' : say.title },
    { field: 'about', text: said.about.length <= eventLengths.about ? '' : say.about },
    { field: 'date', text: 'problem' in when && when.problem === 'date' ? say.date : '' },
    { field: 'date', text: 'moment' in when && when.moment <= now ? say.past : '' },
    { field: 'time', text: 'problem' in when && when.problem === 'time' ? say.time : '' },
    { field: 'minutes', text: isIn(said.minutes, eventMinutes) ? '' : say.minutes },
    { field: 'cohort', text: said.cohortId === null || cohorts.includes(said.cohortId) ? '' : say.cohort },
    { field: 'place', text: said.place.length <= eventLengths.place ? '' : say.place },
    { field: 'link', text: said.link === '' || isHttps(said.link, eventLengths.link) ? '' : say.link },
  ].filter(({ text }) => text !== '');
  if (found.length > 0 || !sort.success || 'problem' in when) return found;
  return 'moment' in when ? { ...said, sort: sort.data, startsAt: when.moment } : when;
}

/** Whether a calendar shows the one otherwise than the other. */
export function showsOtherwise(before: EventSaid, said: EventSaid): boolean {
  const shown = ({ title, about, place, startsAt, minutes, cohortId }: EventSaid) =>
    JSON.stringify([title, about, place, startsAt, minutes, cohortId]);
  return shown(before) !== shown(said);
}
