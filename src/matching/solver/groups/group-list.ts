import type { Square } from './square.ts';

/** Groups one after the other in flat lists: group k is `member[start[k]] … member[start[k + 1] − 1]`. */
export class GroupList {
  readonly start: number[] = [0];
  readonly member: number[] = [];
  /** In sixths of a point. */
  readonly worth: number[] = [];

  get count(): number {
    return this.worth.length;
  }

  add(group: readonly number[], worth: number): void {
    for (const v of group) this.member.push(v);
    this.start.push(this.member.length);
    this.worth.push(worth);
  }

  addAll(other: GroupList): void {
    const from = this.member.length;
    for (const v of other.member) this.member.push(v);
    for (let k = 1; k <= other.count; k++) this.start.push(from + (other.start[k] ?? 0));
    for (const worth of other.worth) this.worth.push(worth);
  }

  group(k: number): number[] {
    return this.member.slice(this.start[k] ?? 0, this.start[k + 1] ?? 0);
  }

  sizeOf(k: number): number {
    return (this.start[k + 1] ?? 0) - (this.start[k] ?? 0);
  }
}

/**
 * Prices of members and an offset for each size of group, in sixths of a point: a group’s price is the sum of its members’
 * and the offset of its size (`offset[1]` for leaving somebody out).
 */
export interface Prices {
  readonly of: Float64Array;
  readonly offset: Float64Array;
}

/** How far each group of a list is worth less than its price. */
export function slackOf(list: GroupList, { of, offset }: Prices): Float64Array {
  const slack = new Float64Array(list.count);
  for (let k = 0; k < list.count; k++) {
    let price = offset[list.sizeOf(k)] ?? 0;
    for (let at = list.start[k] ?? 0; at < (list.start[k + 1] ?? 0); at++) price += of[list.member[at] ?? 0] ?? 0;
    slack[k] = price - (list.worth[k] ?? 0);
  }
  return slack;
}

/** For each member the groups of a list that hold them, in flat lists. */
export interface Incidence {
  readonly start: Int32Array;
  readonly group: Int32Array;
}

/** Each member’s groups in the given order. */
export function incidenceOf({ size }: Square, list: GroupList, order: Iterable<number>): Incidence {
  const start = new Int32Array(size + 1);
  for (const v of list.member) start[v + 1] = (start[v + 1] ?? 0) + 1;
  for (let v = 0; v < size; v++) start[v + 1] = (start[v + 1] ?? 0) + (start[v] ?? 0);
  const fill = start.slice(0, size);
  const group = new Int32Array(list.member.length);
  for (const k of order) {
    for (let at = list.start[k] ?? 0; at < (list.start[k + 1] ?? 0); at++) {
      const v = list.member[at] ?? 0;
      group[fill[v] ?? 0] = k;
      fill[v] = (fill[v] ?? 0) + 1;
    }
  }
  return { start, group };
}
