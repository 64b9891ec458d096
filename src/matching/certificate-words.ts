import type { StoredVerdict } from './model.ts';

/**
 * What the proof of a round says, in one sentence, for conveners. How many pairs were possible is not said: two who are
 * fixed apart would change that number, unless one of them asked us in confidence not to meet the other.
 *
 * @param hasGroups whether it has groups of more than two
 */
export function certificateWords({ isSound, isBest, gap }: StoredVerdict, hasGroups: boolean): string {
  if (!isSound) return 'We could not prove how good this round is. Ask your operator to look at it.';
  const what = hasGroups ? 'groups' : 'pairs';
  if (isBest) return `This is the best possible round: none of the possible ${what} would improve it.`;
  return `No round could be more than ${wholePercentWords(gap)} better. We looked at all possible ${what}.`;
}

/** Rounded up, so that it stays true, and so far that it does not tell two rounds apart that differ in one pair. */
function wholePercentWords(share: number): string {
  return `${Math.max(1, Math.ceil(share * 100))}%`;
}

/** Rounded up, so that it stays true. */
export function percentWords(share: number): string {
  return `${Math.max(0.01, Math.ceil(share * 10_000) / 100)}%`;
}
