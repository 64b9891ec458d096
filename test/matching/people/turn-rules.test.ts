import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Turns, turnsOf } from '../../../src/matching/people/turn-rules.ts';

const own = (leftOut: readonly number[], first: number | undefined = 1, council = 'X'): Turns => ({
  council,
  first,
  leftOut,
});

describe('whose turn it is to be left out', () => {
  test('who was left out more often is less so, and by the order alone', () => {
    expect(turnsOf([own([]), own([2]), own([1, 2]), own([3])], 4)).toEqual([0, 1, 2, 1]);
    expect(turnsOf([own([1, 2, 3]), own([1, 2, 3])], 4)).toEqual([0, 0]);
    expect(turnsOf([], 4)).toEqual([]);
  });

  test('who comes into a council that has more than half is not left out until they have caught up', () => {
    const x = [own([1, 3, 5]), own([2, 4, 6]), own([1, 3, 5]), own([2, 4, 6]), own([1, 3, 6])];
    const others = Array.from({ length: 6 }, () => own([], 1, 'Y'));
    const turns = turnsOf([...x, ...others, { council: 'X', first: undefined, leftOut: [] }], 7);
    expect(turns).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1]);
    // Left out in their first round they come after all the others of their council.
    expect(turnsOf([...x, ...others, own([7], 7)], 8).at(-1)).toBe(2);
  });

  test('over many rounds, with people coming in, nobody’s turn comes twice before that of another who could take it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 5, maxLength: 60 }), fc.nat(1000), (joining, seed) => {
        const people: { first: number | undefined; leftOut: number[] }[] = Array.from({ length: 4 }, () => ({
          first: undefined,
          leftOut: [],
        }));
        joining.forEach((newcomers, at) => {
          const round = at + 1;
          for (let n = 0; n < (newcomers === 3 ? 1 : 0); n++) people.push({ first: undefined, leftOut: [] });
          const turns = turnsOf(
            people.map((one) => ({ ...one, council: 'X' })),
            round,
          );
          const least = Math.min(...turns);
          const could = people.filter((_, index) => turns[index] === least);
          could[(seed + round) % could.length]?.leftOut.push(round);
          for (const one of people) one.first ??= round;
        });
        for (const one of people) {
          for (const other of people) {
            const since = Math.max(one.first ?? 0, other.first ?? 0);
            const times = ({ leftOut }: { leftOut: number[] }) => leftOut.filter((round) => round >= since).length;
            expect(Math.abs(times(one) - times(other))).toBeLessThanOrEqual(2);
          }
        }
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
