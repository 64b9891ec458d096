import type { Forest } from '../blossom/forest.ts';
import type { SharedPrices } from '../blossom/shared-prices.ts';
import { NEVER } from '../model.ts';
import { tieBreak } from '../tie-break.ts';
import { ChangeRow } from './change-row.ts';
import type { PairList } from './pair-list.ts';
import type { ProfileTable } from './profile-table.ts';

/** Sorts the members of every profile by price, cheapest first, and returns each profile's least price. */
function sortByPrice(table: ProfileTable, price: Int32Array): Int32Array {
  const { profiles, start, member } = table;
  const least = new Int32Array(profiles).fill(1 << 30);
  for (let p = 0; p < profiles; p++) {
    const from = start[p] ?? 0;
    const end = start[p + 1] ?? 0;
    for (let at = from + 1; at < end; at++) {
      const v = member[at] ?? 0;
      const own = price[v] ?? 0;
      let to = at;
      while (to > from && (price[member[to - 1] ?? 0] ?? 0) > own) {
        member[to] = member[to - 1] ?? 0;
        to--;
      }
      member[to] = v;
    }
    if (from < end) least[p] = price[member[from] ?? 0] ?? 0;
  }
  return least;
}

/** Prices every pair of one profile with the given profiles (all at or after it), stopping at what cannot be overpriced. */
class BlockPricing {
  private readonly table: ProfileTable;
  private readonly forest: Forest;
  private readonly found: PairList;
  private readonly shared: SharedPrices | null;
  private readonly margin: number;
  private readonly row: ChangeRow;

  constructor(table: ProfileTable, forest: Forest, found: PairList, shared: SharedPrices | null, margin: number) {
    this.table = table;
    this.forest = forest;
    this.found = found;
    this.shared = shared;
    this.margin = margin;
    this.row = new ChangeRow(table.changes, table.size);
  }

  /** One member with the members of each profile in `others[0 … count − 1]`. */
  member(v: number, others: Int32Array, count: number, least: Int32Array): void {
    const { start, member, base, profiles, profileOf, spread } = this.table;
    const { price } = this.forest;
    const profile = profileOf[v] ?? 0;
    const own = price[v] ?? 0;
    let turned = false;
    for (let k = 0; k < count; k++) {
      const q = others[k] ?? 0;
      const worth = base[profile * profiles + q] ?? 0;
      const bar = 2 * (worth + spread) - own - this.margin;
      if ((least[q] ?? 0) >= bar) continue;
      if (!turned) {
        this.row.turnTo(v);
        turned = true;
      }
      const end = start[q + 1] ?? 0;
      for (let at = start[q] ?? 0; at < end; at++) {
        const other = member[at] ?? 0;
        if ((price[other] ?? 0) >= bar) break;
        if (q !== profile || other > v) this.pair(v, other, worth);
      }
    }
  }

  private pair(a: number, b: number, worth: number): void {
    const { council, spread, keys } = this.table;
    if (council[a] === council[b]) return;
    const change = this.row.of(b);
    if (change === NEVER || (change > 0 && this.shared === null)) return;
    const { price, top } = this.forest;
    const score = worth + change + (spread > 0 ? tieBreak(keys[a] ?? 0, keys[b] ?? 0, spread) : 0);
    let excess = 2 * score - (price[a] ?? 0) - (price[b] ?? 0);
    if (excess <= this.margin) return;
    if (this.shared !== null && top[a] === top[b]) excess -= this.shared.of(a, b);
    if (excess > this.margin) this.found.add(a, b, excess);
  }
}

/**
 * Finds every allowed pair whose doubled score is more than `margin` above its prices; without `shared`, odd sets do not
 * count. Pairs with a correction upwards are left to the caller: the block bounds do not see them.
 */
export function overpricedByProfile(
  table: ProfileTable,
  forest: Forest,
  found: PairList,
  shared: SharedPrices | null,
  margin: number,
): number {
  const { profiles, start, member, base, spread } = table;
  found.clear();
  const least = sortByPrice(table, forest.price);
  const blocks = new BlockPricing(table, forest, found, shared, margin);
  const others = new Int32Array(profiles);
  for (let p = 0; p < profiles; p++) {
    const bar = (least[p] ?? 0) - 2 * spread + margin;
    const row = p * profiles;
    let count = 0;
    for (let q = p; q < profiles; q++) if (2 * (base[row + q] ?? 0) > bar + (least[q] ?? 0)) others[count++] = q;
    if (count === 0) continue;
    for (let at = start[p] ?? 0; at < (start[p + 1] ?? 0); at++) blocks.member(member[at] ?? 0, others, count, least);
  }
  return found.count;
}
