import type { PriceEffort, Progress } from './effort.ts';
import { GroupList, incidenceOf, type Prices, slackOf } from './group-list.ts';
import { easilyAbove, liftPrices } from './lift-prices.ts';
import { groupsAbove, groupsNear } from './list-groups.ts';
import { addLoneGroups, type Lone } from './lone-groups.ts';
import { lowerPrices, settlePrices } from './settle-prices.ts';
import type { Square } from './square.ts';

/** Sizes of which there are no more groups than this are priced by their offset alone, in networks that are not small. */
const FEW = 3;
const SMALL = 40;

/** Networks in which prices are lowered again and again while any can fall; in larger ones that costs more than it brings. */
const SMALL_ENOUGH = 100;
const MANY_PASSES = 16;

/** The share of members up to which those whose groups all lie far below their price are few. */
const FEW_LONE = 1 / 8;
/** How far of the way to the best of their groups those few may fall at once: all the way, single prices run off without end. */
const FEW_FALL = 0.6;

/** How often every price is lowered at last as far as its groups let it. */
const LOWERINGS = 4;

/** How far groups are looked for at first, as a share of how far they were at the last heat: about as much as floors fall. */
const LOOK_AGAIN = 0.75;

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

/**
 * Prices below which none may fall while they are settled. No group that is not listed comes above its price, if none of its
 * members falls by more than its share of the slack that it has at least. Few lone members may fall further:
 * hardly any two of them are in one group.
 */
function leastOf({ of, offset }: Prices, fall: number, lone: readonly Lone[], size: number): Prices {
  const least = { of: of.map((one) => one - fall), offset: offset.map((one) => one - fall) };
  const share = lone.length > FEW_LONE * of.length ? 1 / size : FEW_FALL;
  for (const { member, slack } of lone)
    if (slack > 0) least.of[member] = (of[member] ?? 0) - Math.max(fall, slack * share);
  return least;
}

/** Rounds prices up. */
function makeWhole({ of, offset }: Prices, many: readonly number[]): void {
  for (let v = 0; v < of.length; v++) of[v] = Math.ceil(of[v] ?? 0);
  for (const size of many) offset[size] = Math.ceil(offset[size] ?? 0);
}

/** Prices that are proven, groups near them, and the scale on which prices differ. */
export interface ClosePrices {
  readonly prices: Prices;
  readonly list: GroupList;
  readonly spread: number;
}

/** Finds prices whose bound is close, by rounds of listing groups near their price and settling, from first prices. */
export function closePrices(
  square: Square,
  first: Float64Array,
  counts: Int32Array,
  { heats, sweeps }: PriceEffort,
  progress: Progress,
): ClosePrices {
  const sizes = sizesIn(counts, square.size);
  const prices: Prices = { of: first.slice(), offset: new Float64Array(5) };
  const spread = spreadOf(first);
  const moving = sizes.many.length > 1 ? sizes.many : [];
  for (const size of moving) prices.offset[size] = Math.max(easilyAbove(square, prices, size), -LIST_FOR * spread);
  const floors = new Float64Array(5).fill(2.5 * spread);
  let list = new GroupList();
  let least = prices;
  heats.forEach((share, at) => {
    const heat = share * spread;
    list = new GroupList();
    const lone: Lone[] = [];
    let fall = Infinity;
    for (const size of sizes.many) {
      const from = Math.max(4 * heat, LOOK_AGAIN * (floors[size] ?? 0));
      const near = groupsNear(square, prices, size, LIST_FOR * square.size, from);
      if (near.floor < Infinity) floors[size] = near.floor;
      fall = Math.min(fall, near.floor / (size + (moving.length > 0 ? 1 : 0)));
      if (sizes.many.length === 1) lone.push(...addLoneGroups(square, prices, size, near.list));
      list.addAll(near.list);
    }
    least = leastOf(prices, fall, lone, sizes.many[0] ?? 1);
    settlePrices(square, list, prices, { heat, sweeps, counts, moving, least });
    progress((at + 1) / (heats.length + 1));
  });
  makeWhole(prices, sizes.many);
  lowerPrices(square, list, prices, least, LOWERINGS);
  liftPrices(square, prices, sizes);
  const passes = square.size <= SMALL_ENOUGH ? MANY_PASSES : 0;
  for (let pass = 0; pass < passes && tighten(square, prices, sizes.all); pass++);
  return { prices, list, spread };
}
