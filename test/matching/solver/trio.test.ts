import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstThree } from '../../../src/matching/solver/meeting-sets.ts';
import { NEVER, type Problem } from '../../../src/matching/solver/model.ts';
import { scoreOf } from '../../../src/matching/solver/pair-score.ts';
import { verifyTrio } from '../../../src/matching/solver/proof/verify-trio.ts';
import { bestTrioRound, type TrioRound } from '../../../src/matching/solver/trio/best-trio.ts';
import { bestByTrying, dice } from './random-graphs.ts';
import { alikeProblem, pairsOf, randomProblem } from './random-problems.ts';

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

test('the first three who may meet are found wherever there are three', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 40 }), (seed, size, often) => {
      const roll = dice(seed);
      const met = new Set(
        Array.from({ length: size * size }, (_, at) => at).filter((at) => at % size > at / size && roll(40) < often),
      );
      const mayMeet = (a: number, b: number) => met.has(Math.min(a, b) * size + Math.max(a, b));
      const all = Array.from({ length: size }, (_, v) => v);
      const some = all.some((a) =>
        all.some((b) => b > a && mayMeet(a, b) && all.some((c) => c > b && mayMeet(a, c) && mayMeet(b, c))),
      );
      const found = firstThree(size, mayMeet);
      expect(found !== undefined).toBe(some);
      if (found === undefined) return;
      const [a, b, c] = found;
      expect([mayMeet(a, b), mayMeet(a, c), mayMeet(b, c), a < b && b < c]).toEqual([true, true, true, true]);
    }),
  );
});

describe('where nearly all are alike', () => {
  test('the best round with one trio equals trying every trio', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const problem = alikeProblem(seed, 5, 9);
        const round = bestTrioRound(problem);
        expect(round?.sixths).toBe(bestTrioByTrying(problem));
        expect(round?.proven).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('it is proven with few trios looked at, and holds in the separate check', () => {
    let tried = 0;
    for (const [at, problem] of fc
      .sample(
        fc.nat().map((seed) => alikeProblem(seed, 21, 151)),
        { seed: 3, numRuns: 60 },
      )
      .entries()) {
      const round = bestTrioRound(problem);
      if (round === null) throw new Error(`no three may meet in network ${at}`);
      expect({ at, proven: round.proven }).toEqual({ at, proven: true });
      expect(verifyTrio(problem, claimOf(round))).toMatchObject({
        valid: true,
        bounded: true,
        objective: round.sixths,
      });
      tried += round.tried;
    }
    expect(tried / 60).toBeLessThan(4);
  });
});
