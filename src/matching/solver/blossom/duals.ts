import type { Duals, OddSet } from '../model.ts';
import type { Forest } from './forest.ts';

/** The members of a node. */
export function leavesOf(forest: Forest, node: number): number[] {
  const members: number[] = [];
  const last = forest.leafLast[node] ?? 0;
  for (let v = forest.leafFirst[node] ?? 0; ; v = forest.leafNext[v] ?? 0) {
    members.push(v);
    if (v === last) return members;
  }
}

/** The forest's settled prices as plain numbers; odd sets without a price are left out. */
export function dualsOf(forest: Forest): Duals {
  const oddSets: OddSet[] = [];
  const seen = new Set<number>();
  for (let v = 0; v < forest.n; v++) {
    for (let node = forest.parent[v] ?? 0; node >= 0 && !seen.has(node); node = forest.parent[node] ?? 0) {
      seen.add(node);
      if ((forest.odd[node] ?? 0) > 0) oddSets.push({ members: leavesOf(forest, node), price: forest.odd[node] ?? 0 });
    }
  }
  return { price: forest.price.slice(), oddSets };
}
