import { type GroupList, type Incidence, incidenceOf } from './group-list.ts';
import type { Square } from './square.ts';

/** Whole numbers from 0 to below `limit`, seeded (mulberry32). */
export type Roll = (limit: number) => number;

export function seededRoll(seed: number): Roll {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

/** Groups of a list that stand beside each other, nobody in two of them; some members may be in none. */
export class Cover {
  readonly list: GroupList;
  readonly slack: Float64Array;
  /** Each member’s groups, those with the least slack first. */
  readonly around: Incidence;
  /** The group that covers each member, −1 for none. */
  readonly coveredBy: Int32Array;
  readonly uncovered: number[] = [];
  /** How many more groups of each size there may be. */
  readonly room: Int32Array;
  private readonly placeOf: Int32Array;

  constructor(square: Square, list: GroupList, slack: Float64Array, counts: Int32Array) {
    this.list = list;
    this.slack = slack;
    const order = Array.from(slack, (_, k) => k).sort((p, q) => (slack[p] ?? 0) - (slack[q] ?? 0));
    this.around = incidenceOf(square, list, order);
    this.coveredBy = new Int32Array(square.size).fill(-1);
    this.placeOf = new Int32Array(square.size);
    this.room = counts.slice();
    for (let v = 0; v < square.size; v++) this.uncover(v);
  }

  private uncover(v: number): void {
    this.coveredBy[v] = -1;
    this.placeOf[v] = this.uncovered.length;
    this.uncovered.push(v);
  }

  remove(k: number): void {
    const { start, member } = this.list;
    this.room[(start[k + 1] ?? 0) - (start[k] ?? 0)] = (this.room[(start[k + 1] ?? 0) - (start[k] ?? 0)] ?? 0) + 1;
    for (let at = start[k] ?? 0; at < (start[k + 1] ?? 0); at++) this.uncover(member[at] ?? 0);
  }

  /** Puts in a group whose members are all uncovered. */
  insert(k: number): void {
    const { start, member } = this.list;
    this.room[(start[k + 1] ?? 0) - (start[k] ?? 0)] = (this.room[(start[k + 1] ?? 0) - (start[k] ?? 0)] ?? 0) - 1;
    for (let at = start[k] ?? 0; at < (start[k + 1] ?? 0); at++) {
      const v = member[at] ?? 0;
      const place = this.placeOf[v] ?? 0;
      const last = this.uncovered.pop() ?? v;
      if (last !== v) {
        this.uncovered[place] = last;
        this.placeOf[last] = place;
      }
      this.coveredBy[v] = k;
    }
  }

  /** Groups in the cover, in order of their first member. */
  chosen(): number[] {
    return [...new Set(this.coveredBy)].filter((k) => k >= 0);
  }

  /** Takes the first groups in `order` that fit. */
  fillFrom(order: Iterable<number>): void {
    const { start, member } = this.list;
    for (const k of order) {
      if (this.room[(start[k + 1] ?? 0) - (start[k] ?? 0)] === 0) continue;
      let fits = true;
      for (let at = start[k] ?? 0; fits && at < (start[k + 1] ?? 0); at++)
        fits = (this.coveredBy[member[at] ?? 0] ?? 0) < 0;
      if (fits) this.insert(k);
    }
  }
}
