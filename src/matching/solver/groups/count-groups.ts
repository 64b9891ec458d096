function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The members after `v` in a set. */
function membersAfter(set: Int32Array, v: number): number[] {
  const found: number[] = [];
  for (let w = (v + 1) >> 5; w < set.length; w++) {
    for (let word = set[w] ?? 0; word !== 0; word &= word - 1) {
      const member = 32 * w + (31 - Math.clz32(word & -word));
      if (member > v) found.push(member);
    }
  }
  return found;
}

/** Above so many members fours are not counted: there are milliards of them, and counting takes longer than all else. */
const MOST_FOR_FOURS = 400;

/**
 * How many groups of two, three and four there could be in which all may meet, of those sizes that `counts` (of groups of
 * one, two, three and four) has any of. Sets of members are bits, 32 to a word.
 */
export function countGroups(
  size: number,
  mayMeet: (a: number, b: number) => boolean,
  counts: readonly number[],
): number {
  const words = (size + 31) >> 5;
  const later = Array.from({ length: size }, (_, a) => {
    const set = new Int32Array(words);
    for (let b = a + 1; b < size; b++) if (mayMeet(a, b)) set[b >> 5] = (set[b >> 5] ?? 0) | (1 << (b & 31));
    return set;
  });
  const [, two = 0, three = 0] = counts;
  const four = size > MOST_FOR_FOURS ? 0 : (counts[3] ?? 0);
  const both = new Int32Array(words);
  let [pairs, threes, fours] = [0, 0, 0];
  later.forEach((around, a) => {
    for (const b of membersAfter(around, a)) {
      pairs++;
      if (three + four === 0) continue;
      const next = later[b] ?? around;
      for (let w = b >> 5; w < words; w++) {
        both[w] = (around[w] ?? 0) & (next[w] ?? 0);
        threes += bitsIn(both[w] ?? 0);
      }
      if (four === 0) continue;
      for (const c of membersAfter(both, b)) {
        const last = later[c] ?? around;
        for (let w = c >> 5; w < words; w++) fours += bitsIn((both[w] ?? 0) & (last[w] ?? 0));
      }
    }
  });
  return (two > 0 ? pairs : 0) + (three > 0 ? threes : 0) + (four > 0 ? fours : 0);
}
