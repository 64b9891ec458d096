import { minutesRange } from '../conversations/model.ts';
import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { check, isIn, wholeNumber } from '../messages/answers.ts';
import { readWhen } from '../time/when.ts';
import { problems as say } from './problem-messages.ts';

/** What people are asked about: at least two times, in order. */
export interface Times {
  readonly minutes: number;
  readonly times: readonly Date[];
}

export type TimesAnswers = Omit<Extract<Intent, { kind: 'proposals.ask-times' }>, 'kind' | 'proposal' | 'revision'>;

/**
 * Reads the form that asks for times; each is a date and a time on the host's clock, and both may be left empty.
 *
 * @param zone the host's IANA zone
 */
export function readTimes(answers: TimesAnswers, now: Date, zone: string): Times | readonly Problem[] {
  const minutes = wholeNumber(answers.minutes);
  const read = pairsOf(answers).map((pair) => readPair(pair, now, zone));
  const times = read.flatMap((one) => ('moment' in one ? [one.moment] : []));
  const found = [
    ...check('minutes', isIn(minutes, minutesRange), say.minutes),
    ...read.flatMap((one, index) => problemsOf(one, index, read)),
  ];
  if (found.length > 0) return found;
  if (times.length < 2) return [{ field: 'date2', text: say.fewTimes }];
  return { minutes, times: times.toSorted((a, b) => a.getTime() - b.getTime()) };
}

interface Pair {
  readonly date: string;
  readonly time: string;
}

function pairsOf(answers: TimesAnswers): readonly Pair[] {
  return [
    { date: answers.date1, time: answers.time1 },
    { date: answers.date2, time: answers.time2 },
    { date: answers.date3, time: answers.time3 },
    { date: answers.date4, time: answers.time4 },
    { date: answers.date5, time: answers.time5 },
  ];
}

type ReadPair = { readonly moment: Date } | { readonly field: 'date' | 'time'; readonly text: string } | { none: true };

function readPair({ date, time }: Pair, now: Date, zone: string): ReadPair {
  if (date.trim() === '' && time.trim() === '') return { none: true };
  const when = readWhen(date, time, '', zone);
  if ('problem' in when) return { field: when.problem, text: say[when.problem] };
  if ('gap' in when) return { field: 'time', text: say.gapTime };
  if ('twice' in when) return { field: 'time', text: say.twiceTime };
  return when.moment > now ? when : { field: 'date', text: say.past };
}

function problemsOf(one: ReadPair, index: number, all: readonly ReadPair[]): readonly Problem[] {
  if ('none' in one) return [];
  if ('field' in one) return [{ field: `${one.field}${index + 1}`, text: one.text }];
  const same = all
    .slice(0, index)
    .some((other) => 'moment' in other && other.moment.getTime() === one.moment.getTime());
  return same ? [{ field: `time${index + 1}`, text: say.sameTime }] : [];
}

/** One of the times people were asked about, and who said that it would do. */
export interface Counted<Person> {
  readonly id: string;
  readonly startsAt: Date;
  readonly can: readonly Person[];
}

/** The time that most can come to first; of equal ones, the sooner. */
export function bestFirst<Person>(times: readonly Counted<Person>[]): readonly Counted<Person>[] {
  return times.toSorted(
    (a, b) => b.can.length - a.can.length || a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1),
  );
}
