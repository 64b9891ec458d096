import { NEVER } from '../model.ts';
import { GroupList, type Prices } from './group-list.ts';
import { FACTOR, type Square, worthOf } from './square.ts';

/** Sums that differ by less may both count as the largest: a group is then listed twice, which does no harm. */
const TIE = 1e-6;

type Visit = (a: number, b: number, c: number, sum: number) => boolean;

/** Pairs’ worth (−∞ where two may not meet) less a fair share of both members’ prices: their sum in a group is its worth less its members’ prices. */
function reducedSquare({ size, of }: Square, price: Float64Array, groupSize: 3 | 4): Float64Array {
  const reduced = new Float64Array(size * size);
  const share = 1 / (groupSize - 1);
  const factor = FACTOR[groupSize] ?? 0;
  for (let a = 0; a < size; a++) {
    const own = (price[a] ?? 0) * share;
    const row = a * size;
    for (let b = 0; b < size; b++) {
      const score = of[row + b] ?? 0;
      reduced[row + b] = score === NEVER ? -Infinity : factor * score - (own + (price[b] ?? 0) * share);
    }
  }
  return reduced;
}

/**
 * For one member in the middle, the partners who could stand in a group of three above `bar` with it, best first. In three
 * numbers above `bar` in sum the two largest make more than two thirds of it.
 */
function nearPartners(reduced: Float64Array, size: number, middle: number, bar: number): Int32Array {
  const row = reduced.subarray(middle * size, (middle + 1) * size);
  let most = -Infinity;
  for (let b = 0; b < size; b++) if ((row[b] ?? 0) > most) most = row[b] ?? 0;
  const least = (2 * bar) / 3 - most;
  let count = 0;
  for (let b = 0; b < size; b++) if ((row[b] ?? 0) > least) count++;
  const partners = new Int32Array(count);
  for (let b = 0, at = 0; b < size; b++) if ((row[b] ?? 0) > least) partners[at++] = b;
  return partners.sort((p, q) => (row[q] ?? 0) - (row[p] ?? 0));
}

/** Until `visit` says no, calls it for every three members whose reduced pairs sum up to more than `bar`; once each, but for exact ties. */
function visitThrees(reduced: Float64Array, size: number, bar: number, visit: Visit): boolean {
  const twoThirds = (2 * bar) / 3;
  for (let a = 0; a < size; a++) {
    const near = nearPartners(reduced, size, a, bar);
    const row = a * size;
    for (let i = 0; i < near.length; i++) {
      const b = near[i] ?? 0;
      const first = reduced[row + b] ?? 0;
      for (let j = i + 1; j < near.length; j++) {
        const c = near[j] ?? 0;
        const second = reduced[row + c] ?? 0;
        if (first + second <= twoThirds) break;
        const third = reduced[b * size + c] ?? 0;
        if (first + second + third > bar && third <= second && !visit(a, b, c, first + second + third)) return false;
      }
    }
  }
  return true;
}

function listThrees(square: Square, price: Float64Array, bar: number, room: number, list: GroupList): boolean {
  const reduced = reducedSquare(square, price, 3);
  return visitThrees(reduced, square.size, bar, (a, b, c) => {
    list.add([a, b, c], worthOf(square, [a, b, c]));
    return list.count < room;
  });
}

/** In a four whose six reduced pairs sum to more than `bar`, the best three have more than half of it among themselves. */
function listFours(square: Square, price: Float64Array, bar: number, room: number, list: GroupList): boolean {
  const { size } = square;
  const reduced = reducedSquare(square, price, 4);
  return visitThrees(reduced, size, bar / 2, (a, b, c, sum) => {
    const [rowA, rowB, rowC] = [a * size, b * size, c * size];
    const [ab, ac, bc] = [reduced[rowA + b] ?? 0, reduced[rowA + c] ?? 0, reduced[rowB + c] ?? 0];
    const needed = bar - sum;
    for (let d = 0; d < size; d++) {
      const one = reduced[rowA + d] ?? 0;
      const two = reduced[rowB + d] ?? 0;
      const three = reduced[rowC + d] ?? 0;
      if (one + two + three <= needed) continue;
      if (Math.max(ab + one + two, ac + one + three, bc + two + three) > sum + TIE) continue;
      list.add([a, b, c, d], worthOf(square, [a, b, c, d]));
    }
    return list.count < room;
  });
}

function listPairs({ size, of }: Square, price: Float64Array, bar: number, room: number, list: GroupList): boolean {
  for (let a = 0; a < size && list.count < room; a++) {
    for (let b = a + 1; b < size; b++) {
      const score = of[a * size + b] ?? 0;
      if (score !== NEVER && 6 * score - (price[a] ?? 0) - (price[b] ?? 0) > bar) list.add([a, b], 6 * score);
    }
  }
  return list.count < room;
}

/** All groups of a size (or about the first `room`) that are worth more than their price and `over` (mostly below zero). */
export function groupsAbove(
  square: Square,
  prices: Prices,
  size: number,
  over: number,
  room: number,
): { list: GroupList; isComplete: boolean } {
  const list = new GroupList();
  const bar = (prices.offset[size] ?? 0) + over;
  if (size === 1) {
    for (let v = 0; v < square.size; v++)
      if (worthOf(square, [v]) - (prices.of[v] ?? 0) > bar) list.add([v], worthOf(square, [v]));
    return { list, isComplete: true };
  }
  const fill = size === 2 ? listPairs : size === 3 ? listThrees : listFours;
  return { list, isComplete: fill(square, prices.of, bar, room, list) };
}

/**
 * How much further to look where too few groups were found: the larger a group, the faster their number grows. Of fours
 * many more than wanted are taken rather than just enough: with fewer, rounds come out less good.
 */
function growth(found: number, wanted: number, size: number): number {
  const share = ((1.5 * wanted) / (found + 1)) ** (1 / (size + 1));
  return Math.min(1.75, Math.max(size === 4 ? 1.5 : 1.15, share));
}

/** Groups of a size that come nearest to their price, about `wanted` of them or a few times more; none within `floor` of it is missing: 0 where that cannot be said. */
export function groupsNear(
  square: Square,
  prices: Prices,
  size: number,
  wanted: number,
  from: number,
): { list: GroupList; floor: number } {
  if (size === 1) return { list: groupsAbove(square, prices, 1, -Infinity, Infinity).list, floor: Infinity };
  let floor = from;
  for (let turn = 0; ; turn++) {
    const { list, isComplete } = groupsAbove(square, prices, size, -floor, 6 * wanted);
    if (isComplete && (turn > 8 || list.count >= wanted)) return { list, floor };
    if (turn === 24) return { list, floor: 0 };
    floor *= isComplete ? growth(list.count, wanted, size) : 0.7;
  }
}
