import type { RoundInput } from '../scoring/model.ts';
import { type Scores, scoresOf } from '../scoring/score.ts';
import type { GroupEffort } from '../solver/groups/effort.ts';
import { freeMembers, groupSizeOf, seatSeekers } from './group-seekers.ts';
import { refuseFaults } from './input-faults.ts';
import { leftOutIn, leftOutReasons } from './left-out.ts';
import type { PairsProof, PartProof, Progress, RoundCertificate, RoundSolution } from './model.ts';
import { solveGroups, solvePairs } from './solve-part.ts';

export interface HowToSolve {
  readonly onProgress?: Progress;
  /** Spent on groups of three and four; pairs are the best there are in either case. */
  readonly effort?: GroupEffort;
}

/** As each part of a round is solved. */
interface Work {
  readonly report: Progress;
  readonly effort: GroupEffort;
}

/**
 * Makes a round: who meets whom, who is left out and why, and what proves that it cannot be better. The same input gives
 * the same round. It may take seconds for thousands of members: solve-in-worker.ts keeps the process free meanwhile.
 * @throws RoundFault where the input contradicts itself
 */
export function solveRound(input: RoundInput, how: HowToSolve = {}): RoundSolution {
  const { onProgress = () => {}, effort = 'thorough' } = how;
  refuseFaults(input);
  const report = rising(onProgress);
  const scores = scoresOf(input);
  const free = freeMembers(input);
  const divided = solveParts(scores, free, { report, effort });
  report(1);
  return solutionOf(scores, free, divided);
}

/** The parts of a round, and what shows that it was right to divide it so: `RoundCertificate`. */
type Divided = Omit<RoundCertificate, 'version'>;

function solveParts(scores: Scores, free: readonly number[], work: Work): Divided {
  const { report, effort } = work;
  const groupSize = groupSizeOf(scores.input, free.length);
  if (free.length === 0) return { parts: [] };
  if (groupSize !== 2) return { parts: [solveGroups(scores, free, { size: groupSize, effort, onProgress: report })] };
  const seated = seatSeekers(scores, free);
  return seated.length === 0 ? { parts: solvePairs(scores, free, report) } : solveMixed(scores, free, seated, work);
}

/**
 * Those in groups who would rather be, as far as there is one for them; everybody else in pairs. A wish for a group costs
 * nobody their place in the round: where it would, all are paired.
 */
function solveMixed(
  scores: Scores,
  free: readonly number[],
  seated: readonly (readonly number[])[],
  { report, effort }: Work,
): Divided {
  const inGroups = new Set(seated.flat());
  const rest = free.filter((member) => !inGroups.has(member));
  const own = free.filter((member) => inGroups.has(member));
  const groups = solveGroups(scores, own, { size: 3, effort, onProgress: (share) => report(share / 3), seated });
  if (rest.length === 0) return { parts: [groups] };
  const others = solvePairs(scores, rest, (share) => report((1 + share) / 3));
  if (leftOutIn(others) === 0) return { parts: [groups, ...others] };
  const all = solvePairs(scores, free, (share) => report((2 + share) / 3));
  return leftOutIn(all) < leftOutIn(others)
    ? { parts: all, otherWay: barrierIn(others) }
    : { parts: [groups, ...others], otherWay: barrierIn(all) };
}

function barrierIn(parts: readonly PairsProof[]): readonly string[] {
  return parts.flatMap(({ members, barrier }) => barrier.map((at) => members[at] ?? ''));
}

function solutionOf(scores: Scores, free: readonly number[], divided: Divided): RoundSolution {
  const { input } = scores;
  const { parts } = divided;
  const idAt = (part: PartProof, at: number) => part.members[at] ?? '';
  const ids = new Set(parts.flatMap((part) => part.leftOut.map((at) => idAt(part, at))));
  const left = free.filter((member) => ids.has(input.members[member]?.id ?? ''));
  const whyLeftOut = leftOutReasons(scores, left);
  return {
    groups: [
      ...input.locked.map((members) => ({ members, isLocked: true })),
      ...parts.flatMap((part) =>
        part.groups.map((group) => ({ members: group.map((at) => idAt(part, at)), isLocked: false })),
      ),
    ],
    leftOut: left.map((member) => ({ memberId: input.members[member]?.id ?? '', reason: whyLeftOut(member) })),
    objective: parts.reduce((sum, { objective }) => sum + objective, 0),
    bound: parts.reduce((sum, { bound }) => sum + bound, 0),
    certificate: { version: 2, ...divided },
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
