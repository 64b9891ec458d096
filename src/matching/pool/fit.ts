import { pairsOf } from '../people/lock-rules.ts';
import type { RoundInput } from '../scoring/model.ts';
import { pairScore } from '../scoring/score.ts';
import { median } from './rules.ts';

/** How well two suit each other, in points, without what only decides between equals; by their places in the input. */
export function fitIn(input: RoundInput): (a: number, b: number) => number {
  const score = pairScore(input);
  return (a, b) => {
    const { points, terms } = score(a, b);
    return points - terms.tieBreak;
  };
}

/**
 * What the pairs of a round score, the middle one of them, in points; 0 of none.
 *
 * @param groups ids of its members
 */
export function usualScore(input: RoundInput, groups: readonly (readonly string[])[]): number {
  const suit = fitIn(input);
  const place = new Map(input.members.map(({ id }, at) => [id, at]));
  const placed = groups.map((group) => group.flatMap((id) => place.get(id) ?? []));
  return median(placed.flatMap((group) => pairsOf(group).map(([a, b]) => suit(a, b))));
}
