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

  /** Unseated members who may meet all of a group, those with the fewest others to meet first. */
  private companions(group: readonly number[]): number[] {
    const { size, of } = this.square;
    const found: number[] = [];
    for (let v = 0; v < size; v++)
      if (this.isSeated[v] === 0 && group.every((one) => of[one * size + v] !== NEVER)) found.push(v);
    return found.sort((a, b) => (this.choice[a] ?? 0) - (this.choice[b] ?? 0) || a - b);
  }

  /** Seats everybody who is not yet, or nobody more. */
  seatRest(): boolean {
    const first = this.companions([]).at(0);
    if (first === undefined) return true;
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
    for (const next of this.companions(group)) {
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
