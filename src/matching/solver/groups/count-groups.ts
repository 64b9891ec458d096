import { meetingSets, membersAfter } from '../meeting-sets.ts';

function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Above so many members groups of four are not counted: there are milliards, and counting takes longer than all else. */
const MOST_FOR_FOURS = 400;

/**
 * How many groups of two, three and four there could be in which all may meet, of those sizes that `counts` (of groups of
 * one, two, three and four) has any of; `undefined` where there are too many to count.
 */
export function countGroups(
  size: number,
  mayMeet: (a: number, b: number) => boolean,
  counts: readonly number[],
): number | undefined {
  const [, two = 0, three = 0, four = 0] = counts;
  if (four > 0 && size > MOST_FOR_FOURS) return undefined;
  const { later } = meetingSets(size, mayMeet);
  const words = (size + 31) >> 5;
  const both = new Int32Array(words);
  let [pairs, threes, fours] = [0, 0, 0];
  for (let a = 0; a < size; a++) {
    const around = later(a);
    for (const b of membersAfter(around, a)) {
      pairs++;
      if (three + four === 0) continue;
      const next = later(b);
      for (let w = b >> 5; w < words; w++) {
        both[w] = (around[w] ?? 0) & (next[w] ?? 0);
        threes += bitsIn(both[w] ?? 0);
      }
      if (four === 0) continue;
      for (const c of membersAfter(both, b)) {
        const last = later(c);
        for (let w = c >> 5; w < words; w++) fours += bitsIn((both[w] ?? 0) & (last[w] ?? 0));
      }
    }
  }
  return (two > 0 ? pairs : 0) + (three > 0 ? threes : 0) + (four > 0 ? fours : 0);
}
