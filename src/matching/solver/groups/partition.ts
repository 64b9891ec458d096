import type { Cover } from './cover.ts';

/** Ways tried before one set of groups is given up. */
const PATIENCE = 2000;

/** A search for the best way to divide the members of a few groups anew into groups of a list. */
class Partition {
  best: number[] | null = null;
  private readonly cover: Cover;
  private readonly members: readonly number[];
  /** By place: groups of the list that lie inside, those with the least slack first. */
  private readonly choices: readonly number[][];
  /** By member: their place among those to be divided, −1 for everybody else. */
  private readonly placeOf: Int32Array;
  /** By place: the least share of slack that covering this member costs. */
  private readonly least: readonly number[];
  private readonly isCovered: Uint8Array;
  /** How many groups of each size are still to be made. */
  private readonly wanted: Int32Array;
  private readonly taken: number[] = [];
  private limit: number;
  private patience = PATIENCE;

  constructor(cover: Cover, apart: readonly number[], placeOf: Int32Array) {
    const { list, slack } = cover;
    this.cover = cover;
    this.members = apart.flatMap((k) => list.group(k));
    this.placeOf = placeOf;
    this.members.forEach((v, place) => {
      placeOf[v] = place;
    });
    this.wanted = new Int32Array(5);
    this.limit = 0;
    for (const k of apart) {
      this.wanted[list.sizeOf(k)] = (this.wanted[list.sizeOf(k)] ?? 0) + 1;
      this.limit += slack[k] ?? 0;
    }
    this.choices = this.members.map((v) => this.inside(v));
    this.least = this.choices.map((groups) =>
      groups.reduce((least, k) => Math.min(least, (slack[k] ?? 0) / list.sizeOf(k)), Infinity),
    );
    this.isCovered = new Uint8Array(this.members.length);
  }

  private inside(v: number): number[] {
    const { list, slack, around } = this.cover;
    const found: number[] = [];
    for (let e = around.start[v] ?? 0; e < (around.start[v + 1] ?? 0); e++) {
      const k = around.group[e] ?? 0;
      if ((slack[k] ?? 0) >= this.limit) break;
      let isInside = true;
      for (let at = list.start[k] ?? 0; isInside && at < (list.start[k + 1] ?? 0); at++)
        isInside = (this.placeOf[list.member[at] ?? 0] ?? -1) >= 0;
      if (isInside) found.push(k);
    }
    return found;
  }

  /** The least that a group would make the rest cost, or −1 when it does not fit. */
  private restAfter(k: number, rest: number): number {
    const { start, member } = this.cover.list;
    if (this.wanted[(start[k + 1] ?? 0) - (start[k] ?? 0)] === 0) return -1;
    let after = rest;
    for (let at = start[k] ?? 0; at < (start[k + 1] ?? 0); at++) {
      const place = this.placeOf[member[at] ?? 0] ?? 0;
      if (this.isCovered[place] === 1) return -1;
      after -= this.least[place] ?? 0;
    }
    return Math.max(0, after);
  }

  private mark(k: number, isCovered: 0 | 1): void {
    const { start, member } = this.cover.list;
    for (let at = start[k] ?? 0; at < (start[k + 1] ?? 0); at++)
      this.isCovered[this.placeOf[member[at] ?? 0] ?? 0] = isCovered;
    this.wanted[(start[k + 1] ?? 0) - (start[k] ?? 0)] =
      (this.wanted[(start[k + 1] ?? 0) - (start[k] ?? 0)] ?? 0) + (isCovered === 1 ? -1 : 1);
  }

  /** The uncovered member with the fewest groups that could still cover it; −1 when all are covered. */
  private hardest(sum: number, rest: number): number {
    let hardest = -1;
    let fewest = Infinity;
    for (let place = 0; place < this.members.length; place++) {
      if (this.isCovered[place] === 1) continue;
      let fitting = 0;
      for (const k of this.choices[place] ?? []) {
        if (sum + (this.cover.slack[k] ?? 0) >= this.limit || fitting >= fewest) break;
        if (this.restAfter(k, rest) >= 0) fitting++;
      }
      if (fitting >= fewest) continue;
      fewest = fitting;
      hardest = place;
      if (fitting === 0) break;
    }
    return hardest;
  }

  search(sum: number, rest: number): void {
    const place = this.hardest(sum, rest);
    if (place < 0) {
      this.limit = sum;
      this.best = [...this.taken];
      return;
    }
    if (--this.patience < 0) return;
    const { slack } = this.cover;
    for (const k of this.choices[place] ?? []) {
      if (sum + (slack[k] ?? 0) >= this.limit) break;
      const after = this.restAfter(k, rest);
      if (after < 0 || sum + (slack[k] ?? 0) + after >= this.limit) continue;
      this.mark(k, 1);
      this.taken.push(k);
      this.search(sum + (slack[k] ?? 0), after);
      this.taken.pop();
      this.mark(k, 0);
    }
  }

  run(): number[] | null {
    const rest = this.least.reduce((sum, one) => sum + one, 0);
    if (rest < this.limit) this.search(0, rest);
    return this.best;
  }
}

/** Better groups of the list for the members of these groups of a cover, as many of each size; null when none were found. */
export function bestPartition(cover: Cover, apart: readonly number[]): number[] | null {
  const placeOf = new Int32Array(cover.coveredBy.length).fill(-1);
  return new Partition(cover, apart, placeOf).run();
}
