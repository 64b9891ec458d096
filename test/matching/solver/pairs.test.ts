import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchEverybody } from '../../../src/matching/solver/blossom/match-everybody.ts';
import { startGreedily } from '../../../src/matching/solver/blossom/start-greedily.ts';
import { GONE, LIMIT, type Matching, type Problem } from '../../../src/matching/solver/model.ts';
import { RoundSolver } from '../../../src/matching/solver/pairs/round-solver.ts';
import { verify } from '../../../src/matching/solver/proof/verify-pairs.ts';
import { bestByTrying, dice, forestOf, provenTotal } from './random-graphs.ts';
import { pairsOf, randomProblem } from './random-problems.ts';

const seed = fc.nat();

/** Edges as [a, b, weight]; returns each one’s partner, −1 for none. It has no types of its own. */
const blossom: (edges: readonly (readonly number[])[]) => number[] = createRequire(import.meta.url)(
  'edmonds-blossom-fixed',
);

function solve(problem: Problem, candidates?: number): Matching {
  const solver = RoundSolver.of(problem, candidates);
  solver.solve();
  return solver.matching();
}

describe('the best round over all pairs', () => {
  test('equals trying everything on a thousand small networks, and is proven', () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const problem = randomProblem(drawn, 1, 9);
        const matching = solve(problem, 2);
        expect(verify(problem, matching).best).toBe(true);
        expect(matching.objective).toBe(bestByTrying(problem.size, pairsOf(problem), [...problem.leave]));
      }),
      { numRuns: 1500 },
    );
  });

  test('from few candidates, repaired, equals the whole graph at once', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(1, 2, 4, 12), (drawn, candidates) => {
        const problem = randomProblem(drawn, 10, 90);
        const matching = solve(problem, candidates);
        const verdict = verify(problem, matching);
        const pairs = pairsOf(problem);
        const whole = forestOf(problem.size, pairs, [...problem.leave]);
        startGreedily(whole);
        matchEverybody(whole);
        expect(verdict.best).toBe(true);
        expect(verdict.allowedPairs).toBe(pairs.length);
        expect(matching.objective).toBe(provenTotal(whole, pairs));
      }),
      { numRuns: 200 },
    );
  });

  test('equals the blossom from npm where leaving out costs nothing', () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const network = randomProblem(drawn, 2, 60);
        const problem = { ...network, leave: new Int32Array(network.size) };
        const pairs = pairsOf(problem);
        const partner = blossom(pairs.map(({ a, b, weight }) => [a, b, weight]));
        const total = pairs.reduce((sum, { a, b, weight }) => sum + (partner[a] === b ? weight : 0), 0);
        expect(solve(problem, 3).objective).toBe(total);
      }),
      { numRuns: 100 },
    );
  });

  test('mended after drop-outs it is proven, and equals a round solved afresh', () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const problem = randomProblem(drawn, 4, 80);
        const roll = dice(drawn);
        const solver = RoundSolver.of(problem, 4);
        solver.solve();
        const leave = problem.leave.slice();
        for (let turn = 0; turn < 3; turn++) {
          const gone = [roll(problem.size), roll(problem.size)];
          for (const member of gone) leave[member] = GONE;
          solver.dropOut(gone);
          const mended = solver.matching();
          expect(verify({ ...problem, leave }, mended).best).toBe(true);
          for (const member of gone) expect(mended.partner[member]).toBe(member);
        }
        const without = [...leave.keys()].filter((member) => leave[member] !== GONE);
        expect(solver.matching().objective).toBe(
          (problem.size - without.length) * GONE + solve(only(problem, without)).objective,
        );
      }),
      { numRuns: 200 },
    );
  });

  test('mended after leave-out values changed it is proven', () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const problem = randomProblem(drawn, 4, 80);
        const roll = dice(drawn);
        const solver = RoundSolver.of(problem);
        solver.solve();
        const leave = problem.leave.map((value) => (roll(2) === 0 ? value + roll(2000) - 1000 : 0));
        solver.changeLeave(leave);
        expect(verify({ ...problem, leave }, solver.matching()).best).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('what the hook throws between two pricings ends the search', () => {
    const solver = RoundSolver.of(randomProblem(3, 40, 40));
    const stopped = () =>
      solver.solve(() => {
        throw new Error('enough');
      });
    expect(stopped).toThrow('enough');
    expect(solver.pricings).toBe(1);
  });
});

/** The problem of some members alone. */
function only(problem: Problem, members: readonly number[]): Problem {
  const all = pairsOf(problem);
  const weight = new Map(all.map((pair) => [pair.a * problem.size + pair.b, pair.weight]));
  const key = (a: number, b: number) => {
    const [one, other] = [members[a] ?? 0, members[b] ?? 0];
    return Math.min(one, other) * problem.size + Math.max(one, other);
  };
  return {
    size: members.length,
    council: Int32Array.from(members.keys()),
    score: { kind: 'free', of: (a, b) => weight.get(key(a, b)) ?? 0 },
    leave: Int32Array.from(members, (member) => problem.leave[member] ?? 0),
    apart: members.flatMap((_, a) =>
      members.flatMap((_other, b): [number, number][] => (b > a && !weight.has(key(a, b)) ? [[a, b]] : [])),
    ),
  };
}

test.each<[string, (problem: Problem) => Problem]>([
  ['a leave-out value', (problem) => ({ ...problem, leave: problem.leave.with(0, -LIMIT - 1) })],
  ['a score', (problem) => ({ ...problem, score: { kind: 'free', of: () => LIMIT + 1 } })],
  ['a score that is not whole', (problem) => ({ ...problem, score: { kind: 'free', of: () => 0.5 } })],
  ['somebody apart from themselves', (problem) => ({ ...problem, apart: [[1, 1]] })],
])('%s outside the limits is refused, with what to do', (_what, spoil) => {
  const council = Int32Array.from({ length: 4 }, (_, member) => member);
  const good: Problem = {
    size: 4,
    council,
    score: { kind: 'free', of: () => 1 },
    leave: new Int32Array(4),
    apart: [],
  };
  expect(solve(good).objective).toBe(2);
  expect(() => solve(spoil(good))).toThrow(RangeError);
});
