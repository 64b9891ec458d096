/** Who may meet whom, as sets of bits, 32 members to a word: the fastest way to find groups in which all may meet. */
export interface MeetingSets {
  /** Those after a member whom they may meet. Worked out once, when first asked for. */
  later(v: number): Int32Array;
}

export function meetingSets(size: number, mayMeet: (a: number, b: number) => boolean): MeetingSets {
  const words = (size + 31) >> 5;
  const known: Int32Array[] = [];
  return {
    later(v) {
      const found = known[v];
      if (found !== undefined) return found;
      const set = new Int32Array(words);
      for (let b = v + 1; b < size; b++) if (mayMeet(v, b)) set[b >> 5] = (set[b >> 5] ?? 0) | (1 << (b & 31));
      known[v] = set;
      return set;
    },
  };
}

/** The members after `v` in a set. */
export function membersAfter(set: Int32Array, v: number): number[] {
  const found: number[] = [];
  for (let w = (v + 1) >> 5; w < set.length; w++) {
    for (let word = set[w] ?? 0; word !== 0; word &= word - 1) {
      const member = 32 * w + lowestBit(word);
      if (member > v) found.push(member);
    }
  }
  return found;
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** The first three members who may all meet; `undefined` where no three may. */
export function firstThree(
  size: number,
  mayMeet: (a: number, b: number) => boolean,
): readonly [number, number, number] | undefined {
  const sets = meetingSets(size, mayMeet);
  for (let a = 0; a < size; a++) {
    const around = sets.later(a);
    for (const b of membersAfter(around, a)) {
      const next = sets.later(b);
      for (let w = b >> 5; w < next.length; w++) {
        const both = (around[w] ?? 0) & (next[w] ?? 0);
        if (both !== 0) return [a, b, 32 * w + lowestBit(both)];
      }
    }
  }
  return undefined;
}
