import type { IntentOf } from '../asker.ts';
import type { Problem } from '../errors.ts';
import { questionFaults } from '../framework/question.ts';
import { check, isIn, tidy, wholeNumber } from '../messages/answers.ts';
import type { NetworkSettings } from '../network/model.ts';
import { nations } from '../time/bank-holidays.ts';
import { isDay, yearAfter } from '../time/days.ts';
import { isZone } from '../time/local.ts';
import { problems as ofBreak } from './break-messages.ts';
import { problems as ofCohort } from './cohort-prompt-messages.ts';
import { problems as ofRhythm } from './messages.ts';
import { all, type Break, type BreakSort, breakNameLength, breakSorts, hours, roundWeeksRange } from './model.ts';

/*
 * How conveners' answers are read: all of them, so that they see every problem at once. Pure.
 */

type Answers<Kind extends string> = Extract<IntentOf<'calendar'>, { kind: `calendar.${Kind}` }>;

interface Mistaken {
  readonly problems: readonly Problem[];
}

export type Rhythm = Pick<
  NetworkSettings,
  'zone' | 'promptWeekday' | 'promptHour' | 'roundWeekday' | 'roundHour' | 'roundWeeks'
>;

/** @param present what holds now: it may be kept, though it is not among what is offered */
export function readRhythm(answers: Answers<'rhythm'>, present: Rhythm): Rhythm | Mistaken {
  const rhythm = {
    zone: answers.zone,
    promptWeekday: wholeNumber(answers.promptWeekday),
    promptHour: wholeNumber(answers.promptHour),
    roundWeekday: wholeNumber(answers.roundWeekday),
    roundHour: wholeNumber(answers.roundHour),
    roundWeeks: wholeNumber(answers.roundWeeks),
  };
  const isDayOffered = (day: number, now: number) => (day >= 1 && day <= 5) || day === now;
  const isHourOffered = (hour: number, now: number) => hours.includes(hour) || hour === now;
  const problems = [
    check('zone', isZone(rhythm.zone), ofRhythm.zone),
    check('promptWeekday', isDayOffered(rhythm.promptWeekday, present.promptWeekday), ofRhythm.weekday),
    check('promptHour', isHourOffered(rhythm.promptHour, present.promptHour), ofRhythm.hour),
    check('roundWeekday', isDayOffered(rhythm.roundWeekday, present.roundWeekday), ofRhythm.weekday),
    check('roundHour', isHourOffered(rhythm.roundHour, present.roundHour), ofRhythm.hour),
    check('roundWeeks', isIn(rhythm.roundWeeks, roundWeeksRange), ofRhythm.weeks),
  ].flat();
  return problems.length > 0 ? { problems } : rhythm;
}

export interface NewBreak extends Break {
  readonly name: string;
  readonly sort: BreakSort;
}

/** @param today of the convener's own calendar; @param cohorts the ids of those that may be chosen */
export function readBreak(answers: Answers<'break'>, today: string, cohorts: readonly string[]): NewBreak | Mistaken {
  const name = tidy(answers.name);
  const sort = breakSorts.find((one) => one === answers.sort);
  const { first, last, nation, cohort } = answers;
  const problems = [
    check('name', isIn(name.length, { min: 1, max: breakNameLength }), ofBreak.name),
    check('sort', sort !== undefined, ofBreak.sort),
    ...spanProblems(first, last, today),
    check('nation', [all, ...nations].includes(nation), ofBreak.nation),
    check('cohort', [all, ...cohorts].includes(cohort), ofBreak.cohort),
  ].flat();
  if (sort === undefined || problems.length > 0) return { problems };
  return { name, sort, first, last, nation: nation === all ? '' : nation, cohortId: cohort === all ? null : cohort };
}

function spanProblems(first: string, last: string, today: string): readonly (readonly Problem[])[] {
  const malformed = [check('first', isDay(first), ofBreak.day), check('last', isDay(last), ofBreak.day)];
  if (malformed.flat().length > 0) return malformed;
  if (last < first) return [check('last', false, ofBreak.order)];
  if (last > yearAfter(first)) return [check('last', false, ofBreak.long)];
  return [check('last', last >= today, ofBreak.past)];
}

export interface NewCohortPrompt {
  readonly cohortId: string;
  readonly day: string;
  readonly wording: string;
}

/** @param today of the convener's own calendar; @param cohorts the ids of those that may be chosen */
export function readCohortPrompt(
  answers: Answers<'cohort-prompt'>,
  today: string,
  cohorts: readonly string[],
): NewCohortPrompt | Mistaken {
  const { cohort, on } = answers;
  const wording = answers.text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const [fault = ''] = questionFaults(wording, 'prompt');
  const problems = [
    check('cohort', cohorts.includes(cohort), ofCohort.cohort),
    dayProblem(on, today),
    check('text', fault === '', fault),
  ].flat();
  return problems.length > 0 ? { problems } : { cohortId: cohort, day: on, wording };
}

function dayProblem(day: string, today: string): readonly Problem[] {
  if (!isDay(day)) return check('on', false, ofCohort.day);
  if (day <= today) return check('on', false, ofCohort.past);
  return check('on', day <= yearAfter(today), ofCohort.far);
}
