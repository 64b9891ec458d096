import { type GroupList, type Incidence, incidenceOf, type Prices, slackOf } from './group-list.ts';
import type { Square } from './square.ts';

/** How the prices of one list of groups are settled. */
export interface Settling {
  /** In sixths of a point: how far from their price groups still count. */
  readonly heat: number;
  readonly sweeps: number;
  /** No price falls by more: groups that are not in the list then stay below theirs. */
  readonly fall: number;
  /** How many groups of each size there will be. */
  readonly counts: Int32Array;
  /** Sizes whose offset moves too. */
  readonly moving: readonly number[];
}

/** How strongly each group is wanted at these prices: exp((worth − price) / heat). */
function demand(list: GroupList, prices: Prices, heat: number): Float64Array {
  return slackOf(list, prices).map((slack) => Math.exp(Math.min(-slack / heat, 500)));
}

/** What a price becomes when its groups are wanted `total` times and should be wanted `wanted` times. */
function settled(price: number, total: number, wanted: number, least: number, heat: number): number {
  return Math.max(price + heat * Math.log(Math.min(Math.max(total, 1e-200), 1e200) / wanted), least);
}

/** Settles the offset of one size: all groups of that size together are to be wanted as often as there will be some. */
function settleOffset(
  list: GroupList,
  { offset }: Prices,
  wanted: Float64Array,
  size: number,
  least: number,
  { heat, counts }: Settling,
): void {
  let total = 0;
  for (let k = 0; k < list.count; k++) if (list.sizeOf(k) === size) total += wanted[k] ?? 0;
  const next = settled(offset[size] ?? 0, total, counts[size] ?? 0, least, heat);
  const factor = Math.exp(Math.min(((offset[size] ?? 0) - next) / heat, 500));
  offset[size] = next;
  for (let k = 0; k < list.count; k++)
    if (list.sizeOf(k) === size) wanted[k] = Math.min((wanted[k] ?? 0) * factor, 1e100);
}

function settleMember(
  v: number,
  around: Incidence,
  { of }: Prices,
  wanted: Float64Array,
  least: number,
  heat: number,
): void {
  const end = around.start[v + 1] ?? 0;
  let total = 0;
  for (let e = around.start[v] ?? 0; e < end; e++) total += wanted[around.group[e] ?? 0] ?? 0;
  const next = settled(of[v] ?? 0, total, 1, least, heat);
  const factor = Math.exp(Math.min(((of[v] ?? 0) - next) / heat, 500));
  of[v] = next;
  for (let e = around.start[v] ?? 0; e < end; e++)
    wanted[around.group[e] ?? 0] = Math.min((wanted[around.group[e] ?? 0] ?? 0) * factor, 1e100);
}

/**
 * Moves each price in turn so that a member’s groups are wanted exactly once in all. At a fixed heat this minimises
 * Σ price + Σ count · offset + heat · Σ demand, which tends to the linear program’s dual as heat falls (Sinkhorn scaling on
 * groups; compare Peyré and Cuturi 2019, https://doi.org/10.1561/2200000073, section 4).
 */
export function settlePrices(square: Square, list: GroupList, prices: Prices, settling: Settling): void {
  const { heat, sweeps, fall, moving } = settling;
  const around = incidenceOf(square, list, list.worth.keys());
  const least = prices.of.map((one) => one - fall);
  const leastOffset = prices.offset.map((one) => one - fall);
  const wanted = demand(list, prices, heat);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let v = 0; v < square.size; v++) settleMember(v, around, prices, wanted, least[v] ?? 0, heat);
    for (const size of moving) settleOffset(list, prices, wanted, size, leastOffset[size] ?? 0, settling);
  }
}
