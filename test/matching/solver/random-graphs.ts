import { emptyForest, type Forest, graphOf } from '../../../src/matching/solver/blossom/forest.ts';

export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

/** A small seeded generator (mulberry32): whole numbers from 0 to below `limit`. */
export function dice(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

/** A forest over the given pairs, with plain (not doubled) weights and leave-out values. */
export function forestOf(n: number, edges: readonly Edge[], leave: readonly number[]): Forest {
  const a = Int32Array.from(edges, (edge) => edge.a);
  const b = Int32Array.from(edges, (edge) => edge.b);
  const weight = Int32Array.from(edges, (edge) => 2 * edge.weight);
  return emptyForest(
    n,
    graphOf(n, edges.length, a, b, weight),
    Int32Array.from(leave, (value) => 2 * value),
  );
}

/** The best total by trying everything: each member in turn is left out or paired with any later one. */
export function bestByTrying(n: number, edges: readonly Edge[], leave: readonly number[]): number {
  const weight = new Map(edges.map((edge) => [edge.a * n + edge.b, edge.weight]));
  const best = new Map<number, number>();
  const solve = (used: number): number => {
    let v = 0;
    while (v < n && (used >> v) & 1) v++;
    if (v === n) return 0;
    const known = best.get(used);
    if (known !== undefined) return known;
    let most = (leave[v] ?? 0) + solve(used | (1 << v));
    for (let u = v + 1; u < n; u++) {
      const w = weight.get(v * n + u) ?? weight.get(u * n + v);
      if (w !== undefined && !((used >> u) & 1)) most = Math.max(most, w + solve(used | (1 << v) | (1 << u)));
    }
    best.set(used, most);
    return most;
  };
  return solve(0);
}

/** Throws unless the forest's matching is valid, its prices allow every pair, and both totals are equal; returns the total. */
export function provenTotal(f: Forest, edges: readonly Edge[]): number {
  let primal = 0;
  let dual = 0;
  for (let v = 0; v < f.n; v++) {
    const mate = f.mate[v] ?? -1;
    if (mate < 0 || f.mate[mate] !== v) throw new Error(`member ${v} is not settled`);
    if (mate === v) primal += f.floor[v] ?? 0;
    if ((f.price[v] ?? 0) < (f.floor[v] ?? 0)) throw new Error(`price below floor at ${v}`);
    dual += f.price[v] ?? 0;
  }
  const around = (v: number): number[] => {
    const nodes: number[] = [];
    for (let node = f.parent[v] ?? -1; node >= 0; node = f.parent[node] ?? -1) nodes.push(node);
    return nodes;
  };
  const sizes = new Map<number, number>();
  for (let v = 0; v < f.n; v++) for (const node of around(v)) sizes.set(node, (sizes.get(node) ?? 0) + 1);
  for (const [node, size] of sizes) {
    if (size % 2 === 0 || (f.odd[node] ?? 0) < 0) throw new Error('bad odd set');
    dual += ((f.odd[node] ?? 0) * (size - 1)) / 2;
  }
  for (const { a, b, weight } of edges) {
    const nodes = new Set(around(a));
    let slack = (f.price[a] ?? 0) + (f.price[b] ?? 0) - 2 * weight;
    for (const node of around(b)) if (nodes.has(node)) slack += f.odd[node] ?? 0;
    if (slack < 0) throw new Error(`pair ${a} ${b} is worth ${-slack} more than the prices`);
    if (f.mate[a] === b) primal += 2 * weight;
  }
  if (primal !== dual) throw new Error(`primal ${primal} dual ${dual}`);
  return primal / 2;
}

/** A random graph in one of several characters: dense or sparse, many ties or few, negative weights, one large council. */
export function randomCase(seed: number, least: number, most: number): { n: number; edges: Edge[]; leave: number[] } {
  const roll = dice(seed);
  const n = least + roll(most - least + 1);
  const density = [15, 30, 60, 100][roll(4)] ?? 100;
  const range = [2, 5, 30, 1000, 100_000][roll(5)] ?? 5;
  const shift = [0, 0, range >> 1, range][roll(4)] ?? 0;
  const big = [0, 0, 55, 70][roll(4)] ?? 0;
  const council = Array.from({ length: n }, (_, v) => (roll(100) < big ? -1 : roll(2) === 0 ? v : roll(n)));
  const edges: Edge[] = [];
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++)
      if (council[a] !== council[b] && roll(100) < density) edges.push({ a, b, weight: roll(range) - shift });
  const regime = roll(3);
  const leave = Array.from({ length: n }, () =>
    regime === 0 ? 0 : regime === 1 ? -4 * range - roll(range) : roll(range) - (range >> 1),
  );
  return { n, edges, leave };
}
