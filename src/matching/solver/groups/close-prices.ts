import type { PriceEffort, Progress } from './effort.ts';
import { GroupList, incidenceOf, type Prices, slackOf } from './group-list.ts';
import { groupsAbove, groupsNear } from './list-groups.ts';
import { settlePrices } from './settle-prices.ts';
import { FORBIDDEN, type Square, worthOf } from './square.ts';

/** Sizes of which there are no more groups than this are priced by their offset alone, in networks that are not small. */
const FEW = 3;
const SMALL = 40;

/** Networks in which prices are lowered again and again while any can fall; in larger ones that costs more than it brings. */
const SMALL_ENOUGH = 100;
const MANY_PASSES = 16;

/** Groups looked at together when prices are lifted. */
const ROOM = 400_000;

/** Groups wanted in the list that prices are settled on, for each member. */
const LIST_FOR = 12;

/** Sizes of which the round has some groups, those of which there are many, and those of which there are few. */
function sizesIn(counts: Int32Array, members: number): { all: number[]; many: number[]; few: number[] } {
  const all = [1, 2, 3, 4].filter((size) => (counts[size] ?? 0) > 0);
  const few = all.filter(
    (size) =>
      size > 1 &&
      members > SMALL &&
      (counts[size] ?? 0) <= FEW &&
      counts.some((n, s) => s > 1 && n > 2 * (counts[size] ?? 0) + FEW),
  );
  return { all, few, many: all.filter((size) => !few.includes(size)) };
}

/** How far the best group of a size that is easily found lies above its members’ prices. */
function easilyAbove(square: Square, { of }: Prices, size: number): number {
  let most = -Infinity;
  for (let v = 0; v < square.size; v++) {
    const group = [v];
    while (group.length < size) {
      let best = -1;
      let worth = FORBIDDEN;
      for (let other = 0; other < square.size; other++) {
        if (group.includes(other)) continue;
        const next = worthOf(square, [...group, other]) - (of[other] ?? 0);
        if (next <= worth) continue;
        worth = next;
        best = other;
      }
      if (best < 0) break;
      group.push(best);
    }
    if (group.length < size) continue;
    most = Math.max(most, worthOf(square, group) - group.reduce((sum, one) => sum + (of[one] ?? 0), 0));
  }
  return most;
}

/** Sets the offset of a size to what the best group of that size is worth above its members’ prices. */
function setOffset(square: Square, prices: Prices, size: number): void {
  const found = easilyAbove(square, prices, size);
  if (found === -Infinity) return;
  prices.offset[size] = Math.ceil(found);
  for (;;) {
    const { list, isComplete } = groupsAbove(square, prices, size, 0.5, 1000);
    const slack = slackOf(list, prices);
    let over = 0;
    for (const one of slack) over = Math.max(over, -one);
    prices.offset[size] = (prices.offset[size] ?? 0) + Math.ceil(over);
    if (over === 0 && isComplete) return;
  }
}

/** Shares each group’s excess among its members; returns how many groups had any. */
function liftOnce(list: GroupList, prices: Prices): number {
  let lifted = 0;
  for (let k = 0; k < list.count; k++) {
    const group = list.group(k);
    let excess = (list.worth[k] ?? 0) - (prices.offset[group.length] ?? 0);
    for (const v of group) excess -= prices.of[v] ?? 0;
    if (excess <= 0) continue;
    lifted++;
    group.forEach((v, at) => {
      const share = Math.ceil(excess / (group.length - at));
      prices.of[v] = (prices.of[v] ?? 0) + share;
      excess -= share;
    });
  }
  return lifted;
}

/**
 * Raises prices until no group of the round’s sizes is overpriced. Prices become whole, so that the check of every group is
 * exact: the search goes a little below zero, and sums of whole numbers are not rounded.
 */
function lift(square: Square, prices: Prices, { many, few }: { many: number[]; few: number[] }): void {
  for (let v = 0; v < square.size; v++) prices.of[v] = Math.ceil(prices.of[v] ?? 0);
  for (const size of many) prices.offset[size] = Math.ceil(prices.offset[size] ?? 0);
  for (const size of many) {
    if (size === 1) continue;
    for (;;) {
      const above = groupsAbove(square, prices, size, -0.01, ROOM);
      if (liftOnce(above.list, prices) === 0 && above.isComplete) break;
    }
  }
  for (const size of few) setOffset(square, prices, size);
  if (many.includes(1)) setOffset(square, prices, 1);
}

/**
 * Lowers every price by one where no group of the round’s sizes is in the way: lifting and rounding leave such room. Groups
 * that are not listed lie more than four below their price, so four members may fall by one. Returns whether any price fell.
 */
function tighten(square: Square, prices: Prices, sizes: readonly number[]): boolean {
  const list = new GroupList();
  for (const size of sizes) list.addAll(groupsAbove(square, prices, size, -4.5, Infinity).list);
  const slack = slackOf(list, prices);
  const around = incidenceOf(square, list, slack.keys());
  let isLower = false;
  for (let v = 0; v < square.size; v++) {
    const groups = around.group.subarray(around.start[v], around.start[v + 1]);
    if (groups.some((k) => (slack[k] ?? 0) < 1)) continue;
    prices.of[v] = (prices.of[v] ?? 0) - 1;
    for (const k of groups) slack[k] = (slack[k] ?? 0) - 1;
    isLower = true;
  }
  return isLower;
}

/** How far prices lie from the middle one, for half of the members: the scale on which scores differ, whatever their unit. */
export function spreadOf(price: Float64Array): number {
  const middle = price.toSorted()[price.length >> 1] ?? 0;
  return Math.max(6, price.map((one) => Math.abs(one - middle)).sort()[price.length >> 1] ?? 0);
}

export function boundOf({ of, offset }: Prices, counts: Int32Array): number {
  return (
    of.reduce((sum, one) => sum + one, 0) + counts.reduce((sum, count, size) => sum + count * (offset[size] ?? 0), 0)
  );
}

/** Finds prices whose bound is close, by rounds of listing groups near their price and settling, from first prices. */
export function closePrices(
  square: Square,
  first: Float64Array,
  counts: Int32Array,
  { heats, sweeps }: PriceEffort,
  progress: Progress,
): { prices: Prices; spread: number } {
  const sizes = sizesIn(counts, square.size);
  const prices: Prices = { of: first.slice(), offset: new Float64Array(5) };
  const spread = spreadOf(first);
  const moving = sizes.many.length > 1 ? sizes.many : [];
  for (const size of moving) prices.offset[size] = Math.max(easilyAbove(square, prices, size), -LIST_FOR * spread);
  const floors = new Float64Array(5).fill(2.5 * spread);
  heats.forEach((share, at) => {
    const heat = share * spread;
    const list = new GroupList();
    let fall = Infinity;
    for (const size of sizes.many) {
      const from = Math.max(4 * heat, (floors[size] ?? 0) / 2);
      const near = groupsNear(square, prices, size, LIST_FOR * square.size, from);
      list.addAll(near.list);
      if (near.floor < Infinity) floors[size] = near.floor;
      fall = Math.min(fall, near.floor / (size + (moving.length > 0 ? 1 : 0)));
    }
    settlePrices(square, list, prices, { heat, sweeps, fall, counts, moving });
    progress((at + 1) / (heats.length + 1));
  });
  lift(square, prices, sizes);
  const passes = square.size <= SMALL_ENOUGH ? MANY_PASSES : 2;
  for (let pass = 0; pass < passes && tighten(square, prices, sizes.all); pass++);
  return { prices, spread };
}
