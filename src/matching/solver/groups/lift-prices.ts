import type { GroupList, Prices } from './group-list.ts';
import { slackOf } from './group-list.ts';
import { groupsAbove } from './list-groups.ts';
import { grown } from './lone-groups.ts';
import { type Square, worthOf } from './square.ts';

/** Groups looked at together when prices are lifted. */
const ROOM = 400_000;

/** How far the best group of a size that is easily found lies above its members’ prices. */
export function easilyAbove(square: Square, prices: Prices, size: number): number {
  let most = -Infinity;
  for (let v = 0; v < square.size; v++) {
    const group = grown(square, prices, [v], size);
    if (group === null) continue;
    most = Math.max(most, worthOf(square, group) - group.reduce((sum, one) => sum + (prices.of[one] ?? 0), 0));
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
 * Raises prices, which are whole, until no group of the round’s sizes is overpriced. The check of every group is exact: the
 * search goes a little below zero, and sums of whole numbers are not rounded.
 */
export function liftPrices(square: Square, prices: Prices, { many, few }: { many: number[]; few: number[] }): void {
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
