import type { RoundInput, Wish } from '../matching/scoring/model.ts';
import type { Quality } from '../matching/scoring/quality.ts';
import { type Reason, reasonsFor } from '../matching/scoring/reasons.ts';
import type { LeftOutReason, RoundCertificate, RoundSolution, RoundVerdict } from '../matching/solving/model.ts';

/*
 * A round in plain lines, for whoever operates the network: members by their ids, nothing that is told in confidence.
 */

const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  'odd-number': 'an odd number take part, and everybody else has somebody',
  'met-everyone': 'was matched lately with everybody from other councils',
  'one-council': 'more than half of those who take part are of their council',
  'nobody-free': 'nobody was free whom the rules allow',
};

/** Whom a round brings together and why, and who is left out and why. */
export function roundLines(input: RoundInput, { groups, leftOut }: RoundSolution): readonly string[] {
  if (input.members.length === 0) return ['Nobody takes part, so there is nobody to match.'];
  const title = `Round ${input.number}: ${counted(groups.length, 'group')} of ${counted(input.members.length, 'member')}.`;
  const shown = groups.flatMap(({ members, isLocked }) => [
    '',
    `${list(members)}${isLocked ? ' (fixed)' : ''}`,
    ...reasonsFor(input, members).map((reason) => `  ${reasonWords(reason)}`),
  ]);
  const out = leftOut.map(({ memberId, reason }) => `  ${memberId}: ${leftOutWords[reason]}`);
  return [title, ...shown, '', ...(out.length === 0 ? ['Nobody is left out.'] : ['Left out:', ...out])];
}

function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'wish':
      return `${reason.whose} asked for ${wishWords(reason.wish)}`;
    case 'themes':
      return `shared themes: ${list(reason.themes)}`;
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

/** What a round is worth, and what is proven of it. */
export function proofLines({ parts }: RoundCertificate, verdict: RoundVerdict): readonly string[] {
  if (!verdict.isSound) return ['The proof does not hold:', ...verdict.faults.map((fault) => `  ${fault}`)];
  const { objective, bound, isBest, possible } = verdict;
  if (parts.length === 0) return ['There was nothing to choose.'];
  const out = parts.some(({ leftOut }) => leftOut.length > 0);
  const cost = out ? ` Whoever is left out counts as ${points(-6 * 2 ** 20)}, or less.` : '';
  const worth = `Worth ${points(objective)}; no round can be worth more than ${points(bound)}.${cost}`;
  const kinds = new Set(parts.map(({ kind }) => kind));
  const what = kinds.size > 1 ? 'pairs and groups' : kinds.has('groups') ? 'groups' : 'pairs';
  const trio = kinds.has('trio') ? ', and no other group of three,' : '';
  const best = `optimal: none of the ${whole(possible)} possible ${what}${trio} would improve this round`;
  return [worth, isBest ? best : gapWords(verdict, what)];
}

function gapWords({ gap, possible }: RoundVerdict, what: string): string {
  const share = (Math.ceil(gap * 100_000) / 1000).toLocaleString('en-GB', { maximumFractionDigits: 3 });
  return `certified: the best of all rounds is at most ${share}% better (all ${whole(possible)} possible ${what} were checked)`;
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

const list = (names: readonly string[]) => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);

const whole = (value: number) => value.toLocaleString('en-GB');

function counted(count: number, what: string): string {
  return `${whole(count)} ${what}${count === 1 ? '' : 's'}`;
}
