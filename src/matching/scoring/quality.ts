import type { RoundInput } from './model.ts';
import { type Scores, scoresOf } from './score.ts';
import { answers, sharedMinutesOf } from './terms.ts';

/** How good a round is, in figures for conveners. A pair is any two people of one group. */
export interface Quality {
  readonly members: number;
  readonly groups: number;
  readonly pairs: number;
  readonly pairsWithSharedThemes: number;
  /** Hours of a week in which both of a pair work, on average over the pairs whose hours are known; 0 without any. */
  readonly meanSharedHours: number;
  readonly pairsWithoutSharedHours: number;
  /** Pairs who were matched before. */
  readonly repeats: number;
  readonly pairsOfOneLevel: number;
  /** For somebody, and for a group instead of a pair: whoever asked for both counts twice. */
  readonly wishesAsked: number;
  /** By somebody in the group of whoever wished, or by its size. */
  readonly wishesAnswered: number;
  readonly leftOut: number;
  /** Points of a member’s mean score with the others of their group, on average over the members in groups; 0 without any. */
  readonly meanScore: number;
}

/** @param groups member ids; those in none are left out, and ids that are not in the round count as nobody */
export function qualityOf(input: RoundInput, groups: readonly (readonly string[])[]): Quality {
  return qualityBy(scoresOf(input), groups);
}

/** The same by scores that are there already. */
export function qualityBy(scores: Scores, groups: readonly (readonly string[])[]): Quality {
  const { input } = scores;
  const placed = placesOf(input, groups);
  const pairs = placed.flatMap((group) => group.flatMap((a, at) => group.slice(at + 1).map((b) => [a, b] as const)));
  const count = (holds: (a: number, b: number) => boolean) => pairs.filter(([a, b]) => holds(a, b)).length;
  const minutes = pairs.map(([a, b]) => sharedMinutesOf(scores.features, a, b)).filter((known) => known !== undefined);
  const inGroups = placed.flat().length;
  return {
    members: input.members.length,
    groups: groups.length,
    pairs: pairs.length,
    pairsWithSharedThemes: count((a, b) => shareTheme(input, a, b)),
    meanSharedHours: minutes.length === 0 ? 0 : minutes.reduce((sum, one) => sum + one, 0) / minutes.length / 60,
    pairsWithoutSharedHours: minutes.filter((one) => one === 0).length,
    repeats: count(scores.history.hasMet),
    pairsOfOneLevel: count((a, b) => input.members[a]?.level === input.members[b]?.level),
    ...wishesIn(scores, placed),
    leftOut: input.members.length - inGroups,
    meanScore: meanScoreOf(scores, placed),
  };
}

function wishesIn(
  { input: { members }, features }: Scores,
  placed: readonly (readonly number[])[],
): Pick<Quality, 'wishesAsked' | 'wishesAnswered'> {
  const met = placed.flatMap((group) =>
    group.filter((v) => group.some((other) => other !== v && answers(features, v, other))),
  );
  const inGroup = placed.filter((group) => group.length > 2).flat();
  return {
    wishesAsked: members.filter(({ wish }) => wish !== null).length + members.filter((one) => one.wantsGroup).length,
    wishesAnswered: met.length + inGroup.filter((v) => members[v]?.wantsGroup).length,
  };
}

/** What a member’s match is worth to them by these scores: `meanScore` of {@link Quality}. */
export function meanScoreBy(scores: Scores, groups: readonly (readonly string[])[]): number {
  return meanScoreOf(scores, placesOf(scores.input, groups));
}

function placesOf({ members }: RoundInput, groups: readonly (readonly string[])[]): readonly (readonly number[])[] {
  const place = new Map(members.map(({ id }, at) => [id, at]));
  return groups.map((group) => group.map((id) => place.get(id)).filter((at) => at !== undefined));
}

function meanScoreOf(scores: Scores, placed: readonly (readonly number[])[]): number {
  const inGroups = placed.flat().length;
  return inGroups === 0 ? 0 : placed.reduce((sum, group) => sum + meanScores(scores, group), 0) / inGroups;
}

function shareTheme({ members }: RoundInput, a: number, b: number): boolean {
  const themes = members[b]?.themes ?? [];
  return (members[a]?.themes ?? []).some((theme) => themes.includes(theme));
}

/** The sum, over a group’s members, of their mean score with the others. */
function meanScores({ points }: Scores, group: readonly number[]): number {
  let sum = 0;
  for (const a of group) for (const b of group) if (a !== b) sum += points(a, b);
  return group.length < 2 ? 0 : sum / (group.length - 1);
}
