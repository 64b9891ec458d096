import type { RoundInput } from '../scoring/model.ts';
import { type Scores, scoresOf } from '../scoring/score.ts';
import { refuseFaults } from './input-faults.ts';
import { whyLeftOut } from './left-out.ts';
import type { PartProof, Progress, RoundSolution } from './model.ts';
import { solveGroups, solvePairs } from './solve-part.ts';
import { withoutMembersOf } from './without-part.ts';

/** Fewer than these cannot form a group of their own. */
const leastForGroups = 3;

/**
 * Makes a round: who meets whom, who is left out and why, and what proves that it cannot be better. The same input gives
 * the same round. It may take seconds for thousands of members: solve-in-worker.ts keeps the process free meanwhile.
 * @throws RoundFault where the input contradicts itself
 */
export function solveRound(input: RoundInput, onProgress: Progress = () => {}): RoundSolution {
  refuseFaults(input);
  const report = rising(onProgress);
  const scores = scoresOf(input);
  const locked = new Set(input.locked.flat());
  const free = [...input.members.keys()]
    .filter((member) => !locked.has(input.members[member]?.id ?? ''))
    .toSorted((a, b) => ((input.members[a]?.id ?? '') < (input.members[b]?.id ?? '') ? -1 : 1));
  const parts = solveParts(scores, free, report);
  report(1);
  return solutionOf(scores, free, parts);
}

function solveParts(scores: Scores, free: readonly number[], report: Progress): readonly PartProof[] {
  const { groupSize, members } = scores.input;
  if (free.length === 0) return [];
  if (groupSize !== 2) return [solveGroups(scores, free, groupSize, report)];
  const wanting = free.filter((member) => members[member]?.wantsGroup);
  if (wanting.length < leastForGroups) return [solvePairs(scores, free, report)];
  const mixed = solveMixed(scores, free, wanting, (share) => report(share / 2));
  if (mixed.every((part) => part.leftOut.length === 0)) return mixed;
  // A wish for a group costs nobody their place in the round.
  const all = solvePairs(scores, free, (share) => report(0.5 + share / 2));
  return all.leftOut.length < mixed.reduce((sum, part) => sum + part.leftOut.length, 0) ? [all] : mixed;
}

/** Those who want a group in groups; everybody else, and those for whom there was no group, in pairs. */
function solveMixed(
  scores: Scores,
  free: readonly number[],
  wanting: readonly number[],
  report: Progress,
): readonly PartProof[] {
  const groups = solveGroups(scores, wanting, 3, (share) => report(share / 2));
  const kept = withoutMembersOf(scores, groups, new Set(groups.leftOut.map((at) => groups.members[at] ?? '')));
  const inGroups = new Set(kept.members);
  const rest = free.filter((member) => !inGroups.has(scores.input.members[member]?.id ?? ''));
  const parts = kept.groups.length === 0 ? [] : [kept];
  return rest.length === 0 ? parts : [...parts, solvePairs(scores, rest, (share) => report(0.5 + share / 2))];
}

function solutionOf(scores: Scores, free: readonly number[], parts: readonly PartProof[]): RoundSolution {
  const { input } = scores;
  const idAt = (part: PartProof, at: number) => part.members[at] ?? '';
  const left = new Set(parts.flatMap((part) => part.leftOut.map((at) => idAt(part, at))));
  return {
    groups: [
      ...input.locked.map((members) => ({ members, isLocked: true })),
      ...parts.flatMap((part) =>
        part.groups.map((group) => ({ members: group.map((at) => idAt(part, at)), isLocked: false })),
      ),
    ],
    leftOut: free
      .filter((member) => left.has(input.members[member]?.id ?? ''))
      .map((member) => ({
        memberId: input.members[member]?.id ?? '',
        reason: whyLeftOut(scores, member, free, left.size),
      })),
    objective: parts.reduce((sum, { objective }) => sum + objective, 0),
    bound: parts.reduce((sum, { bound }) => sum + bound, 0),
    certificate: { version: 1, parts },
  };
}

/** Tells a share only where it is more than the last. */
function rising(onProgress: Progress): Progress {
  let last = -1;
  return (share) => {
    if (share <= last) return;
    last = share;
    onProgress(share);
  };
}
