import { type Form, type Option, question } from '../messages/form.ts';
import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { figureFacts, type QualityFigure } from './quality-words.ts';
import { type Weighed, type WeighedValues, weighed, weightRange, weightsText } from './weights-rules.ts';

export const problems = {
  some: 'Some answers need changing.',
  weight: `Choose a whole number from ${weightRange.min} to ${weightRange.max}.`,
} as const;

/** What each slider is called. */
export const weightNames: Readonly<Record<Weighed, string>> = {
  themes: 'Shared themes',
  stages: 'Different stages',
  hours: 'Shared working hours',
  level: 'Same level',
  cohort: 'Different cohorts',
  wishes: 'What people asked for',
  repeats: 'Not meeting again',
};

const hints: Readonly<Record<Weighed, string>> = {
  themes: 'People who chose the same themes, or talked about them lately.',
  stages: 'Someone who knows a theme well, with someone new to it.',
  hours: 'People who work at the same times of the week.',
  level: 'People at the same level, such as two directors.',
  cohort: 'People who would not meet in their own cohort.',
  wishes: 'Someone new to the role, an experience, or a theme.',
  repeats: 'Pairs who were matched before, also after the rounds you set.',
};

const options: readonly Option[] = Array.from({ length: weightRange.max + 1 }, (_, value) => ({
  value: String(value),
  label: optionWords(value),
}));

function optionWords(value: number): string {
  const named = new Map([
    [0, '0, does not count'],
    [5, '5, as at first'],
    [10, '10, counts twice as much'],
  ]);
  return named.get(value) ?? String(value);
}

/** For conveners: how much each thing counts. */
export function weightsForm(weights: WeighedValues): Form {
  return {
    heading: 'What counts in a match',
    body: [paragraph('Say how much each thing counts. You see what would change before anything is saved.')],
    fields: weighed.map((field) => ({
      ...question(field, weightNames[field], hints[field]),
      kind: 'scale',
      options,
      value: String(weights[field]),
    })),
    submitLabel: 'See what would change',
    completes: { kind: 'matching.try-weights' },
    openedBy: { kind: 'matching.open-weights', tried: weightsText(weights) },
  };
}

/** What other weights would do to the next round. */
export interface Effect {
  readonly before: WeighedValues;
  readonly after: WeighedValues;
  readonly groups: number;
  /** How many of the groups would be others. */
  readonly moved: number;
  readonly figures: readonly QualityFigure[];
}

/** Nothing is saved until they say so. */
export function effectPage(effect: Effect): Page {
  const { before, after } = effect;
  const changed = weighed.filter((field) => before[field] !== after[field]);
  const tried = weightsText(after);
  const again = does('Move them again', { kind: 'matching.open-weights', tried });
  if (changed.length === 0) return unchanged(again);
  return {
    heading: 'What would change',
    body: [
      paragraph(`${movedWords(effect)} Nothing has been saved yet.`),
      facts(...changed.map((field) => [weightNames[field], `${before[field]} now, ${after[field]} then`] as const)),
    ],
    cards: [
      {
        summary: 'How good the next round would be.',
        heading: 'How good the next round would be',
        body: figureFacts(effect.figures, 'now'),
        buttons: [],
      },
      {
        summary: 'Save this, or move the sliders again.',
        heading: 'Save this?',
        body: [paragraph('It holds for the next round and all after it.')],
        buttons: [
          does('Save', { kind: 'matching.weights', ...asText(after) }, 'main'),
          again,
          does('Keep it as it is', { kind: 'matching.next' }),
        ],
      },
    ],
  };
}

function unchanged(again: Message['buttons'][number]): Page {
  const text = 'This is what counts already.';
  return {
    heading: 'Nothing would change',
    body: [paragraph(text)],
    cards: [
      {
        summary: text,
        heading: 'Go on',
        body: [paragraph('You can move the sliders, or go back to the next round.')],
        buttons: [again, does('See the next round', { kind: 'matching.next' })],
      },
    ],
  };
}

function movedWords({ moved, groups }: Effect): string {
  if (groups === 0) return 'Nobody would meet in either case.';
  if (moved === 0) return 'The next round would be the same.';
  return moved === 1
    ? `1 of the ${groups} groups of the next round would be another.`
    : `${moved} of the ${groups} groups of the next round would be others.`;
}

function asText(weights: WeighedValues): Readonly<Record<Weighed, string>> {
  const of = (field: Weighed) => String(weights[field]);
  return {
    themes: of('themes'),
    stages: of('stages'),
    hours: of('hours'),
    level: of('level'),
    cohort: of('cohort'),
    wishes: of('wishes'),
    repeats: of('repeats'),
  };
}

export function weightsSaved(weights: WeighedValues): Message {
  return {
    summary: 'We have saved what counts in a match.',
    heading: 'Saved',
    body: [facts(...weighed.map((field) => [weightNames[field], `${weights[field]} of 10`] as const))],
    buttons: [
      does('See the next round', { kind: 'matching.next' }, 'main'),
      does('Back to the conveners’ page', { kind: 'convening.console' }),
    ],
  };
}
