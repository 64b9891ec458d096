import { capacityRange, lengths, minutesRange } from '../conversations/model.ts';
import { subjectProblems } from '../conversations/rules.ts';
import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { check, isHttps, isIn, tidy, wholeNumber } from '../messages/answers.ts';
import { Level } from '../network/model.ts';
import { type Doubt, readWhen } from '../time/when.ts';
import type { Audience, Proposal } from './model.ts';
import { problems as say } from './problem-messages.ts';

/** What a conversation is about and for whom: the first of the two forms. */
export type Words = Pick<Proposal, 'theme' | 'title' | 'about' | 'audience' | 'chathamHouse'>;

/** When and where it is, and for how many: the second. */
export type Plan = Pick<Proposal, 'minutes' | 'capacity' | 'perCouncil' | 'link' | 'place'> & {
  readonly startsAt: Date;
};

export type WordAnswers = Pick<
  Extract<Intent, { kind: 'proposals.draft' }>,
  'theme' | 'title' | 'about' | 'audience' | 'chathamHouse'
>;
export type PlanAnswers = Omit<Extract<Intent, { kind: 'proposals.announce' }>, 'kind' | 'proposal' | 'revision'>;

/** What the two forms offer, by value. */
export interface Offered {
  readonly themes: readonly string[];
  readonly audiences: readonly string[];
}

/** Reads all answers of the first form, so that a host sees every problem at once. */
export function readWords(answers: WordAnswers, { themes, audiences }: Offered): Words | readonly Problem[] {
  const words = { theme: answers.theme, title: tidy(answers.title), about: tidy(answers.about) };
  const audience = audiences.includes(answers.audience) ? audienceOf(answers.audience) : undefined;
  const found = [
    ...check('theme', themes.includes(words.theme), say.theme),
    ...subjectProblems(words),
    ...check('audience', audience !== undefined, say.audience),
    ...check('chathamHouse', ['yes', 'no'].includes(answers.chathamHouse), say.chathamHouse),
  ];
  if (audience === undefined || found.length > 0) return found;
  return { ...words, audience, chathamHouse: answers.chathamHouse === 'yes' };
}

/**
 * Reads all answers of the second form.
 *
 * @param zone the host's IANA zone, in which date and time are meant
 * @returns a doubt where nothing else is wrong, and clocks show the time twice that day, or never
 */
export function readPlan(answers: PlanAnswers, now: Date, zone: string): Plan | Doubt | readonly Problem[] {
  const when = readWhen(answers.date, answers.time, answers.clock, zone);
  const perCouncil = answers.perCouncil === noLimit ? null : wholeNumber(answers.perCouncil);
  const plan = {
    minutes: wholeNumber(answers.minutes),
    capacity: wholeNumber(answers.capacity),
    perCouncil,
    link: tidy(answers.link),
    place: tidy(answers.place),
  };
  const found = [
    ...('problem' in when ? [{ field: when.problem, text: say[when.problem] }] : []),
    ...check('date', !('moment' in when) || when.moment > now, say.past),
    ...check('minutes', isIn(plan.minutes, minutesRange), say.minutes),
    ...check('capacity', isIn(plan.capacity, capacityRange), say.capacity),
    ...check('perCouncil', perCouncil === null || isIn(perCouncil, { min: 1, max: capacityRange.max }), say.perCouncil),
    ...whereProblems(plan),
  ];
  if (found.length > 0 || 'problem' in when) return found;
  return 'moment' in when ? { ...plan, startsAt: when.moment } : when;
}

/** A conversation is online, or somewhere, or both. */
function whereProblems({ link, place }: Pick<Plan, 'link' | 'place'>): readonly Problem[] {
  if (link === '' && place === '') return [{ field: 'link', text: say.nowhere }];
  return [
    ...check('link', link === '' || isHttps(link, lengths.link), say.link),
    ...check('place', place.length <= lengths.place, say.place),
  ];
}

/** How the form answers that a council may send as many as like. */
export const noLimit = 'none';
export const usualPerCouncil = 2;

/** An audience as a form's option holds it. */
export function audienceValue(audience: Audience): string {
  switch (audience.kind) {
    case 'all':
      return 'all';
    case 'level':
      return `level:${audience.level}`;
    case 'cohort':
      return `cohort:${audience.cohortId}`;
  }
}

/** `undefined` for what is none. */
export function audienceOf(value: string): Audience | undefined {
  if (value === 'all') return { kind: 'all' };
  const [kind, of = ''] = value.split(':');
  const level = Level.safeParse(of);
  if (kind === 'level' && level.success) return { kind: 'level', level: level.data };
  return kind === 'cohort' && of !== '' ? { kind: 'cohort', cohortId: of } : undefined;
}

/** Why a convener refuses it: the host is owed a reason. */
export function readRefusal(answer: string): { readonly reason: string } | readonly Problem[] {
  const reason = tidy(answer);
  return isIn(reason.length, { min: 1, max: lengths.reason }) ? { reason } : [{ field: 'reason', text: say.reason }];
}

/** Of those who wait for a seat elsewhere, in order: for whom there is one here. */
export function firstOffered<Person extends { readonly councilId: string }>(
  waiting: readonly Person[],
  { capacity, perCouncil }: Pick<Proposal, 'capacity' | 'perCouncil'>,
): readonly Person[] {
  const fitting = waiting.filter((person, index) => {
    const before = waiting.slice(0, index).filter(({ councilId }) => councilId === person.councilId);
    return perCouncil === null || before.length < perCouncil;
  });
  return fitting.slice(0, capacity);
}
