import type { Scores } from '../scoring/score.ts';
import { bestGroups } from '../solver/groups/best-groups.ts';
import type { Duals } from '../solver/model.ts';
import { RoundSolver } from '../solver/pairs/round-solver.ts';
import { bestTrioRound } from '../solver/trio/best-trio.ts';
import type { PairPrices, PartProof, Progress } from './model.ts';
import { problemOf } from './problem-of.ts';

/** From this many on, groups are searched for less long. */
const manyMembers = 1500;

/** The proven best round of pairs among some of a round’s members; with a trio where that leaves fewer out. */
export function solvePairs(scores: Scores, members: readonly number[], onProgress: Progress): PartProof {
  const trio = members.length % 2 === 1 ? solveTrio(scores, members, onProgress) : undefined;
  if (trio?.leftOut.length === 0) return trio;
  const solver = RoundSolver.of(problemOf(scores, members));
  solver.solve(() => onProgress(1 - 0.8 ** solver.pricings));
  const { partner, objective, duals } = solver.matching();
  const pairs = [...partner].flatMap((mate, v) => (mate > v ? [[v, mate]] : []));
  const leftOut = [...partner].flatMap((mate, v) => (mate === v ? [v] : []));
  if (trio !== undefined && trio.leftOut.length < leftOut.length) return trio;
  return {
    kind: 'pairs',
    members: idsOf(scores, members),
    groups: pairs,
    leftOut,
    objective: 6 * objective,
    bound: 6 * objective,
    proof: pricesOf(duals),
  };
}

function solveTrio(scores: Scores, members: readonly number[], onProgress: Progress): PartProof | undefined {
  let steps = 0;
  const round = bestTrioRound(problemOf(scores, members), () => onProgress(1 - 0.9 ** ++steps));
  if (round === null) return undefined;
  const { trio, partner, sixths, boundSixths, duals, others } = round;
  const pairs = [...partner].flatMap((mate, v) => (mate > v ? [[v, mate]] : []));
  return {
    kind: 'trio',
    members: idsOf(scores, members),
    groups: [[...trio], ...pairs],
    leftOut: [...partner].flatMap((mate, v) => (mate === v && !trio.includes(v) ? [v] : [])),
    objective: sixths,
    bound: boundSixths,
    proof: { prices: pricesOf(duals), others: others.map((one) => ({ trio: one.trio, ...pricesOf(one.duals) })) },
  };
}

/** A good round of groups of about one size, and a bound. */
export function solveGroups(scores: Scores, members: readonly number[], size: 3 | 4, onProgress: Progress): PartProof {
  const effort = members.length > manyMembers ? 'quick' : 'thorough';
  const { groups, leftOut, objective, bound, proof } = bestGroups(problemOf(scores, members), size, effort, onProgress);
  return { kind: 'groups', members: idsOf(scores, members), groups, leftOut, objective, bound, proof };
}

function idsOf({ input }: Scores, members: readonly number[]): readonly string[] {
  return members.map((member) => input.members[member]?.id ?? '');
}

function pricesOf({ price, oddSets }: Duals): PairPrices {
  return { price: [...price], oddSets: oddSets.map((set) => [set.price, ...set.members]) };
}
