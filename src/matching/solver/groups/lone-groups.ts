import { NEVER } from '../model.ts';
import type { GroupList, Prices } from './group-list.ts';
import { FACTOR, FORBIDDEN, type Square, worthOf } from './square.ts';

/** How many partners are tried, each with the best others that are easily found. */
const PARTNERS = 10;

/**
 * What each member would add to the rest of a group: their pairs with it less as much of their price as those are of all
 * their pairs in the whole group. −∞ for whoever may not meet all of them.
 */
function added({ size, of }: Square, price: Float64Array, group: readonly number[], wished: number): Float64Array {
  const factor = FACTOR[wished] ?? 0;
  const share = group.length / (wished - 1);
  const sums = new Float64Array(size);
  for (const one of group) {
    const row = one * size;
    for (let v = 0; v < size; v++) {
      const score = of[row + v] ?? 0;
      sums[v] = (sums[v] ?? 0) + (score === NEVER ? -Infinity : factor * score);
    }
  }
  for (let v = 0; v < size; v++) sums[v] = (sums[v] ?? 0) - share * (price[v] ?? 0);
  return sums;
}

/** Adds to a group, one by one, whoever adds most; null where nobody may meet all of it. */
export function grown(
  square: Square,
  { of: price }: Prices,
  from: readonly number[],
  wished: number,
): readonly number[] | null {
  const group = [...from];
  while (group.length < wished) {
    const sums = added(square, price, group, wished);
    let best = -1;
    let most = -Infinity;
    for (let v = 0; v < sums.length; v++) {
      if ((sums[v] ?? 0) <= most) continue;
      most = sums[v] ?? 0;
      best = v;
    }
    if (best < 0) return null;
    group.push(best);
  }
  return group;
}

/** Adds good groups of a size with one member to a list, one with each of the partners that suit them best; returns the least slack of them. */
function addGroupsWith(square: Square, prices: Prices, size: number, v: number, list: GroupList): number {
  const sums = added(square, prices.of, [v], size);
  const partners = Array.from(sums.keys())
    .filter((other) => sums[other] !== -Infinity)
    .sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0));
  let least = Infinity;
  for (const partner of partners.slice(0, PARTNERS)) {
    const group = grown(square, prices, [v, partner], size);
    const worth = group === null ? FORBIDDEN : worthOf(square, group);
    if (group === null || worth === FORBIDDEN) continue;
    list.add(group, worth);
    const price = group.reduce((sum, one) => sum + (prices.of[one] ?? 0), prices.offset[size] ?? 0);
    least = Math.min(least, price - worth);
  }
  return least;
}

/** Somebody whose groups all lie far below their price, and how far the best of those that are easily found does. */
export interface Lone {
  readonly member: number;
  readonly slack: number;
}

/** Gives everybody who is in no group of a list some good ones, and tells who they were. */
export function addLoneGroups(square: Square, prices: Prices, size: number, list: GroupList): Lone[] {
  const isListed = new Uint8Array(square.size);
  for (const v of list.member) isListed[v] = 1;
  const lone = Array.from(isListed.keys()).filter((v) => isListed[v] === 0);
  return lone.map((member) => ({ member, slack: addGroupsWith(square, prices, size, member, list) }));
}
