import { type Form, type Option, question } from '../../messages/form.ts';
import { type Block, does, facts, type Message, type Page, paragraph } from '../../messages/message.ts';
import { howGroupsCount, type QualityFigure } from '../figures/quality-words.ts';
import { defaultWeights } from '../scoring/model.ts';
import { ofEach, type Weighed, type WeighedValues, weighed, weightRange, weightsText } from './rules.ts';

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
  repeats: 'Avoid repeats',
};

const hints: Readonly<Record<Weighed, string>> = {
  themes: 'People who chose the same themes, or talked about them lately.',
  stages: 'Someone who knows a theme well, with someone new to it.',
  hours: 'People who work at the same times of the week.',
  level: 'People at the same level, such as two directors.',
  cohort: 'People who would not meet in their own cohort.',
  wishes: 'Someone new to the role, an experience, or a theme.',
  repeats: 'How much we avoid people who have met before. A match of no use is avoided in any case.',
};

const options: readonly Option[] = Array.from({ length: weightRange.max + 1 }, (_, value) => ({
  value: String(value),
  label: optionWords(value),
}));

function optionWords(value: number): string {
  const named = new Map([
    [0, '0, does not count'],
    [5, '5, the usual'],
    [10, '10, twice the usual'],
  ]);
  return named.get(value) ?? `${value}, counts ${value < 5 ? 'less' : 'more'}`;
}

const toNext = does('Back to the next round', { kind: 'matching.next' });

/** What it would change is shown first, as for any others. */
const toUsual = does('Back to the usual', {
  kind: 'matching.try-weights',
  ...ofEach((field) => String(defaultWeights[field])),
});

function isUsual(weights: WeighedValues): boolean {
  return weighed.every((field) => weights[field] === defaultWeights[field]);
}

/**
 * For conveners: how much each thing counts.
 *
 * @param weights what the sliders begin with; `isTried` where those are not the ones that hold
 */
export function weightsForm(weights: WeighedValues, isTried: boolean): Form {
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
    preview: {
      heading: 'What would change',
      text: 'Move a slider to see it here. Then you can save it.',
      atOnce: isTried,
    },
    completes: { kind: 'matching.try-weights' },
    openedBy: { kind: 'matching.open-weights', tried: weightsText(weights) },
    instead: [...(isUsual(weights) ? [] : [toUsual]), toNext],
  };
}

/** What other weights would do to the next round. */
export interface Effect {
  readonly before: WeighedValues;
  readonly after: WeighedValues;
  readonly groups: number;
  /** How many of the groups would be others. */
  readonly moved: number;
  /** Of the round as it would be, with those of the round as it is beside them. */
  readonly figures: readonly QualityFigure[];
  /** Whether either has groups of more than two. */
  readonly hasGroups: boolean;
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
    body: [paragraph(`${movedWords(effect)} Nothing has been saved yet.`)],
    cards: [
      ...quality(effect),
      {
        summary: 'Save this, or move the sliders again.',
        heading: 'Save this?',
        body: [
          facts(...changed.map((field) => [weightNames[field], fromTo(before[field], after[field])] as const)),
          paragraph('It holds for the next round and all after it.'),
        ],
        buttons: [
          does('Save', { kind: 'matching.weights', ...ofEach((field) => String(after[field])) }, 'main'),
          again,
          ...(isUsual(before) || isUsual(after) ? [] : [toUsual]),
          does('Keep it as it is', { kind: 'matching.next' }),
        ],
      },
    ],
  };
}

/** @example fromTo('27 of 32 (84%)', '5 of 32 (16%)') // 'from 27 of 32 (84%) to 5 of 32 (16%)' */
function fromTo(now: string | number, then: string | number): string {
  return `from ${now} to ${then}`;
}

/** What changes; all else in one line. Nothing where the round would be the same. */
function quality({ moved, figures, hasGroups }: Effect): readonly Message[] {
  if (moved === 0) return [];
  const others = figures.filter(({ value, beside }) => value !== beside);
  const body: readonly Block[] =
    others.length === 0
      ? [paragraph('All figures stay as they are.')]
      : [
          ...(hasGroups ? [paragraph(howGroupsCount)] : []),
          facts(...others.map(({ label, value, beside }) => [label, fromTo(beside, value)] as const)),
          ...(others.length < figures.length ? [paragraph('Nothing else changes.')] : []),
        ];
  const heading = 'How good the next round would be';
  return [{ summary: `${heading}.`, heading, body, buttons: [] }];
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
        buttons: [again, toNext],
      },
    ],
  };
}

function movedWords({ moved, groups }: Effect): string {
  if (groups === 0) return 'Nobody would meet in either case.';
  if (moved === 0) return 'The next round would be the same.';
  if (moved === groups)
    return groups === 1 ? 'The match would be different.' : `All ${groups} matches would be different.`;
  return `${moved} of the ${groups} matches would be different.`;
}

export function weightsSaved(weights: WeighedValues): Message {
  return {
    summary: 'We have saved what counts in a match.',
    heading: 'Saved',
    body: [facts(...weighed.map((field) => [weightNames[field], `${weights[field]} of 10`] as const))],
    buttons: [
      does('Back to the next round', { kind: 'matching.next' }, 'main'),
      does('Back to the conveners’ page', { kind: 'convening.console' }),
    ],
  };
}
