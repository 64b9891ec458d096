import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairRound, type RoundInput, whyLeftOut } from '../../src/matching/rules.ts';
import { pairsApart } from '../../src/membership/avoid-rules.ts';

const pair = (name: string) =>
  fc.tuple(fc.nat(11), fc.nat(11)).map(([a, b]) => [`${name}${a}`, `${name}${b}`] as const);

const round = fc
  .record({
    councils: fc.array(fc.nat(5), { maxLength: 12 }),
    number: fc.integer({ min: 1, max: 50 }),
    past: fc.array(pair('m'), { maxLength: 10 }),
    apart: fc.array(pair('m'), { maxLength: 15 }),
    councilsApart: fc.array(pair('c'), { maxLength: 5 }),
  })
  .map(
    ({ councils, ...given }): RoundInput => ({
      ...given,
      candidates: councils.map((council, index) => ({ memberId: `m${index}`, councilId: `c${council}` })),
      leftOutBefore: new Map(),
    }),
  );

/** By brute force: how many pairs there can be at most. */
function mostPairs(people: readonly string[], may: (a: string, b: string) => boolean): number {
  const [first, ...others] = people;
  if (first === undefined) return 0;
  const without = mostPairs(others, may);
  const withOne = others
    .filter((other) => may(first, other))
    .map(
      (other) =>
        1 +
        mostPairs(
          others.filter((each) => each !== other),
          may,
        ),
    );
  return Math.max(without, ...withOne);
}

function isAmong(pairs: readonly (readonly [string, string])[], a: string, b: string): boolean {
  return pairs.some(([c, d]) => (a === c && b === d) || (a === d && b === c));
}

test('nobody meets whom they do not want to meet, from either side, and no two councils that are kept apart', () => {
  fc.assert(
    fc.property(round, (input) => {
      const councilOf = new Map(input.candidates.map(({ memberId, councilId }) => [memberId, councilId]));
      for (const [a, b] of pairRound(input).pairs) {
        expect(isAmong(input.apart, a, b)).toBe(false);
        expect(isAmong(input.councilsApart, councilOf.get(a) ?? '', councilOf.get(b) ?? '')).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

test('nobody is kept from anybody else by it: as many are paired as can be', () => {
  fc.assert(
    fc.property(round, (input) => {
      const people = input.candidates.slice(0, 8);
      const councilOf = new Map(people.map(({ memberId, councilId }) => [memberId, councilId]));
      const may = (a: string, b: string) => {
        const [one = '', other = ''] = [councilOf.get(a), councilOf.get(b)];
        const never =
          isAmong(input.past, a, b) || isAmong(input.apart, a, b) || isAmong(input.councilsApart, one, other);
        return one !== other && !never;
      };
      const { pairs } = pairRound({ ...input, candidates: people });
      expect(pairs).toHaveLength(
        mostPairs(
          people.map(({ memberId }) => memberId),
          may,
        ),
      );
    }),
  );
});

test('why somebody is left out is the same with a list and without: it tells nobody that they are on one', () => {
  fc.assert(
    fc.property(round, (input) => {
      for (const { memberId } of input.candidates) {
        const without = { ...input, apart: [], councilsApart: [] };
        expect(whyLeftOut(memberId, input)).toBe(whyLeftOut(memberId, without));
      }
    }),
  );
});

test('a list holds in both directions, for whoever has the address now or later, and never for oneself', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const entry = fc.oneof(
    fc.record({ memberId: id, otherId: id, token: fc.constant(null) }),
    fc.record({ memberId: id, otherId: fc.constant(null), token: id.map((owner) => `token of ${owner}`) }),
  );
  fc.assert(
    fc.property(fc.array(entry), fc.subarray(['a', 'b', 'c', 'd']), (entries, joined) => {
      const byToken = new Map(joined.map((each) => [`token of ${each}`, [each]]));
      const pairs = pairsApart(entries, byToken);
      for (const [one, other] of pairs) expect(one < other).toBe(true);
      expect(new Set(pairs.map(String)).size).toBe(pairs.length);
      const meant = entries.flatMap(({ memberId, otherId, token }) => {
        const other = otherId ?? token?.at(-1) ?? '';
        const holds = other !== memberId && (otherId !== null || joined.includes(other));
        return holds ? [[memberId, other].toSorted().join(' ')] : [];
      });
      expect(new Set(pairs.map((each) => each.join(' ')))).toEqual(new Set(meant));
    }),
  );
});
