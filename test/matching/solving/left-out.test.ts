import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Candidate, RoundInput } from '../../../src/matching/scoring/model.ts';
import { scoresOf } from '../../../src/matching/scoring/score.ts';
import { groupSizeOf } from '../../../src/matching/solving/group-seekers.ts';
import { solveRound } from '../../../src/matching/solving/solve-round.ts';
import { verifyRound } from '../../../src/matching/solving/verify-round.ts';
import { randomRound } from '../scoring/random-round.ts';
import { bestByTrying } from '../solver/random-graphs.ts';

/** Members by id, each of a council that is named by the first letter of it. */
function roundOf(ids: string, more: object = {}): RoundInput {
  const members = ids.split(' ').map((id) => Candidate.parse({ id, council: id.charAt(0), level: 'director' }));
  return RoundInput.parse({ version: 1, number: 7, members, ...more });
}

const met = (one: string, others: string) =>
  others.split(' ').map((other) => ({ a: one, b: other, roundsAgo: 2, outcome: 'not-met' }));

const forty = Array.from({ length: 40 }, (_, at) => `${String.fromCodePoint(0x4e00 + at)}${at}`).join(' ');
const [last = '', ...others] = forty.split(' ').toReversed();

test.each<[string, RoundInput, Readonly<Record<string, string>>]>([
  ['the only one', roundOf('a'), { a: 'no-other-council' }],
  [
    'all of one council',
    roundOf('a1 a2 a3'),
    { a1: 'no-other-council', a2: 'no-other-council', a3: 'no-other-council' },
  ],
  ['two who were matched lately', roundOf('a b', { past: met('a', 'b') }), { a: 'met-everyone', b: 'met-everyone' }],
  [
    'two, of whom one asked not to meet the other',
    roundOf('a b', { apart: [['b', 'a']] }),
    { a: 'nobody-free', b: 'nobody-free' },
  ],
  [
    'more than half of one council',
    roundOf('a1 a2 a3 b c', {
      apart: [
        ['a1', 'b'],
        ['a1', 'c'],
      ],
    }),
    { a1: 'one-council' },
  ],
  [
    'one of four who was matched with all others lately',
    roundOf('a b c d', { past: met('d', 'a b c') }),
    { d: 'met-everyone' },
  ],
  ['one of forty who was', roundOf(forty, { past: met(last, others.join(' ')) }), { [last]: 'met-everyone' }],
  [
    'an odd number, and no three who could be together',
    roundOf('a b c', { past: met('a', 'b'), apart: [['a', 'c']] }),
    { a: 'odd-number' },
  ],
  [
    'an odd number, and three who could be for all that is known',
    roundOf('a b c', {
      apart: [
        ['a', 'b'],
        ['a', 'c'],
      ],
    }),
    { a: 'all-matched' },
  ],
  [
    'others who were put together, where one was matched with the rest',
    roundOf('a b c d', { past: met('a', 'b'), locked: [['c', 'd']] }),
    { a: 'others-fixed', b: 'others-fixed' },
  ],
  [
    'others who were put together, where many of one council remain',
    roundOf('x1 x2 x3 y z u v w', {
      locked: [
        ['y', 'z'],
        ['u', 'v'],
      ],
      apart: [
        ['x1', 'w'],
        ['x2', 'w'],
      ],
    }),
    { x1: 'others-fixed', x2: 'others-fixed' },
  ],
  [
    'six, of whom three were put together',
    roundOf('a b c p q r', {
      locked: [['p', 'q', 'r']],
      apart: [
        ['a', 'b'],
        ['a', 'c'],
      ],
    }),
    { a: 'all-matched' },
  ],
  [
    'two threes of whom no two of different ones could be matched',
    roundOf('a b c d e f', { past: [...met('a', 'd e f'), ...met('b', 'd e f'), ...met('c', 'd e f')] }),
    {},
  ],
])('%s', (_what, input, reasons) => {
  const { leftOut, certificate } = solveRound(input);
  expect(Object.fromEntries(leftOut.map(({ memberId, reason }) => [memberId, reason]))).toEqual(reasons);
  expect(verifyRound(input, certificate)).toMatchObject({ isSound: true, isBest: true });
});

/** As few as pairs leave out, with at most one group of three among all who hang together; found by trying. */
function fewestByTrying(size: number, mayMeet: (a: number, b: number) => boolean): number {
  const all = Array.from({ length: size }, (_, at) => at);
  const edges = all.flatMap((a) => all.slice(a + 1).flatMap((b) => (mayMeet(a, b) ? [{ a, b, weight: 0 }] : [])));
  const clusterOf = [...all];
  for (const { a, b } of edges) {
    const [one = 0, other = 0] = [clusterOf[a], clusterOf[b]];
    for (const v of all) if (clusterOf[v] === other) clusterOf[v] = one;
  }
  const fewest = (cluster: number, trio: readonly number[]) =>
    -bestByTrying(
      size,
      edges.filter(({ a, b }) => clusterOf[a] === cluster && !trio.includes(a) && !trio.includes(b)),
      all.map((at) => (trio.includes(at) || clusterOf[at] !== cluster ? 0 : -1)),
    );
  const trios = edges.flatMap(({ a, b }) =>
    all.filter((c) => c > b && mayMeet(a, c) && mayMeet(b, c)).map((c) => [a, b, c]),
  );
  return [...new Set(clusterOf)].reduce((sum, cluster) => {
    const own = trios.filter(([a = -1]) => clusterOf[a] === cluster);
    return sum + Math.min(fewest(cluster, []), ...own.map((trio) => fewest(cluster, trio)));
  }, 0);
}

test('nobody is left out who need not be, with pairs and at most one group of three among all who hang together', () => {
  let out = 0;
  let spared = 0;
  fc.assert(
    fc.property(randomRound({ least: 3, most: 8, councils: 6, past: 1.5, wantsGroup: false }), (drawn) => {
      const members = drawn.members.map((member) => ({ ...member, leftOut: 0, owed: 0 }));
      const input = { ...drawn, members };
      const { mayMeet } = scoresOf(input);
      const solution = solveRound(input);
      const least = fewestByTrying(members.length, mayMeet);
      expect(solution.leftOut).toHaveLength(least);
      expect(verifyRound(input, solution.certificate)).toMatchObject({ isSound: true, isBest: true });
      if (least > 0) out++;
      const trios = solution.certificate.parts.filter(({ kind }) => kind === 'trio').length;
      if (trios > members.length % 2) spared++;
    }),
    { numRuns: 300, seed: 3 },
  );
  expect(out).toBeGreaterThan(20);
  expect(spared).toBeGreaterThan(0);
});

test('a wish for a group costs nobody their place, and is met in threes and fours alone', () => {
  let inGroups = 0;
  fc.assert(
    fc.property(randomRound({ most: 16, councils: 7, past: 0.5 }), (input) => {
      const plain = { ...input, members: input.members.map((member) => ({ ...member, wantsGroup: false })) };
      const solution = solveRound(input);
      expect(solution.leftOut.length).toBeLessThanOrEqual(solveRound(plain).leftOut.length);
      const groups = solution.certificate.parts.filter(({ kind }) => kind === 'groups');
      const wanted = new Set(input.members.filter(({ wantsGroup }) => wantsGroup).map(({ id }) => id));
      for (const part of groups) {
        inGroups++;
        expect(part.members.filter((id) => !wanted.has(id))).toEqual([]);
        expect(part.groups.filter((group) => group.length < 3)).toEqual([]);
      }
    }),
    { numRuns: 80, seed: 3 },
  );
  expect(inGroups).toBeGreaterThan(20);
});

test('more than 5,000 people meet in pairs', () => {
  expect([5_000, 5_001].map((count) => groupSizeOf({ groupSize: 4 }, count))).toEqual([4, 2]);
});

test.each([
  [3, '3'],
  [4, '4'],
  [5, '3 2'],
  [6, '3 3'],
  [7, '4 3'],
  [8, '4 4'],
])('of %i who would all rather be in a group: %s', (count, sizes) => {
  const members = roundOf('a b c d e f g h').members.slice(0, count);
  const { groups } = solveRound({ ...roundOf('a'), members: members.map((one) => ({ ...one, wantsGroup: true })) });
  const told = groups.map((group) => group.members.length).toSorted((a, b) => b - a);
  expect(told.join(' ')).toBe(sizes);
});
