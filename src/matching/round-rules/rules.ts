import type { Problem } from '../../errors.ts';
import { isIn, wholeNumber } from '../../messages/answers.ts';
import type { MatchingSettings } from '../model.ts';
import type { Weights } from '../scoring/model.ts';

/** What of a network's settings its rules are; the sliders are the rest. */
export interface RoundRules {
  readonly groupSize: MatchingSettings['groupSize'];
  readonly byHand: boolean;
  readonly coolDownRounds: Weights['coolDownRounds'];
  readonly place: Weights['place'];
}

export type RoundRulesAnswers = Readonly<Record<keyof RoundRules, string>>;

export const coolDownRange = { min: 0, max: 52 } as const;
/** Below 0: rather from afar. */
export const places = [10, 5, 0, -5, -10] as const;

const groupSizes: ReadonlyMap<string, RoundRules['groupSize']> = new Map([
  ['2', 2],
  ['3', 3],
  ['4', 4],
]);

/**
 * @param present what holds now, which can be kept, whoever set it
 * @param words what is said beside each kind of mistake
 */
export function readRoundRules(
  answers: RoundRulesAnswers,
  present: RoundRules,
  words: { readonly choice: string; readonly rounds: string },
): RoundRules | readonly Problem[] {
  const groupSize = groupSizes.get(answers.groupSize);
  const coolDownRounds = wholeNumber(answers.coolDownRounds);
  const place = [...places, present.place].find((one) => String(one) === answers.place);
  const wrong: readonly Problem[] = [
    ...(groupSize === undefined ? [{ field: 'groupSize', text: words.choice }] : []),
    ...(['yes', 'no'].includes(answers.byHand) ? [] : [{ field: 'byHand', text: words.choice }]),
    ...(isIn(coolDownRounds, coolDownRange) ? [] : [{ field: 'coolDownRounds', text: words.rounds }]),
    ...(place === undefined ? [{ field: 'place', text: words.choice }] : []),
  ];
  if (wrong.length > 0 || groupSize === undefined || place === undefined) return wrong;
  return { groupSize, byHand: answers.byHand === 'yes', coolDownRounds, place };
}

export function rulesOf({ groupSize, byHand, weights }: MatchingSettings): RoundRules {
  return { groupSize, byHand, coolDownRounds: weights.coolDownRounds, place: weights.place };
}

const spoken = {
  groupSize: 'people in a group',
  byHand: 'published by a convener',
  coolDownRounds: 'rounds before two meet again',
  place: 'place',
} as const;

/** What is different, as 'before to after', for the record. */
export function ruleChanges(before: RoundRules, after: RoundRules): readonly string[] {
  const names = ['groupSize', 'byHand', 'coolDownRounds', 'place'] as const;
  const said = (value: RoundRules[keyof RoundRules]) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : value);
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${spoken[name]}: ${said(before[name])} to ${said(after[name])}`);
}
