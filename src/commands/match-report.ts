import { sizesWords } from '../matching/figures/sizes-words.ts';
import type { RoundInput, Wish } from '../matching/scoring/model.ts';
import type { Quality } from '../matching/scoring/quality.ts';
import { type Reason, reasonsFor } from '../matching/scoring/reasons.ts';
import type {
  LeftOutReason,
  PartFinding,
  RoundCertificate,
  RoundSolution,
  RoundVerdict,
} from '../matching/solving/model.ts';
import { together } from '../messages/together.ts';

/*
 * A round in plain lines, for whoever operates the network: members by their ids, nothing that is told in confidence.
 */

const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  'no-other-council': 'nobody from another council takes part',
  'met-everyone': 'was matched lately with everybody from other councils who takes part',
  'one-council': 'more than half of those who take part are of their council',
  'others-fixed': 'the groups that are fixed leave nobody for them',
  'odd-number': 'an odd number take part, everybody else has somebody, and no three can be together',
  'all-matched': 'everybody with whom they could be has somebody',
  'nobody-free': 'nobody was free whom the rules allow',
};

/** Whom a round brings together and why, and who is left out and why. */
export function roundLines(input: RoundInput, { groups, leftOut }: RoundSolution): readonly string[] {
  if (input.members.length === 0) return ['Nobody takes part, so there is nobody to match.'];
  const sizes = groups.map(({ members }) => members.length);
  const title = `Round ${input.number}: ${meetWords(input.members.length, sizes)}.`;
  const shown = groups.flatMap(({ members, isLocked }) => [
    '',
    `${together(members)}${isLocked ? ' (fixed)' : ''}`,
    ...reasonsFor(input, members).map((reason) => `  ${reasonWords(reason)}`),
  ]);
  const out = leftOut.map(({ memberId, reason }) => `  ${memberId}: ${leftOutWords[reason]}`);
  return [title, ...shown, '', ...(out.length === 0 ? ['Nobody is left out.'] : ['Left out:', ...out])];
}

/**
 * @param sizes of each group, how many are in it
 * @example meetWords(5, [2, 2]) // '4 of 5 members meet, in 2 pairs'
 */
export function meetWords(members: number, sizes: readonly number[]): string {
  const meeting = sizes.reduce((sum, size) => sum + size, 0);
  if (meeting === 0) return members === 0 ? 'nobody takes part' : 'nobody can meet';
  const of = meeting === members ? '' : `${whole(meeting)} of `;
  return `${of}${counted(members, 'member')} meet, in ${sizesWords(sizes)}`;
}

function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'wish':
      return `${reason.whose} asked for ${wishWords(reason.wish)}`;
    case 'themes':
      return `shared themes: ${together(reason.themes)}`;
    case 'stages':
      return `stages that complement each other: ${reason.more} is further than ${reason.less} with ${reason.theme}`;
    case 'hours':
      return `${counted(Math.round(reason.minutes / 60), 'working hour')} a week in common`;
    case 'level':
      return 'the same level';
    case 'place':
      return placeWords[reason.is];
    case 'cohort':
      return 'different cohorts';
    case 'new-to-each-other':
      return 'not matched before';
  }
}

const placeWords = {
  'same-region': 'the same region',
  'same-nation': 'the same nation',
  'other-region': 'different regions',
  'other-nation': 'different nations',
} as const;

function wishWords(wish: Wish): string {
  if (wish.kind === 'new-to-role') return 'somebody new to the role';
  return wish.kind === 'experience' ? `somebody who has done this: ${wish.experience}` : `the theme ${wish.theme}`;
}

/** What a round in which somebody meets is worth, and what is proven of it. */
export function proofLines({ parts }: RoundCertificate, verdict: RoundVerdict): readonly string[] {
  if (!verdict.isSound) return ['The proof does not hold:', ...verdict.faults.map((fault) => `  ${fault}`)];
  const [only, ...others] = verdict.parts;
  if (only === undefined) return ['There was nothing to choose.'];
  const out = parts.some(({ leftOut }) => leftOut.length > 0);
  const cost = out ? ` Whoever is left out counts as ${points(-6 * 2 ** 20)}, or less.` : '';
  const { objective, bound } = verdict;
  const [so, it] = others.length === 0 ? ['', 'this round'] : [' that is divided so', 'their part of this round'];
  const worth = `Worth ${points(objective)}; no round${so} can be worth more than ${points(bound)}.${cost}`;
  if (others.length === 0) return [worth, findingWords(only, it)];
  const whose = ({ kind, members }: PartFinding) =>
    kind === 'groups' ? `${whole(members)} who sit in groups, as they would rather` : `${whole(members)} others`;
  return [worth, ...verdict.parts.map((part) => `${whose(part)}: ${findingWords(part, it)}`)];
}

function findingWords(part: PartFinding, it: string): string {
  const { kind, isBest, possible, gap } = part;
  const what = kind === 'groups' ? 'groups' : 'pairs';
  const all = possible === undefined ? `possible ${what}` : `${whole(possible)} possible ${what}`;
  const trio = kind === 'trio' ? ', and no other group of three,' : '';
  if (isBest) return `optimal: none of the ${all}${trio} would improve ${it}`;
  if (gap === 0)
    return `certified: none of the ${all}${trio} would improve ${it}; whether fewer could be left out is not shown`;
  const share = (Math.ceil(gap * 100_000) / 1000).toLocaleString('en-GB', { maximumFractionDigits: 3 });
  const sizes = kind === 'groups' ? ' with groups of these sizes' : '';
  return `certified: the best of all rounds${sizes} is at most ${share}% better (all ${all} were checked)`;
}

/** How good a round is, in figures. */
export function qualityLines(quality: Quality): readonly string[] {
  const of = (count: number, all: number, what: string) => `${whole(count)} of ${counted(all, what)}`;
  const figures: readonly (readonly [string, string])[] = [
    ['Members in groups', of(quality.members - quality.leftOut, quality.members, 'member')],
    ['With shared themes', of(quality.pairsWithSharedThemes, quality.pairs, 'pair')],
    ['Of one level', of(quality.pairsOfOneLevel, quality.pairs, 'pair')],
    ['Shared hours a week', quality.meanSharedHours.toFixed(1)],
    ['Without shared hours', of(quality.pairsWithoutSharedHours, quality.pairs, 'pair')],
    ['Matched before', of(quality.repeats, quality.pairs, 'pair')],
    ['Wishes answered', `${whole(quality.wishesAnswered)} of ${whole(quality.wishesAsked)}`],
    ['Mean score', whole(Math.round(quality.meanScore))],
  ];
  return figures.map(([name, figure]) => `  ${name}: ${figure}`);
}

/** Sixths of a point, as points. */
function points(sixths: number): string {
  return `${(sixths / 6).toLocaleString('en-GB', { maximumFractionDigits: 2 })} points`;
}

const whole = (value: number) => value.toLocaleString('en-GB');

function counted(count: number, what: string): string {
  return `${whole(count)} ${what}${count === 1 ? '' : 's'}`;
}
