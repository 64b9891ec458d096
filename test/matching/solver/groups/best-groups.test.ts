import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf, smallCouncils } from '../../../../bench/matching/network.ts';
import { bestGroups } from '../../../../src/matching/solver/groups/best-groups.ts';
import type { GroupRound } from '../../../../src/matching/solver/groups/model.ts';
import { verifyGroups } from '../../../../src/matching/solver/groups/verify-groups.ts';
import { NEVER, type Problem } from '../../../../src/matching/solver/model.ts';
import { scoreOf } from '../../../../src/matching/solver/pair-score.ts';

const leaveOut = -(1 << 20);

interface Drawn {
  readonly problem: Problem;
  readonly size: 3 | 4;
}

/** A small network: few or many councils (one may hold more than half), few or many kept apart, ties, scores of either sign. */
function drawn(most: number): fc.Arbitrary<Drawn> {
  return fc
    .record({ count: fc.nat(most), range: fc.constantFrom(1, 3, 500, 100_000), size: fc.constantFrom<3 | 4>(3, 4) })
    .chain(({ count, range, size }) => {
      const member = fc.nat(Math.max(0, count - 1));
      return fc.record({
        size: fc.constant(size),
        problem: fc.record({
          size: fc.constant(count),
          council: fc
            .array(fc.oneof(fc.constant(0), fc.nat(12)), { minLength: count, maxLength: count })
            .map((councils) => Int32Array.from(councils)),
          score: fc
            .array(fc.integer({ min: -range, max: range }), { minLength: count * count, maxLength: count * count })
            .map((cells) => ({
              kind: 'free' as const,
              of: (a: number, b: number) => cells[Math.min(a, b) * count + Math.max(a, b)] ?? 0,
            })),
          leave: fc
            .array(fc.integer({ min: 1, max: 3 }), { minLength: count, maxLength: count })
            .map((times) => Int32Array.from(times, (one) => one * leaveOut)),
          apart: fc
            .array(fc.tuple(member, member), { maxLength: 2 * count })
            .map((pairs) => pairs.filter(([a, b]) => a !== b)),
        }),
      });
    });
}

function mayMeet(problem: Problem, group: readonly number[]): boolean {
  const score = scoreOf(problem);
  return group.every((a) => group.every((b) => a === b || score(a, b) !== NEVER));
}

/** What a group is worth, in sixths of a point. */
function worth(problem: Problem, group: readonly number[]): number {
  if (group.length === 1) return 6 * (problem.leave[group[0] ?? 0] ?? 0);
  const score = scoreOf(problem);
  let sum = 0;
  for (const a of group) for (const b of group) if (a < b) sum += score(a, b);
  return (6 / (group.length - 1)) * sum;
}

/** By numbers of groups of one, two, three and four (“0,0,3,0”): the best round there is, by trying them all. */
function bestByTrying(problem: Problem): Map<string, number> {
  const best = new Map<string, number>();
  const counts = [0, 0, 0, 0];
  const visit = (left: readonly number[], sum: number): void => {
    const [head, ...rest] = left;
    if (head === undefined) {
      best.set(counts.join(), Math.max(best.get(counts.join()) ?? -Infinity, sum));
      return;
    }
    for (let bits = 0; bits < 1 << rest.length; bits++) {
      const group = [head, ...rest.filter((_, at) => (bits >> at) & 1)];
      if (group.length > 4 || !mayMeet(problem, group)) continue;
      counts[group.length - 1] = (counts[group.length - 1] ?? 0) + 1;
      visit(
        rest.filter((_, at) => !((bits >> at) & 1)),
        sum + worth(problem, group),
      );
      counts[group.length - 1] = (counts[group.length - 1] ?? 0) - 1;
    }
  };
  visit(
    Array.from({ length: problem.size }, (_, v) => v),
    0,
  );
  return best;
}

function countsOf({ groups, leftOut }: GroupRound): number[] {
  return [leftOut.length, ...[2, 3, 4].map((size) => groups.filter((group) => group.length === size).length)];
}

test('in small networks the bound holds, the round is nearly always the best and nobody is left out who need not be', () => {
  let rounds = 0;
  let best = 0;
  fc.assert(
    fc.property(drawn(8), ({ problem, size }) => {
      const round = bestGroups(problem, size, 'quick');
      const all = bestByTrying(problem);
      const same = all.get(countsOf(round).join());
      expect(same).toBeDefined();
      expect(round.objective).toBeLessThanOrEqual(same ?? 0);
      expect(round.bound).toBeGreaterThanOrEqual(same ?? 0);
      expect(round.leftOut.length).toBe(Math.min(...[...all.keys()].map((counts) => Number(counts.split(',')[0]))));
      expect(verifyGroups(problem, round)).toMatchObject({ isSound: true, improving: 0, objective: round.objective });
      rounds++;
      if (round.objective === same) best++;
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(best / rounds).toBeGreaterThan(0.97);
});

test('any network gets a sound round, the same each time', () => {
  fc.assert(
    fc.property(drawn(40), ({ problem, size }) => {
      const round = bestGroups(problem, size, 'quick');
      expect(verifyGroups(problem, round).isSound).toBe(true);
      expect(bestGroups(problem, size, 'quick')).toEqual(round);
    }),
    { numRuns: 60, seed: 3 },
  );
});

/** Everybody of another council, scores that follow from the numbers. */
function open(count: number, council: (v: number) => number = (v) => v): Problem {
  return {
    size: count,
    council: Int32Array.from({ length: count }, (_, v) => council(v)),
    score: { kind: 'free', of: (a, b) => ((a * b * 37 + (a + b) * 11) % 101) + 100 },
    leave: new Int32Array(count).fill(leaveOut),
    apart: [],
  };
}

test.each([
  [3, 0, [0, 0, 0, 0]],
  [3, 1, [1, 0, 0, 0]],
  [3, 2, [0, 1, 0, 0]],
  [4, 4, [0, 0, 0, 1]],
  [3, 4, [0, 0, 0, 1]],
  [4, 5, [0, 1, 1, 0]],
  [3, 5, [0, 1, 1, 0]],
  [3, 8, [0, 0, 0, 2]],
  [4, 6, [0, 0, 2, 0]],
  [4, 9, [0, 0, 3, 0]],
  [3, 31, [0, 0, 9, 1]],
  [4, 31, [0, 0, 1, 7]],
  [3, 92, [0, 0, 28, 2]],
] as const)('wished size %i, %i members: left out, pairs, threes and fours are %j', (size, count, expected) => {
  expect(countsOf(bestGroups(open(count), size, 'quick'))).toEqual(expected);
});

test.each([25, 26, 37])('where all pairs are alike, %i members are divided as planned', (count) => {
  const alike: Problem = { ...open(count), score: { kind: 'free', of: () => 100 } };
  const round = bestGroups(alike, 3, 'thorough');
  expect(countsOf(round)).toEqual([0, 0, Math.floor(count / 3) - (count % 3), count % 3]);
  expect(verifyGroups(alike, round)).toMatchObject({ isSound: true, objective: 300 * count });
});

test('one council too large for threes makes smaller groups, and leaves its own out only when it is more than half', () => {
  const withLargest = (largest: number) => open(12, (v) => (v < largest ? 0 : v));
  expect(countsOf(bestGroups(withLargest(4), 3, 'quick'))).toEqual([0, 0, 4, 0]);
  expect(countsOf(bestGroups(withLargest(5), 3, 'quick'))).toEqual([0, 3, 2, 0]);
  expect(countsOf(bestGroups(withLargest(6), 3, 'quick'))).toEqual([0, 6, 0, 0]);
  const round = bestGroups(withLargest(8), 3, 'quick');
  expect(countsOf(round)).toEqual([4, 4, 0, 0]);
  expect(round.leftOut.every((v) => v < 8)).toBe(true);
});

test.each([
  [3, 'quick', 0.01],
  [4, 'quick', 0.012],
  [4, 'thorough', 0.007],
] as const)(
  'in networks where hardly anybody suits a few, groups of %i are proven close to the best, %s: %d',
  (size, effort, most) => {
    for (const seed of [1, 3]) {
      const problem = networkOf({ ...smallCouncils, size: 160, seed });
      const round = bestGroups(problem, size, effort);
      expect(verifyGroups(problem, round).isSound).toBe(true);
      expect((round.bound - round.objective) / round.bound).toBeLessThan(most);
    }
  },
);

test('progress only grows, ends at one, and ends the search when it throws', () => {
  const shares: number[] = [];
  bestGroups(open(30), 3, 'quick', (share) => shares.push(share));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  const stop = (share: number): void => {
    if (share > 0.2) throw new Error('called off');
  };
  expect(() => bestGroups(open(30), 3, 'quick', stop)).toThrow('called off');
});
