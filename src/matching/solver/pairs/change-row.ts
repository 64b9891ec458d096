import { NEVER } from '../model.ts';
import type { Changes } from './profile-table.ts';

/** The corrections of one member at a time, laid out so that each partner's can be read at once. */
export class ChangeRow {
  private readonly changes: Changes;
  private readonly stamp: Int32Array;
  private readonly change: Int32Array;
  private now = 0;

  constructor(changes: Changes, size: number) {
    this.changes = changes;
    this.stamp = new Int32Array(size);
    this.change = new Int32Array(size);
  }

  /** Turns to a member; several corrections of one pair add up, and NEVER wins. */
  turnTo(member: number): void {
    const { changes, stamp, change } = this;
    const now = ++this.now;
    for (let e = changes.start[member] ?? 0; e < (changes.start[member + 1] ?? 0); e++) {
      const other = changes.to[e] ?? 0;
      const by = changes.change[e] ?? 0;
      if (stamp[other] !== now) {
        stamp[other] = now;
        change[other] = by;
      } else if (by === NEVER || change[other] === NEVER) change[other] = NEVER;
      else change[other] = (change[other] ?? 0) + by;
    }
  }

  /** The correction for the pair of that member with `other`: 0 without one, NEVER when they may not be paired. */
  of(other: number): number {
    return this.stamp[other] === this.now ? (this.change[other] ?? 0) : 0;
  }
}
