import { type Block, facts, paragraph } from '../../messages/message.ts';
import type { Quality } from '../scoring/quality.ts';

/** One figure of a round, and the same of another round beside it. */
export interface QualityFigure {
  readonly label: string;
  readonly value: string;
  /** '' where there is nothing to hold it against. */
  readonly beside: string;
}

type Words = (quality: Quality) => string;

/** What conveners read of a round, in this order. */
const figures: readonly (readonly [label: string, words: Words])[] = [
  ['People who take part', ({ members }) => String(members)],
  ['Left out', ({ leftOut }) => String(leftOut)],
  ['With a theme in common', ({ pairsWithSharedThemes, pairs }) => ofPairs(pairsWithSharedThemes, pairs)],
  ['At the same level', ({ pairsOfOneLevel, pairs }) => ofPairs(pairsOfOneLevel, pairs)],
  ['Working hours in common', ({ meanSharedHours, pairs }) => (pairs === 0 ? 'none' : hoursWords(meanSharedHours))],
  ['No working hours in common', ({ pairsWithoutSharedHours, pairs }) => ofPairs(pairsWithoutSharedHours, pairs)],
  ['Matched before', ({ repeats, pairs }) => ofPairs(repeats, pairs)],
  [
    'Got what they asked for',
    ({ wishesAnswered, wishesAsked }) => (wishesAsked === 0 ? 'nobody asked' : `${wishesAnswered} of ${wishesAsked}`),
  ],
];

/** @param beside another round or another way to make this one; `undefined` for none */
export function qualityFigures(quality: Quality, beside: Quality | undefined): readonly QualityFigure[] {
  return figures.map(([label, words]) => ({
    label,
    value: words(quality),
    beside: beside === undefined ? '' : words(beside),
  }));
}

/** @param besideWords what the figures beside them are, such as 'last round'; a round with groups is told how it counts */
export function figureFacts(
  shown: readonly QualityFigure[],
  besideWords: string,
  hasGroups: boolean,
): readonly Block[] {
  return [
    ...(hasGroups ? [paragraph(howGroupsCount)] : []),
    facts(...shown.map((figure) => [figure.label, valueWords(figure, besideWords)] as const)),
  ];
}

/** Said above figures of a round with groups of more than two. */
export const howGroupsCount =
  'Themes, levels, hours and repeats count every two people who meet. A group of three counts as three, a group of four as six.';

function valueWords({ value, beside }: QualityFigure, besideWords: string): string {
  if (beside === '') return value;
  return value === beside ? `${value}, the same as ${besideWords}` : `${value}, ${besideWords} ${beside}`;
}

/** Of every two people who meet: between rounds of groups and of pairs only the percentage compares. */
function ofPairs(count: number, pairs: number): string {
  return pairs === 0 ? 'none' : `${count} of ${pairs} (${Math.round((100 * count) / pairs)}%)`;
}

function hoursWords(hours: number): string {
  const whole = Math.round(hours);
  return whole === 1 ? 'about 1 hour a week' : `about ${whole} hours a week`;
}
