import { NEVER } from '../model.ts';
import type { GroupList, Prices } from './group-list.ts';
import { NearGroups } from './near-groups.ts';
import { Roll } from './roll.ts';
import { FACTOR, type Square } from './square.ts';

/** How a round is reseated: how many moves, and how hot it starts and ends, in sixths of a point. */
export interface Cooling {
  readonly moves: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Of 8 moves, how many bring a whole group of the list together, how many bring one person to just anybody, and how many
 * start where something is wrong, in a group with more slack than the heat: what is lost at last is lost in few groups.
 */
const WHOLE = 5;
const ANYBODY = 1;
const LOOSE = 5;

/** Moves made at one heat. */
const AT_ONCE = 500;

/** −ln of the middle of each of so many equal parts of 0 to 1: what a move may cost at heat 1, each as often. */
const COSTS = Float64Array.from({ length: 4096 }, (_, part) => -Math.log((part + 0.5) / 4096));

/** Places in a row for each group. */
const ROW = 4;

/**
 * A full round that is changed move by move; a move that costs more is made the more rarely the cooler it has become
 * (simulated annealing: Kirkpatrick, Gelatt and Vecchi 1983, https://doi.org/10.1126/science.220.4598.671). In the best
 * rounds almost all groups are worth their price, so most moves bring such a group together, or two of it; whoever sat there
 * takes the places of those who come. Everything is counted in slack, how far a group is worth less than its price: it is
 * never below zero for a proven price, so a move whose first group alone costs too much is given up at once.
 */
export class Reseating {
  private readonly size: number;
  private readonly of: Int32Array;
  private readonly price: Float64Array;
  private readonly offset: Float64Array;
  private readonly alone: Float64Array;
  private readonly near: NearGroups;
  private readonly member: Int32Array;
  private readonly length: Int32Array;
  private readonly slack: Float64Array;
  private readonly groupOf: Int32Array;
  private readonly placeOf: Int32Array;
  private readonly roll = new Roll();
  private readonly coming = new Int32Array(ROW);
  private readonly going = new Int32Array(ROW);
  private readonly touched = new Int32Array(ROW);
  private readonly seats = new Int32Array(ROW);
  private readonly after = new Float64Array(ROW);

  constructor(square: Square, seating: readonly (readonly number[])[], prices: Prices, list: GroupList) {
    this.size = square.size;
    this.of = square.of;
    this.price = prices.of;
    this.offset = prices.offset;
    this.alone = Float64Array.from(square.leave, (leave) => 6 * leave);
    this.near = new NearGroups(square, list, prices);
    this.member = new Int32Array(ROW * seating.length).fill(-1);
    this.length = Int32Array.from(seating, (group) => group.length);
    this.slack = new Float64Array(seating.length);
    this.groupOf = new Int32Array(square.size);
    this.placeOf = new Int32Array(square.size);
    this.seatAll(seating);
  }

  /** Seats everybody anew, in groups of the same sizes as before. */
  seatAll(seating: readonly (readonly number[])[]): void {
    seating.forEach((group, g) => {
      for (const [at, v] of group.entries()) this.seat(v, ROW * g + at);
    });
    for (let g = 0; g < seating.length; g++) this.slack[g] = this.slackAt(g);
  }

  /** What all groups together are worth less than their prices. */
  get total(): number {
    return this.slack.reduce((sum, one) => sum + one, 0);
  }

  get groups(): number[][] {
    return Array.from(this.length, (length, g) => Array.from(this.member.subarray(ROW * g, ROW * g + length)));
  }

  private seat(v: number, place: number): void {
    this.member[place] = v;
    this.placeOf[v] = place;
    this.groupOf[v] = place >> 2;
  }

  private swap(a: number, b: number): void {
    const place = this.placeOf[a] ?? 0;
    this.seat(a, this.placeOf[b] ?? 0);
    this.seat(b, place);
  }

  private slackAt(g: number): number {
    return this.slackOf(this.member, ROW * g, this.length[g] ?? 0);
  }

  /** Of the group that stands in a list from a place on; infinite where two may not meet. */
  private slackOf(member: Int32Array, from: number, length: number): number {
    const { of, price, size } = this;
    const first = member[from] ?? 0;
    let wanted = (this.offset[length] ?? 0) + (price[first] ?? 0);
    if (length === 1) return wanted - (this.alone[first] ?? 0);
    let sum = 0;
    for (let at = from + 1; at < from + length; at++) {
      const v = member[at] ?? 0;
      wanted += price[v] ?? 0;
      for (let before = from; before < at; before++) {
        const score = of[v * size + (member[before] ?? 0)] ?? 0;
        if (score === NEVER) return Infinity;
        sum += score;
      }
    }
    return wanted - (FACTOR[length] ?? 0) * sum;
  }

  /** Makes so many moves, ever cooler. */
  run({ moves, first, last }: Cooling): void {
    const { size, roll } = this;
    const turns = Math.ceil(moves / AT_ONCE);
    for (let turn = 0; turn < turns; turn++) {
      const heat = first * (last / first) ** (turn / turns);
      const loose = this.looserThan(heat);
      for (let move = 0; move < AT_ONCE; move++) {
        const g = loose.length > 0 && roll.below(8) < LOOSE ? (loose[roll.below(loose.length)] ?? 0) : -1;
        const a = g < 0 ? roll.below(size) : (this.member[ROW * g + roll.below(this.length[g] ?? 0)] ?? 0);
        const most = heat * (COSTS[roll.below(4096)] ?? 0);
        const kind = roll.below(8);
        if (kind < WHOLE) this.bringTogether(a, most);
        else if (kind < 8 - ANYBODY) this.bringPartner(a, most);
        else this.bring(roll.below(size), a, most);
      }
    }
  }

  private looserThan(heat: number): number[] {
    const loose: number[] = [];
    for (let g = 0; g < this.slack.length; g++) if ((this.slack[g] ?? 0) > heat) loose.push(g);
    return loose;
  }

  private bringPartner(a: number, most: number): void {
    const k = this.near.drawAround(a, this.roll);
    if (k < 0) return;
    const { start, member } = this.near;
    const from = start[k] ?? 0;
    const last = (start[k + 1] ?? 0) - 1;
    const partner = member[from + this.roll.below(last - from)] ?? a;
    this.bring(partner === a ? (member[last] ?? a) : partner, a, most);
  }

  /** Brings somebody to a member’s group, in the place of somebody else there, if that costs no more than `most`. */
  private bring(b: number, a: number, most: number): void {
    const { groupOf, slack, member } = this;
    const here = groupOf[a] ?? 0;
    const there = groupOf[b] ?? 0;
    const length = this.length[here] ?? 0;
    if (here === there || length === 1) return;
    const from = ROW * here;
    const at = from + this.roll.below(length - 1);
    const c = member[at < (this.placeOf[a] ?? 0) ? at : at + 1] ?? 0;
    const limit = most + (slack[here] ?? 0) + (slack[there] ?? 0);
    this.swap(b, c);
    const own = this.slackAt(here);
    const other = own > limit ? 0 : this.slackAt(there);
    if (own + other > limit) {
      this.swap(b, c);
      return;
    }
    slack[here] = own;
    slack[there] = other;
  }

  /** Brings one of a member’s groups in the list together where they sit, if that costs no more than `most`. */
  private bringTogether(a: number, most: number): void {
    const { groupOf, slack, coming, going, touched, after, near, length } = this;
    const k = near.drawAround(a, this.roll);
    if (k < 0) return;
    const here = groupOf[a] ?? 0;
    const own = near.slack[k] ?? 0;
    const from = near.start[k] ?? 0;
    const end = near.start[k + 1] ?? 0;
    if (end - from !== length[here]) return;
    let limit = most + (slack[here] ?? 0) - own;
    let count = 0;
    let others = 0;
    for (let at = from; at < end; at++) {
      const v = near.member[at] ?? 0;
      const g = groupOf[v] ?? 0;
      if (g === here) continue;
      coming[count++] = v;
      let isKnown = false;
      for (let j = 0; j < others; j++) if (touched[j] === g) isKnown = true;
      if (isKnown) continue;
      touched[others++] = g;
      limit += slack[g] ?? 0;
    }
    if (count === 0 || limit < 0) return;
    this.whoGoes(from, end, here);
    for (let j = 0; j < others; j++) {
      after[j] = this.slackAfter(touched[j] ?? 0, count);
      limit -= after[j] ?? 0;
      if (limit < 0) return;
    }
    for (let i = 0; i < count; i++) this.swap(coming[i] ?? 0, going[i] ?? 0);
    slack[here] = own;
    for (let j = 0; j < others; j++) slack[touched[j] ?? 0] = after[j] ?? 0;
  }

  /** Notes in random order who of a group is not in the listed group that comes together there. */
  private whoGoes(from: number, end: number, here: number): void {
    const { near, member, going, roll } = this;
    let count = 0;
    for (let place = ROW * here; place < ROW * here + end - from; place++) {
      const v = member[place] ?? 0;
      let stays = false;
      for (let at = from; at < end; at++) if (near.member[at] === v) stays = true;
      if (!stays) going[count++] = v;
    }
    for (let i = count - 1; i > 0; i--) {
      const other = roll.below(i + 1);
      const v = going[i] ?? 0;
      going[i] = going[other] ?? 0;
      going[other] = v;
    }
  }

  /** What a group’s slack is once whoever is coming from there has been replaced. */
  private slackAfter(g: number, count: number): number {
    const { member, coming, going, seats } = this;
    const length = this.length[g] ?? 0;
    for (let i = 0; i < length; i++) {
      let v = member[ROW * g + i] ?? 0;
      for (let j = 0; j < count; j++) if (coming[j] === v) v = going[j] ?? 0;
      seats[i] = v;
    }
    return this.slackOf(seats, 0, length);
  }
}
