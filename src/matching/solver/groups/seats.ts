import { FACTOR, type Square, worthOf } from './square.ts';

/** Groups in which everybody has a seat (alone: left out), improved by swapping two members. */
export class Seats {
  readonly groups: number[][];
  private readonly square: Square;
  private readonly groupOf: Int32Array;
  /** What each member’s pairs with each group’s members add up to (alone: their leave-out value): members × groups. */
  private readonly ties: Float64Array;
  /** What a group’s ties are multiplied by, and what the pair is of two who change places with each other. */
  private readonly factor: Int32Array;
  private readonly pairFactor: Int32Array;

  constructor(square: Square, groups: readonly (readonly number[])[]) {
    this.square = square;
    this.groups = groups.map((group) => [...group]);
    this.groupOf = new Int32Array(square.size);
    this.ties = new Float64Array(square.size * groups.length);
    this.factor = Int32Array.from(groups, (group) => FACTOR[group.length] ?? 0);
    this.pairFactor = Int32Array.from(groups, (group) => (group.length === 1 ? 0 : (FACTOR[group.length] ?? 0)));
    this.groups.forEach((group, g) => {
      this.replace(g, group);
    });
  }

  private replace(g: number, group: number[]): void {
    const { size, of, leave } = this.square;
    const count = this.groups.length;
    this.groups[g] = group;
    for (const v of group) this.groupOf[v] = g;
    for (let v = 0; v < size; v++) {
      let sum = group.length === 1 ? (leave[v] ?? 0) : 0;
      if (group.length > 1) for (const other of group) if (other !== v) sum += of[v * size + other] ?? 0;
      this.ties[v * count + g] = sum;
    }
  }

  /** Swaps two members wherever that helps, until it helps nowhere. */
  swapAll(): void {
    const { size } = this.square;
    let quiet = 0;
    for (let a = 0; quiet < size; a = a + 1 === size ? 0 : a + 1) quiet = this.swapBest(a) ? 0 : quiet + 1;
  }

  /** Swaps a member with the one that helps most. */
  private swapBest(a: number): boolean {
    const { groupOf, ties, factor, pairFactor } = this;
    const { size, of } = this.square;
    const count = this.groups.length;
    const own = groupOf[a] ?? 0;
    const rowA = a * count;
    const [ownFactor, ownPair, here] = [
      factor[own] ?? 0,
      pairFactor[own] ?? 0,
      (factor[own] ?? 0) * (ties[rowA + own] ?? 0),
    ];
    let best = -1;
    let most = 0;
    for (let b = 0; b < size; b++) {
      const there = groupOf[b] ?? 0;
      if (there === own) continue;
      const rowB = b * count;
      const gain =
        (factor[there] ?? 0) * ((ties[rowA + there] ?? 0) - (ties[rowB + there] ?? 0)) +
        ownFactor * (ties[rowB + own] ?? 0) -
        (ownPair + (pairFactor[there] ?? 0)) * (of[a * size + b] ?? 0) -
        here;
      if (gain <= most) continue;
      most = gain;
      best = b;
    }
    if (best < 0) return false;
    const there = groupOf[best] ?? 0;
    const mine = (this.groups[own] ?? []).map((v) => (v === a ? best : v));
    const theirs = (this.groups[there] ?? []).map((v) => (v === best ? a : v));
    this.replace(own, mine);
    this.replace(there, theirs);
    return true;
  }
}

export function worthOfAll(square: Square, groups: readonly (readonly number[])[]): number {
  return groups.reduce((sum, group) => sum + worthOf(square, group), 0);
}
