import { type GroupList, type Incidence, incidenceOf, type Prices, slackOf } from './group-list.ts';
import type { Square } from './square.ts';

/** How the prices of one list of groups are settled. */
export interface Settling {
  /** In sixths of a point: how far from their price groups still count. */
  readonly heat: number;
  readonly sweeps: number;
  /** How many groups of each size there will be. */
  readonly counts: Int32Array;
  /** Sizes whose offset moves too. */
  readonly moving: readonly number[];
  /** No price falls below these: groups that are not in the list then stay below theirs. */
  readonly least: Prices;
}

/**
 * How much further than to its balance each price moves, and the last sweeps, which move none further: with it fewer sweeps
 * come as near (Thibault, Chizat, Dossal and Papadakis 2021, https://doi.org/10.3390/a14050143).
 */
const FURTHER = 1.5;
const CALM = 3;

/** How strongly each group is wanted at these prices: exp((worth − price) / heat). */
function demand(list: GroupList, prices: Prices, heat: number): Float64Array {
  return slackOf(list, prices).map((slack) => Math.exp(Math.min(-slack / heat, 500)));
}

/** By how much a price rises when its groups are wanted `total` times and should be wanted `wanted` times. */
function rise(total: number, wanted: number, step: number): number {
  return step * Math.log(Math.min(Math.max(total, 1e-200), 1e200) / wanted);
}

/** Settles the offset of one size: all groups of that size together are to be wanted as often as there will be some. */
function settleOffset(
  list: GroupList,
  { offset }: Prices,
  wanted: Float64Array,
  size: number,
  { heat, counts, least }: Settling,
): void {
  let total = 0;
  for (let k = 0; k < list.count; k++) if (list.sizeOf(k) === size) total += wanted[k] ?? 0;
  const now = offset[size] ?? 0;
  const next = Math.max(now + rise(total, counts[size] ?? 0, heat), least.offset[size] ?? 0);
  const factor = Math.exp(Math.min((now - next) / heat, 500));
  offset[size] = next;
  for (let k = 0; k < list.count; k++)
    if (list.sizeOf(k) === size) wanted[k] = Math.min((wanted[k] ?? 0) * factor, 1e100);
}

function settleMember(
  v: number,
  around: Incidence,
  { of }: Prices,
  wanted: Float64Array,
  { heat, least }: Settling,
  step: number,
): void {
  const end = around.start[v + 1] ?? 0;
  let total = 0;
  for (let e = around.start[v] ?? 0; e < end; e++) total += wanted[around.group[e] ?? 0] ?? 0;
  const now = of[v] ?? 0;
  const next = Math.max(now + rise(total, 1, step), least.of[v] ?? 0);
  const factor = Math.exp(Math.min((now - next) / heat, 500));
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
  const { heat, sweeps, moving } = settling;
  const around = incidenceOf(square, list, list.worth.keys());
  const wanted = demand(list, prices, heat);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const step = sweep < sweeps - CALM ? FURTHER * heat : heat;
    for (let v = 0; v < square.size; v++) settleMember(v, around, prices, wanted, settling, step);
    for (const size of moving) settleOffset(list, prices, wanted, size, settling);
  }
}

/**
 * Lowers each price in turn, in whole sixths, until one of its groups in the list is worth as much; not below `least`.
 * All prices are whole, and no group of the list is worth more.
 */
export function lowerPrices(square: Square, list: GroupList, prices: Prices, least: Prices, passes: number): void {
  const around = incidenceOf(square, list, list.worth.keys());
  const slack = slackOf(list, prices);
  for (let pass = 0; pass < passes; pass++) {
    for (let v = 0; v < square.size; v++) {
      const end = around.start[v + 1] ?? 0;
      let room = Math.floor((prices.of[v] ?? 0) - (least.of[v] ?? 0));
      for (let e = around.start[v] ?? 0; e < end; e++) room = Math.min(room, slack[around.group[e] ?? 0] ?? 0);
      if (!(room > 0) || room === Infinity) continue;
      prices.of[v] = (prices.of[v] ?? 0) - room;
      for (let e = around.start[v] ?? 0; e < end; e++)
        slack[around.group[e] ?? 0] = (slack[around.group[e] ?? 0] ?? 0) - room;
    }
  }
}
