import { NEVER } from '../model.ts';
import { tieBreak } from '../tie-break.ts';
import { BestFew } from './best-few.ts';
import { ChangeRow } from './change-row.ts';
import { PairList } from './pair-list.ts';
import type { Changes, ProfileTable } from './profile-table.ts';

const BUCKETS = 512;

/** Chooses, for one profile, the best other profiles until they hold `wanted` members, best first. */
class ProfileChoice {
  private readonly table: ProfileTable;
  /** What a partner of each profile would cost, as far as known. */
  readonly rate: Int32Array;
  private least: number;
  private readonly shift: number;
  private readonly keys: Float64Array;
  private readonly bucket = new Int32Array(BUCKETS);

  constructor(table: ProfileTable) {
    this.table = table;
    let least = 0;
    let most = 0;
    for (const value of table.base) {
      if (value < least) least = value;
      else if (value > most) most = value;
    }
    this.keys = new Float64Array(table.profiles);
    this.rate = new Int32Array(table.profiles);
    this.least = least;
    let shift = 0;
    while ((2 * (most - least)) >> shift >= BUCKETS) shift++;
    this.shift = shift;
  }

  /** The chosen profiles, best first; what counts is the score less the partner's going rate. */
  of(profile: number, wanted: number): Int32Array {
    const { profiles, base } = this.table;
    const row = profile * profiles;
    const floor = this.bar(profile, wanted);
    const { rate, keys } = this;
    let count = 0;
    for (let q = 0; q < profiles; q++) {
      const value = (base[row + q] ?? 0) - (rate[q] ?? 0);
      if (value >= floor) keys[count++] = q - value * profiles;
    }
    const sorted = keys.subarray(0, count).sort();
    const chosen = new Int32Array(count);
    for (let k = 0; k < count; k++) chosen[k] = (sorted[k] ?? 0) - Math.floor((sorted[k] ?? 0) / profiles) * profiles;
    return chosen;
  }

  /** A value that profiles with at least `wanted` members between them reach or pass in a profile's eyes. */
  private bar(profile: number, wanted: number): number {
    const { profiles, base, start } = this.table;
    const { bucket, least, shift, rate } = this;
    bucket.fill(0);
    const row = profile * profiles;
    for (let q = 0; q < profiles; q++)
      bucket[((base[row + q] ?? 0) - (rate[q] ?? 0) - least) >> shift] =
        (bucket[((base[row + q] ?? 0) - (rate[q] ?? 0) - least) >> shift] ?? 0) +
        ((start[q + 1] ?? 0) - (start[q] ?? 0));
    let held = 0;
    let bar = BUCKETS;
    while (bar > 0 && held < wanted) held += bucket[--bar] ?? 0;
    return least + (bar << shift);
  }

  /**
   * Sets each profile's going rate to half of what its best `wanted` partners are worth to it at least: sought-after
   * profiles then crowd the others out of the candidate lists less.
   */
  learnRates(wanted: number): void {
    const { profiles } = this.table;
    const rates = new Int32Array(profiles);
    for (let p = 0; p < profiles; p++) rates[p] = this.bar(p, wanted) >> 1;
    this.rate.set(rates);
    this.least -= this.rate.reduce((most, rate) => Math.max(most, rate), 0);
  }
}

/** Offers a member all partners of the given profiles that can still get in; members begin at different ones, against ties. */
function offerPartners(
  table: ProfileTable,
  row: ChangeRow,
  member: number,
  chosen: Int32Array,
  rate: Int32Array,
  few: BestFew,
): void {
  const { council, start, spread, keys } = table;
  const key = keys[member] ?? 0;
  const own = (table.profileOf[member] ?? 0) * table.profiles;
  row.turnTo(member);
  for (const q of chosen) {
    const base = (table.base[own + q] ?? 0) - (rate[q] ?? 0);
    if (base + spread <= few.bar) return;
    const first = start[q] ?? 0;
    const count = (start[q + 1] ?? 0) - first;
    for (let k = 0, turn = member % count; k < count; k++, turn = turn + 1 === count ? 0 : turn + 1) {
      const other = table.member[first + turn] ?? 0;
      if (council[other] === council[member]) continue;
      const change = row.of(other);
      if (change !== NEVER)
        few.offer(other, base + change + (spread > 0 ? tieBreak(key, keys[other] ?? 0, spread) : 0));
    }
  }
}

/** Whether the same partner already stood in the member's corrections before position `at`. */
function twiceListed(changes: Changes, member: number, at: number): boolean {
  for (let e = changes.start[member] ?? 0; e < at; e++) if (changes.to[e] === changes.to[at]) return true;
  return false;
}

/** Every pair with a correction upwards: the block bounds of pricing do not see it, so it is always a candidate. */
export function addRaised(table: ProfileTable, list: PairList): void {
  const { changes, size } = table;
  const row = new ChangeRow(changes, size);
  for (let a = 0; a < size; a++) {
    row.turnTo(a);
    for (let e = changes.start[a] ?? 0; e < (changes.start[a + 1] ?? 0); e++) {
      const b = changes.to[e] ?? 0;
      const change = row.of(b);
      if (b <= a || change <= 0 || twiceListed(changes, a, e) || table.council[a] === table.council[b]) continue;
      const base = table.base[(table.profileOf[a] ?? 0) * table.profiles + (table.profileOf[b] ?? 0)] ?? 0;
      list.add(a, b, 2 * (base + change + tieBreak(table.keys[a] ?? 0, table.keys[b] ?? 0, table.spread)));
    }
  }
}

/** About the `each` best partners of every member, each pair once, with doubled weights. */
export function profileCandidates(table: ProfileTable, each: number): PairList {
  const { size, profiles, start, member } = table;
  const choice = new ProfileChoice(table);
  choice.learnRates(each);
  const { rate } = choice;
  const row = new ChangeRow(table.changes, size);
  const few = new BestFew(each);
  const partners = new Int32Array(size * each).fill(-1);
  const values = new Int32Array(size * each);
  for (let p = 0; p < profiles; p++) {
    if (start[p] === start[p + 1]) continue;
    const chosen = choice.of(p, 4 * each);
    for (let at = start[p] ?? 0; at < (start[p + 1] ?? 0); at++) {
      const v = member[at] ?? 0;
      few.clear();
      offerPartners(table, row, v, chosen, rate, few);
      if (few.count < each && chosen.length < profiles) {
        few.clear();
        offerPartners(table, row, v, choice.of(p, size), rate, few);
      }
      for (let k = 0; k < few.count; k++) {
        partners[v * each + k] = few.items[k] ?? 0;
        values[v * each + k] = (few.values[k] ?? 0) + (rate[table.profileOf[few.items[k] ?? 0] ?? 0] ?? 0);
      }
    }
  }
  const list = eachOnce(size, each, partners, values);
  addRaised(table, list);
  return list;
}

/** The pairs of all members' lists (−1 ends one), each once, with doubled weights. */
export function eachOnce(size: number, each: number, partners: Int32Array, values: Int32Array): PairList {
  const list = new PairList();
  for (let v = 0; v < size; v++) {
    for (let k = v * each; k < (v + 1) * each; k++) {
      const other = partners[k] ?? 0;
      if (other < 0) break;
      if (other > v || !names(partners, other, each, v)) list.add(v, other, 2 * (values[k] ?? 0));
    }
  }
  return list;
}

function names(partners: Int32Array, member: number, each: number, other: number): boolean {
  for (let k = member * each; k < (member + 1) * each; k++) if (partners[k] === other) return true;
  return false;
}
