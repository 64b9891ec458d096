import type { ProfileTable } from './profile-table.ts';

/** A power of two. */
const BUCKETS = 512;

/** Chooses, for one profile at a time, the best other profiles that hold at least so many members. */
export class ProfileChoice {
  /** What a partner of each profile would cost, as far as known. */
  readonly rate: Int32Array;
  /** The profiles that were chosen last, and what each is worth: the score less its going rate. */
  readonly chosen: Int32Array;
  readonly worth: Int32Array;
  count = 0;
  private readonly table: ProfileTable;
  private least: number;
  private readonly shift: number;
  private readonly held = new Int32Array(BUCKETS);

  constructor(table: ProfileTable) {
    const { profiles, least, most } = table;
    this.table = table;
    this.rate = new Int32Array(profiles);
    this.chosen = new Int32Array(profiles);
    this.worth = new Int32Array(profiles);
    this.least = least;
    let shift = 0;
    while ((2 * (most - least)) >> shift >= BUCKETS) shift++;
    this.shift = shift;
  }

  choose(profile: number, wanted: number): void {
    const { profiles, base } = this.table;
    const { rate, chosen, worth } = this;
    const row = profile * profiles;
    const bar = this.bar(profile, wanted);
    let count = 0;
    for (let q = 0; q < profiles; q++) {
      const value = (base[row + q] ?? 0) - (rate[q] ?? 0);
      if (value < bar) continue;
      chosen[count] = q;
      worth[count++] = value;
    }
    this.count = count;
  }

  /** A value that profiles with at least `wanted` members between them reach or pass in a profile's eyes. */
  private bar(profile: number, wanted: number): number {
    const { profiles, base, start } = this.table;
    const { held, least, shift, rate } = this;
    held.fill(0);
    const row = profile * profiles;
    let from = 0;
    for (let q = 0; q < profiles; q++) {
      const end = start[q + 1] ?? 0;
      const bucket = ((base[row + q] ?? 0) - (rate[q] ?? 0) - least) >> shift;
      held[bucket] = (held[bucket] ?? 0) + end - from;
      from = end;
    }
    let sum = 0;
    let bucket = BUCKETS;
    while (bucket > 0 && sum < wanted) sum += held[--bucket] ?? 0;
    return least + (bucket << shift);
  }

  /**
   * Sets each profile's going rate to half of what its best `wanted` partners are worth to it at least: sought-after
   * profiles then crowd the others out of the candidate lists less.
   */
  learnRates(wanted: number): void {
    const rates = new Int32Array(this.table.profiles);
    for (let p = 0; p < rates.length; p++) rates[p] = this.bar(p, wanted) >> 1;
    this.rate.set(rates);
    this.least -= rates.reduce((most, rate) => Math.max(most, rate), 0);
  }
}
