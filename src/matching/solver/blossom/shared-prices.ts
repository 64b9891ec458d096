import type { Forest } from './forest.ts';

/**
 * Answers at once what odd-set prices two members of one top blossom share. Members stand in leaf order; between two
 * neighbours stands the price sum at the smallest blossom that holds both; any two share the least sum between them
 * (range minimum by a sparse table).
 */
export class SharedPrices {
  private readonly place: Int32Array;
  private levels: Int32Array[] = [];
  private readonly sum: Int32Array;

  constructor(forest: Forest) {
    this.place = new Int32Array(forest.n);
    this.sum = new Int32Array(forest.parent.length);
    const inOrder: number[] = [];
    const blossoms: number[] = [];
    for (let v = 0; v < forest.n; v++) {
      const top = forest.top[v] ?? 0;
      if (top < forest.n || forest.leafFirst[top] !== v) continue;
      const last = forest.leafLast[top] ?? 0;
      for (let u = v; ; u = forest.leafNext[u] ?? 0) {
        this.place[u] = inOrder.length;
        inOrder.push(u);
        if (u === last) break;
      }
      blossoms.push(top);
    }
    if (inOrder.length === 0) return;
    const between = new Int32Array(inOrder.length);
    this.fillBetween(forest, blossoms, between);
    this.levels = minimumTable(between);
  }

  private fillBetween(forest: Forest, blossoms: number[], between: Int32Array): void {
    const { n, parent, odd, leafLast, next, baseChild } = forest;
    for (let blossom = blossoms.pop(); blossom !== undefined; blossom = blossoms.pop()) {
      const above = parent[blossom] ?? 0;
      const sum = (odd[blossom] ?? 0) + (above >= 0 ? (this.sum[above] ?? 0) : 0);
      this.sum[blossom] = sum;
      const first = baseChild[blossom] ?? 0;
      let child = first;
      do {
        if (leafLast[child] !== leafLast[blossom]) between[this.place[leafLast[child] ?? 0] ?? 0] = sum;
        if (child >= n) blossoms.push(child);
        child = next[child] ?? 0;
      } while (child !== first);
    }
  }

  /** For two different members of one top blossom. */
  of(a: number, b: number): number {
    const x = this.place[a] ?? 0;
    const y = this.place[b] ?? 0;
    const from = x < y ? x : y;
    const to = x < y ? y : x;
    const level = 31 - Math.clz32(to - from);
    const row = this.levels[level];
    if (row === undefined) return 0;
    const left = row[from] ?? 0;
    const right = row[to - (1 << level)] ?? 0;
    return left < right ? left : right;
  }
}

function minimumTable(values: Int32Array): Int32Array[] {
  const levels = [values];
  let row = values;
  for (let span = 1; 2 * span <= values.length; span *= 2) {
    const wider = new Int32Array(values.length);
    for (let at = 0; at + 2 * span <= values.length; at++) {
      const left = row[at] ?? 0;
      const right = row[at + span] ?? 0;
      wider[at] = left < right ? left : right;
    }
    levels.push(wider);
    row = wider;
  }
  return levels;
}
