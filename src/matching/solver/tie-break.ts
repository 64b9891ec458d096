/**
 * The tie-break of an unordered pair, from 0 to `mask`, drawn from the keys of its two members (murmur3’s finaliser,
 * shortened): it depends on nothing else, so it stays when others come or go. Xor and sum are the same either way round, and
 * need no comparison, which a processor would guess wrong every other time.
 */
export function tieBreak(key: number, otherKey: number, mask: number): number {
  let h = Math.imul(key ^ otherKey, 0x9e3779b1) ^ Math.imul(key + otherKey, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return (h ^ (h >>> 13)) & mask;
}

/** Keys for members who have nothing better than their place in the list. */
export function tieKeys(size: number, seed: number): Int32Array {
  return Int32Array.from(
    { length: size },
    (_, member) => Math.imul(member + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b),
  );
}
