import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GONE, LIMIT, type Problem } from '../../../src/matching/solver/model.ts';
import { RoundSolver } from '../../../src/matching/solver/pairs/round-solver.ts';
import { verify } from '../../../src/matching/solver/proof/verify-pairs.ts';
import { dice } from './random-graphs.ts';
import { pairsOf, randomProblem } from './random-problems.ts';

/* Networks of a size at which prices, blossoms and repairs meet in every way. Seeded, so that each run is the same. */

/** Edges as [a, b, weight]; returns each one’s partner, −1 for none. It has no types of its own. */
const blossom: (edges: readonly (readonly number[])[]) => number[] = createRequire(import.meta.url)(
  'edmonds-blossom-fixed',
);

/** What a solver that knows nothing of an earlier round makes of it. */
function coldTotal(problem: Problem): number {
  const solver = RoundSolver.of(problem);
  solver.solve();
  return solver.matching().objective;
}

describe('large networks', () => {
  test('a warm repair after drop-outs and after new values of leaving out equals a cold start, hundreds of times', () => {
    const sizes: number[] = [];
    fc.assert(
      fc.property(fc.nat(), (drawn) => {
        const problem = randomProblem(drawn, 120, 360);
        const roll = dice(drawn);
        const solver = RoundSolver.of(problem);
        solver.solve();
        const leave = problem.leave.map((value) => (roll(3) === 0 ? value + roll(4000) - 2000 : value));
        solver.changeLeave(leave);
        expect(solver.matching().objective).toBe(coldTotal({ ...problem, leave }));
        const gone = [...new Set(Array.from({ length: 1 + roll(5) }, () => roll(problem.size)))];
        solver.dropOut(gone);
        const mended = solver.matching();
        const without = (value: number) => leave.map((own, member) => (gone.includes(member) ? value : own));
        // To be left out is worth more to them than any pair: LIMIT does as well as GONE, which no problem may hold at first.
        const cold = coldTotal({ ...problem, leave: without(LIMIT) });
        expect(mended.objective - gone.length * GONE).toBe(cold - gone.length * LIMIT);
        expect(verify({ ...problem, leave: without(GONE) }, mended).best).toBe(true);
        sizes.push(problem.size);
      }),
      { numRuns: 120, seed: 11 },
    );
    expect(sizes).toHaveLength(120);
  });

  test('pairs equal those of the blossom from npm where leaving out costs nothing', () => {
    fc.assert(
      fc.property(fc.nat(), (drawn) => {
        const network = randomProblem(drawn, 100, 160);
        const problem = { ...network, leave: new Int32Array(network.size) };
        const pairs = pairsOf(problem);
        const partner = blossom(pairs.map(({ a, b, weight }) => [a, b, weight]));
        const total = pairs.reduce((sum, { a, b, weight }) => sum + (partner[a] === b ? weight : 0), 0);
        const solver = RoundSolver.of(problem);
        solver.solve();
        expect(solver.matching().objective).toBe(total);
      }),
      { numRuns: 25, seed: 12 },
    );
  });
});
