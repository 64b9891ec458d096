import type { Scores } from '../scoring/score.ts';
import { hasTrio } from '../solver/proof/least-left-out.ts';
import type { LeftOutReason, PartProof } from './model.ts';

/**
 * Why each member is left out: told from who took part, of which councils, who was matched with whom lately and whom
 * conveners put together. It never looks at who does not want to meet whom. So what it calls possible is what everybody may
 * know to be.
 *
 * @param leftOut places in `input.members` of all who are
 */
export function leftOutReasons(
  { input, history }: Scores,
  leftOut: readonly number[],
): (member: number) => LeftOutReason {
  const all = [...input.members.keys()];
  const council = (member: number) => input.members[member]?.council;
  const isPossible = (a: number, b: number) => council(a) !== council(b) && !history.hasMetLately(a, b);
  const fixed = new Set(input.locked.flat());
  const free = all.filter((member) => !fixed.has(input.members[member]?.id ?? ''));
  const isFree = new Set(free);
  const isLeftOut = new Set(leftOut);
  const isOdd = leftOut.length === 1 && all.length % 2 === 1 && free.length % 2 === 1 && !hasTrio(free, isPossible);
  return (member) => {
    const outside = all.filter((other) => council(other) !== council(member));
    if (outside.length === 0) return 'no-other-council';
    const possible = outside.filter((other) => isPossible(member, other));
    if (possible.length === 0) return 'met-everyone';
    if (2 * outside.length < all.length) return 'one-council';
    const outsideFree = outside.filter((other) => isFree.has(other));
    if (2 * outsideFree.length < free.length || !possible.some((other) => isFree.has(other))) return 'others-fixed';
    if (possible.some((other) => isLeftOut.has(other))) return 'nobody-free';
    return isOdd ? 'odd-number' : 'all-matched';
  };
}

/** How many the parts of a round leave out together. */
export function leftOutIn(parts: readonly PartProof[]): number {
  return parts.reduce((sum, { leftOut }) => sum + leftOut.length, 0);
}
