import type { Graph } from '../blossom/forest.ts';

/** Where the stages stand, in spreads below the low end of the members' best pairs. Measured on invented networks. */
const STEPS = [0.3, 1.9, 9];

/**
 * Passing leave-out values, doubled, highest first, never below the true ones. Matching first as if leaving out cost little
 * keeps members whom the few candidates strand from driving all prices down; each stage then starts from prices that are
 * nearly right. The scale is taken from the members' best pairs, so that adding to all scores, or stretching them, changes
 * nothing.
 */
export function floorStages(graph: Graph, leave: Int32Array): Int32Array[] {
  const { start, weight } = graph;
  const best: number[] = [];
  for (let v = 0; v + 1 < start.length; v++) {
    let most = 2 * (leave[v] ?? 0);
    for (let e = start[v] ?? 0; e < (start[v + 1] ?? 0); e++)
      if ((weight[e] ?? 0) >> 1 > most) most = (weight[e] ?? 0) >> 1;
    best.push(most);
  }
  const sorted = Int32Array.from(best).sort();
  const low = sorted[Math.floor(sorted.length / 20)] ?? 0;
  const spread = (sorted[sorted.length >> 1] ?? 0) - low;
  return STEPS.map((step) => {
    const floor = Math.round(low - step * spread);
    return leave.map((value) => Math.max(2 * value, floor));
  });
}
