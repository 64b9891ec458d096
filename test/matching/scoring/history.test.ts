import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairHistory } from '../../../src/matching/scoring/history.ts';
import { randomRound } from './random-round.ts';

test('what is known of pairs is told of some members as of all, and of nobody else', () => {
  let found = 0;
  fc.assert(
    fc.property(randomRound({ least: 6, most: 14, past: 1 }), fc.infiniteStream(fc.boolean()), (input, chosen) => {
      const history = pairHistory(input);
      const some = [...input.members.keys()].filter(() => chosen.next().value).toReversed();
      const two = some.flatMap((one, a) =>
        some.slice(a + 1).map((other, b) => ({ one, other, name: `${a} ${a + b + 1}` })),
      );
      const names = (pairs: readonly (readonly [number, number])[]) =>
        [...new Set(pairs.map((pair) => pair.toSorted((a, b) => a - b).join(' ')))].toSorted();
      const never = two.filter(({ one, other }) => history.isApart(one, other) || history.hasMetLately(one, other));
      expect(names(history.never(some))).toEqual(never.map(({ name }) => name).toSorted());
      const met = two.filter(({ one, other }) => history.hasMet(one, other));
      expect(history.costly(some)).toHaveLength(met.length);
      expect(names(history.costly(some))).toEqual(met.map(({ name }) => name).toSorted());
      found += never.length;
    }),
    { numRuns: 150 },
  );
  expect(found).toBeGreaterThan(20);
});
