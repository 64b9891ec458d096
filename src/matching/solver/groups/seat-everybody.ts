import { NEVER } from '../model.ts';
import type { Square } from './square.ts';

/** Seats tried, for each member, before a way to divide everybody is given up. */
const PATIENCE = 60;

/** A search for one seating in which all may meet: whoever has the fewest left to meet is seated first. */
class Seating {
  readonly groups: number[][] = [];
  private readonly square: Square;
  /** How many groups of each size are still to be made. */
  private readonly wanted: Int32Array;
  private readonly isSeated: Uint8Array;
  /** How many unseated others each member may meet. */
  private readonly choice: Int32Array;
  private patience: number;

  constructor(square: Square, sizes: readonly number[]) {
    const { size, of } = square;
    this.square = square;
    this.wanted = new Int32Array(5);
    for (const one of sizes) this.wanted[one] = (this.wanted[one] ?? 0) + 1;
    this.isSeated = new Uint8Array(size);
    this.choice = new Int32Array(size);
    for (let v = 0; v < size; v++)
      for (let other = 0; other < size; other++)
        if (of[v * size + other] !== NEVER) this.choice[v] = (this.choice[v] ?? 0) + 1;
    this.patience = PATIENCE * (size + 20);
  }

  private seat(v: number, by: 1 | -1): void {
    const { size, of } = this.square;
    this.isSeated[v] = by === 1 ? 1 : 0;
    for (let other = 0; other < size; other++)
      if (of[v * size + other] !== NEVER) this.choice[other] = (this.choice[other] ?? 0) - by;
  }

  /** Of unseated members who may meet all of a group, the one with the fewest others to meet who comes after `last`; −1 for none. */
  private companion(group: readonly number[], last: number): number {
    const { size, of } = this.square;
    const { choice, isSeated } = this;
    const least = last < 0 ? -1 : (choice[last] ?? 0);
    let best = -1;
    let fewest = size;
    for (let v = 0; v < size; v++) {
      const others = choice[v] ?? 0;
      if (isSeated[v] === 1 || others >= fewest || others < least || (others === least && v <= last)) continue;
      if (!group.every((one) => of[one * size + v] !== NEVER)) continue;
      best = v;
      fewest = others;
    }
    return best;
  }

  /** Seats everybody who is not yet, or nobody more. */
  seatRest(): boolean {
    const first = this.companion([], -1);
    if (first < 0) return true;
    for (let size = 4; size >= 1; size--) {
      if (this.wanted[size] === 0) continue;
      this.wanted[size] = (this.wanted[size] ?? 0) - 1;
      this.seat(first, 1);
      if (this.fill([first], size)) return true;
      this.seat(first, -1);
      this.wanted[size] = (this.wanted[size] ?? 0) + 1;
    }
    return false;
  }

  private fill(group: readonly number[], size: number): boolean {
    if (--this.patience < 0) return false;
    if (group.length === size) {
      this.groups.push([...group]);
      if (this.seatRest()) return true;
      this.groups.pop();
      return false;
    }
    for (let next = this.companion(group, -1); next >= 0; next = this.companion(group, next)) {
      this.seat(next, 1);
      if (this.fill([...group, next], size)) return true;
      this.seat(next, -1);
      if (this.patience < 0) return false;
    }
    return false;
  }
}

/** Some seating in groups of exactly these sizes (a one is left out) in which all may meet; null when none was found. */
export function seatEverybody(square: Square, sizes: readonly number[]): number[][] | null {
  const seating = new Seating(square, sizes);
  return seating.seatRest() ? seating.groups : null;
}
