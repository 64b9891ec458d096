import type { PartVerdict, StoredVerdict } from '../model.ts';

/** A bound as far as this above a round says nothing of how good it is. */
const tellsNothing = 0.25;

/**
 * What the proof of a round says, in a few sentences, for conveners. How many pairs were possible is not said: two who are
 * fixed apart would change that number, unless one of them asked us in confidence not to meet the other.
 *
 * @param hasGroups whether it has groups of more than two
 * @param leavesOut whether somebody is left out
 */
export function certificateWords(
  { isSound, isBest, gap, parts = [] }: StoredVerdict,
  { hasGroups, leavesOut }: { readonly hasGroups: boolean; readonly leavesOut: boolean },
): string {
  if (!isSound) return 'We could not prove how good this round is. Ask your operator to look at it.';
  const [groups, others, ...more] = parts;
  if (groups !== undefined && others !== undefined && more.length === 0)
    return `For those who wanted a group, ${partWords(groups)}. For everybody else, ${partWords(others)}.`;
  const what = hasGroups ? 'groups' : 'pairs';
  // A second group of three might leave out fewer where a few people are all that holds others together.
  if (isBest && leavesOut && hasGroups) return `None of the possible ${what} would improve this round.`;
  if (isBest) return `This is the best possible round: none of the possible ${what} would improve it.`;
  if (gap === 0)
    return `None of the possible ${what} would improve this round. We could not prove that nobody else could have a match.`;
  if (gap >= tellsNothing)
    return 'This round keeps every rule. We could not prove how near it is to the best possible round.';
  const sizes = hasGroups ? ' with groups of these sizes' : '';
  return `No round${sizes} could be more than ${wholePercentWords(gap)} better. We looked at all possible ${what}.`;
}

/** @example partWords({ kind: 'pairs', isBest: true, gap: 0 }) // 'none of the possible pairs would be better' */
function partWords({ kind, gap }: PartVerdict): string {
  if (gap === 0) return `none of the possible ${kind === 'groups' ? 'groups' : 'pairs'} would be better`;
  if (gap >= tellsNothing) return 'we could not prove how near this is to the best';
  return `no ${kind === 'groups' ? 'groups' : 'pairs'} could be more than ${wholePercentWords(gap)} better`;
}

/** Rounded up, so that it stays true, and so far that it does not tell two rounds apart that differ in one pair. */
function wholePercentWords(share: number): string {
  return `${Math.max(1, Math.ceil(share * 100))}%`;
}
