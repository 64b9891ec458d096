import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NEVER, type Problem } from '../../../src/matching/solver/model.ts';
import { scoreOf } from '../../../src/matching/solver/pair-score.ts';
import { verifyTrio } from '../../../src/matching/solver/proof/verify-trio.ts';
import { bestTrioRound, type TrioRound } from '../../../src/matching/solver/trio/best-trio.ts';
import { bestByTrying } from './random-graphs.ts';
import { pairsOf, randomProblem } from './random-problems.ts';

/** The best round by trying every trio; −Infinity where no three may meet. */
function bestTrioByTrying(problem: Problem): number {
  const of = scoreOf(problem);
  const pairs = pairsOf(problem);
  let most = -Infinity;
  for (let a = 0; a < problem.size; a++)
    for (let b = a + 1; b < problem.size; b++)
      for (let c = b + 1; c < problem.size; c++) {
        if (of(a, b) === NEVER || of(a, c) === NEVER || of(b, c) === NEVER) continue;
        const rest = pairs.filter((pair) => ![a, b, c].some((v) => v === pair.a || v === pair.b));
        const leave = [...problem.leave].map((value, v) => ([a, b, c].includes(v) ? 0 : value));
        most = Math.max(most, 6 * bestByTrying(problem.size, rest, leave) + 3 * (of(a, b) + of(a, c) + of(b, c)));
      }
  return most;
}

function claimOf({ boundSixths, ...round }: TrioRound, bound = boundSixths) {
  return { ...round, bound };
}

test('the best round with one trio equals trying every trio, and is proven by the separate check', () => {
  let rounds = 0;
  let withOthers = 0;
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(3, 5, 7, 9), (seed, size) => {
      const problem = randomProblem(seed, size, size);
      const best = bestTrioByTrying(problem);
      const round = bestTrioRound(problem);
      expect(round?.sixths ?? -Infinity).toBe(best);
      if (round === null) return;
      rounds++;
      expect(round.proven).toBe(true);
      const verdict = verifyTrio(problem, claimOf(round));
      expect(verdict).toMatchObject({ valid: true, bounded: true, objective: best, improvingPairs: 0 });
      expect(verifyTrio(problem, claimOf(round, best - 1)).bounded).toBe(false);
      if (round.others.length === 0) return;
      withOthers++;
      expect(verifyTrio(problem, { ...claimOf(round), others: [] }).bounded).toBe(false);
    }),
    { numRuns: 800, seed: 5 },
  );
  expect(rounds).toBeGreaterThan(100);
  expect(withOthers).toBeGreaterThan(0);
});

test('larger rounds are proven too', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const problem = randomProblem(seed, 31, 51);
      const round = problem.size % 2 === 1 ? bestTrioRound(problem) : null;
      if (round === null) return;
      const verdict = verifyTrio(problem, claimOf(round));
      expect(verdict).toMatchObject({ valid: true, bounded: true, objective: round.sixths });
      expect(round.boundSixths).toBeGreaterThanOrEqual(round.sixths);
    }),
    { numRuns: 25 },
  );
});
