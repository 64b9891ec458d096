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
  readonly wishesAsked: number;
  /** By somebody in the group of whoever wished. */
  readonly wishesAnswered: number;
  readonly leftOut: number;
  /** Points of a member’s mean score with the others of their group, on average over the members in groups; 0 without any. */
  readonly meanScore: number;
}

/** @param groups member ids; those in none are left out, and ids that are not in the round count as nobody */
export function qualityOf(input: RoundInput, groups: readonly (readonly string[])[]): Quality {
  const scores = scoresOf(input);
  const place = new Map(input.members.map(({ id }, at) => [id, at]));
  const placed = groups.map((group) => group.map((id) => place.get(id)).filter((at) => at !== undefined));
  const pairs = placed.flatMap((group) => group.flatMap((a, at) => group.slice(at + 1).map((b) => [a, b] as const)));
  const count = (holds: (a: number, b: number) => boolean) => pairs.filter(([a, b]) => holds(a, b)).length;
  const minutes = pairs.map(([a, b]) => sharedMinutesOf(scores.features, a, b)).filter((known) => known !== undefined);
  const inGroups = placed.reduce((sum, group) => sum + group.length, 0);
  return {
    members: input.members.length,
    groups: groups.length,
    pairs: pairs.length,
    pairsWithSharedThemes: count((a, b) => shareTheme(input, a, b)),
    meanSharedHours: minutes.length === 0 ? 0 : minutes.reduce((sum, one) => sum + one, 0) / minutes.length / 60,
    pairsWithoutSharedHours: minutes.filter((one) => one === 0).length,
    repeats: count(scores.history.hasMet),
    pairsOfOneLevel: count((a, b) => input.members[a]?.level === input.members[b]?.level),
    wishesAsked: input.members.filter(({ wish }) => wish !== null).length,
    wishesAnswered: placed.flatMap((group) =>
      group.filter((v) => group.some((other) => other !== v && answers(scores.features, v, other))),
    ).length,
    leftOut: input.members.length - inGroups,
    meanScore: inGroups === 0 ? 0 : placed.reduce((sum, group) => sum + meanScores(scores, group), 0) / inGroups,
  };
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
