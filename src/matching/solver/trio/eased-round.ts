import type { Problem } from '../model.ts';
import { floorStages } from '../pairs/floor-stages.ts';
import { RoundSolver } from '../pairs/round-solver.ts';

/** By how much less, in points, leaving somebody out is worth at the first step further down, and how that grows. */
const firstStep = 512;
const growth = 8;

/**
 * A solved round of pairs in which one who is left out costs no more than it takes to make all one odd set: from then on it
 * does not matter to the prices who of them is left out, and they tell closely what any three of them could make together.
 * While it costs less, they tell more of whom one would rather leave out. Where they never become one set it ends by costing
 * what it does.
 */
export function easedRound(problem: Problem, onPricing: () => void): RoundSolver {
  const solver = RoundSolver.of(problem);
  const low = floorStages(solver.forest.graph, problem.leave).at(-1);
  solver.leave.set(problem.leave.map((own, v) => Math.max((low?.[v] ?? 2 * own) >> 1, own)));
  solver.solve(onPricing);
  for (let step = firstStep; !isOneSet(solver); step *= growth) {
    const lower = solver.leave.map((now, v) => Math.max(now - step, problem.leave[v] ?? now));
    if (lower.every((value, v) => value === solver.leave[v])) break;
    solver.changeLeave(lower);
    onPricing();
  }
  return solver;
}

function isOneSet({ forest }: RoundSolver): boolean {
  return new Set(forest.top.slice(0, forest.n)).size === 1;
}
