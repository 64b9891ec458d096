import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PastPair } from '../../src/matching/model.ts';
import { pairRound, type RoundInput, whyLeftOut } from '../../src/matching/rules.ts';

const input = fc
  .record({
    councils: fc.array(fc.nat(5), { maxLength: 20 }),
    number: fc.integer({ min: 1, max: 50 }),
    past: fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 }),
  })
  .map(
    ({ councils, number, past }): RoundInput => ({
      number,
      candidates: councils.map((council, index) => ({ memberId: `m${index}`, councilId: `c${council}` })),
      past: past.map(([a, b]): PastPair => [`m${a}`, `m${b}`]),
      apart: [],
      councilsApart: [],
      leftOutBefore: new Map(),
    }),
  );

test('nobody is paired within a council or with someone they have met, and everybody is paired or left out', () => {
  fc.assert(
    fc.property(input, (round) => {
      const { pairs, leftOut } = pairRound(round);
      const councilOf = new Map(round.candidates.map(({ memberId, councilId }) => [memberId, councilId]));
      for (const [a, b] of pairs) {
        expect(councilOf.get(a)).not.toBe(councilOf.get(b));
        expect(round.past.some(([c, d]) => (a === c && b === d) || (a === d && b === c))).toBe(false);
      }
      const everyone = [...pairs.flat(), ...leftOut].toSorted();
      expect(everyone).toEqual(round.candidates.map(({ memberId }) => memberId).toSorted());
    }),
  );
});

test('the same round computed twice is the same, whatever order people are given in', () => {
  fc.assert(
    fc.property(input, (round) => {
      const backwards = { ...round, candidates: round.candidates.toReversed() };
      const sorted = (pairing: ReturnType<typeof pairRound>) =>
        pairing.pairs.map((pair) => pair.toSorted().join(' ')).toSorted();
      expect(sorted(pairRound(backwards))).toEqual(sorted(pairRound(round)));
    }),
  );
});

test('no two members meet twice over many rounds, and nobody is left out twice before all others once', () => {
  const candidates = Array.from({ length: 15 }, (_, index) => ({ memberId: `m${index}`, councilId: `c${index}` }));
  const past: PastPair[] = [];
  const leftOutBefore = new Map<string, number>();
  for (let number = 1; number <= 7; number += 1) {
    const { pairs, leftOut } = pairRound({ number, candidates, past, apart: [], councilsApart: [], leftOutBefore });
    expect(pairs).toHaveLength(7);
    past.push(...pairs);
    for (const member of leftOut) leftOutBefore.set(member, (leftOutBefore.get(member) ?? 0) + 1);
  }
  expect(new Set(past.map((pair) => pair.toSorted().join(' '))).size).toBe(past.length);
  expect(Math.max(...leftOutBefore.values())).toBe(1);
});

test('each reason for being left out is the true one', () => {
  const person = (memberId: string, councilId: string) => ({ memberId, councilId });
  const round = (candidates: RoundInput['candidates'], past: RoundInput['past'] = []) => ({
    number: 1,
    candidates,
    past,
    leftOutBefore: new Map(),
  });
  expect(whyLeftOut('a', round([person('a', 'x'), person('b', 'y'), person('c', 'z')]))).toBe('odd-number');
  expect(whyLeftOut('a', round([person('a', 'x'), person('b', 'x')]))).toBe('nobody-free');
  expect(whyLeftOut('a', round([person('a', 'x'), person('b', 'y')], [['a', 'b']]))).toBe('met-everyone');
});
