import type { Problem } from '../../errors.ts';
import { isIn, wholeNumber } from '../../messages/answers.ts';
import type { Weights } from '../scoring/model.ts';

/** What conveners weigh with a slider each; the others are rules of the round. */
export const weighed = ['themes', 'stages', 'hours', 'level', 'cohort', 'wishes', 'repeats'] as const;
export type Weighed = (typeof weighed)[number];

export type WeightAnswers = Readonly<Record<Weighed, string>>;
export type WeighedValues = Pick<Weights, Weighed>;

export const weightRange = { min: 0, max: 10 } as const;

/** Something for each of them, by their names. */
export function ofEach<Value>(value: (field: Weighed) => Value): Readonly<Record<Weighed, Value>> {
  return {
    themes: value('themes'),
    stages: value('stages'),
    hours: value('hours'),
    level: value('level'),
    cohort: value('cohort'),
    wishes: value('wishes'),
    repeats: value('repeats'),
  };
}

/** @param text what is said beside an answer that is no weight */
export function readWeights(answers: WeightAnswers, text: string): WeighedValues | readonly Problem[] {
  const values = weighed.map((field) => [field, wholeNumber(answers[field])] as const);
  const wrong = values.filter(([, value]) => !isIn(value, weightRange));
  if (wrong.length > 0) return wrong.map(([field]) => ({ field, text }));
  return ofEach((field) => wholeNumber(answers[field]));
}

/** The weights as a button carries them, for {@link triedWeights} to read again. */
export function weightsText(weights: WeighedValues): string {
  return weighed.map((field) => weights[field]).join(',');
}

/** What `weightsText` wrote; those that hold where it is anything else. */
export function triedWeights(text: string, present: WeighedValues): WeighedValues {
  const values = text.split(',');
  const answers = ofEach((field) => values[weighed.indexOf(field)] ?? '');
  const read = readWeights(answers, '');
  return 'themes' in read && values.length === weighed.length ? read : present;
}

/** What is different, as 'before to after', for the record. */
export function weightChanges(before: WeighedValues, after: WeighedValues): readonly string[] {
  return weighed
    .filter((field) => before[field] !== after[field])
    .map((field) => `${field}: ${before[field]} to ${after[field]}`);
}
