import type { Scores } from '../scoring/score.ts';
import { bestGroups } from '../solver/groups/best-groups.ts';
import type { GroupEffort } from '../solver/groups/effort.ts';
import type { Duals, Matching } from '../solver/model.ts';
import { RoundSolver } from '../solver/pairs/round-solver.ts';
import { clustersOf, leastLeftOut } from '../solver/proof/least-left-out.ts';
import { bestTrioRound, type TrioRound } from '../solver/trio/best-trio.ts';
import type { GroupsProof, PairPrices, PairsProof, Progress } from './model.ts';
import { problemOf } from './problem-of.ts';

/** From this many on, groups are never searched for long. */
const manyMembers = 1500;

/**
 * The proven best round of pairs among some of a round’s members: a part for each cluster of people who can meet nobody else,
 * with one group of three where that leaves fewer out.
 */
export function solvePairs(scores: Scores, members: readonly number[], onProgress: Progress): readonly PairsProof[] {
  let done = 0;
  return clustersOf(members, scores.mayMeet).map((cluster) => {
    let left = 1;
    const part = solveCluster(scores, cluster, () => {
      left *= 0.9;
      onProgress((done + cluster.length * (1 - left)) / members.length);
    });
    done += cluster.length;
    return part;
  });
}

/** A trio is looked for only where pairs leave somebody out and three may meet who would leave fewer. */
function solveCluster(scores: Scores, members: readonly number[], step: () => void): PairsProof {
  const problem = problemOf(scores, members);
  const ids = idsOf(scores, members);
  const withTrio = () => trioPart(ids, bestTrioRound(problem, step));
  // Pairs leave somebody out of an odd number in any case.
  const first = members.length % 2 === 1 ? withTrio() : undefined;
  if (first?.leftOut.length === 0) return first;
  const solver = RoundSolver.of(problem);
  solver.solve(step);
  const pairs = pairsPart(ids, solver.matching());
  const out = pairs.leftOut.length;
  if (out === 0 || leastLeftOut(members.length, mayMeetOf(scores, members), pairs.barrier) === out) return pairs;
  const trio = first ?? withTrio();
  return trio !== undefined && trio.leftOut.length < out ? { ...trio, barrier: pairs.barrier } : pairs;
}

/** How any two of some members may meet, by their places among these. */
function mayMeetOf({ mayMeet }: Scores, members: readonly number[]): (a: number, b: number) => boolean {
  return (a, b) => mayMeet(members[a] ?? -1, members[b] ?? -1);
}

/**
 * Doubled prices lie beyond this only for those whom others have to be paired with for want of anybody else: what leaving
 * out the others costs has driven them there (problem-of.ts).
 */
const farPrice = 1 << 20;

function barrierOf({ price }: Duals): readonly number[] {
  return [...price].flatMap((own, v) => (own > farPrice ? [v] : []));
}

function pairsPart(members: readonly string[], { partner, objective, duals }: Matching): PairsProof {
  const leftOut = aloneIn(partner);
  return {
    kind: 'pairs',
    members,
    groups: pairsIn(partner),
    leftOut,
    objective: 6 * objective,
    bound: 6 * objective,
    barrier: leftOut.length === 0 ? [] : barrierOf(duals),
    proof: pricesOf(duals),
  };
}

function trioPart(members: readonly string[], round: TrioRound | null): PairsProof | undefined {
  if (round === null) return undefined;
  const { trio, partner, sixths, boundSixths, duals, others } = round;
  return {
    kind: 'trio',
    members,
    groups: [[...trio], ...pairsIn(partner)],
    leftOut: aloneIn(partner).filter((v) => !trio.includes(v)),
    objective: sixths,
    bound: boundSixths,
    barrier: [],
    proof: { prices: pricesOf(duals), others: others.map((one) => ({ trio: one.trio, ...pricesOf(one.duals) })) },
  };
}

function pairsIn(partner: Int32Array): readonly (readonly number[])[] {
  return [...partner].flatMap((mate, v) => (mate > v ? [[v, mate]] : []));
}

function aloneIn(partner: Int32Array): readonly number[] {
  return [...partner].flatMap((mate, v) => (mate === v ? [v] : []));
}

/** How groups are solved. */
export interface GroupsWork {
  readonly size: 3 | 4;
  readonly effort: GroupEffort;
  readonly onProgress: Progress;
  /** One way to seat everybody, which settles the sizes; without it they are found. */
  readonly seated?: readonly (readonly number[])[];
}

/** A good round of groups of about one size, and a bound. */
export function solveGroups(scores: Scores, members: readonly number[], work: GroupsWork): GroupsProof {
  const { size, effort, onProgress, seated } = work;
  const spent = members.length > manyMembers ? 'quick' : effort;
  const place = new Map(members.map((member, at) => [member, at]));
  const seating = seated?.map((group) => group.map((member) => place.get(member) ?? -1));
  const round = bestGroups(problemOf(scores, members), size, spent, onProgress, seating);
  const { groups, leftOut, objective, bound, proof } = round;
  return { kind: 'groups', members: idsOf(scores, members), groups, leftOut, objective, bound, proof };
}

function idsOf({ input }: Scores, members: readonly number[]): readonly string[] {
  return members.map((member) => input.members[member]?.id ?? '');
}

function pricesOf({ price, oddSets }: Duals): PairPrices {
  return { price: [...price], oddSets: oddSets.map((set) => [set.price, ...set.members]) };
}
