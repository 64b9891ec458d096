/** Whole numbers below 2³², the same ones each time (xorshift: Marsaglia 2003, https://doi.org/10.18637/jss.v008.i14). */
export class Roll {
  private state = 0x2545f491;

  /** From 0 to below `limit`, which is 2¹⁶ at most. */
  below(limit: number): number {
    let next = this.state;
    next ^= next << 13;
    next ^= next >>> 17;
    next ^= next << 5;
    this.state = next;
    return Math.imul(next >>> 16, limit) >>> 16;
  }
}
