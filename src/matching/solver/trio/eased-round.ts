import type { Problem } from '../model.ts';
import { floorStages } from '../pairs/floor-stages.ts';
import { RoundSolver } from '../pairs/round-solver.ts';

/** By how much less, in points, leaving somebody out is worth at the first step further down, and how that grows. */
const firstStep = 512;
const growth = 8;

/**
 * A solved round of pairs in which one who is left out costs no more than it takes to make all who are eased one odd set:
 * from then on it does not matter to the prices who of them is left out, and they tell closely what any three of them could
 * make together. While it costs less, they tell more of whom one would rather leave out.
 *
 * @param eased of whom one fewer is left out for the sake of a trio
 */
export function easedRound(problem: Problem, eased: (v: number) => boolean, onPricing: () => void): RoundSolver {
  const solver = RoundSolver.of(problem);
  const low = floorStages(solver.forest.graph, problem.leave).at(-1);
  solver.leave.set(problem.leave.map((own, v) => (eased(v) ? Math.max((low?.[v] ?? 2 * own) >> 1, own) : own)));
  solver.solve(onPricing);
  for (let step = firstStep; !isOneSet(solver, eased); step *= growth) {
    const lower = solver.leave.map((now, v) => (eased(v) ? Math.max(now - step, problem.leave[v] ?? now) : now));
    if (lower.every((value, v) => value === solver.leave[v])) break;
    solver.changeLeave(lower);
    onPricing();
  }
  return solver;
}

function isOneSet({ forest }: RoundSolver, eased: (v: number) => boolean): boolean {
  const tops = new Set<number>();
  for (let v = 0; v < forest.n; v++) if (eased(v)) tops.add(forest.top[v] ?? 0);
  return tops.size === 1;
}
