import type { Forest } from './forest.ts';

/** First prices: half of each member's best pair, at least the floor. */
function firstPrices(f: Forest): void {
  const { start, weight } = f.graph;
  for (let v = 0; v < f.n; v++) {
    let most = f.floor[v] ?? 0;
    for (let e = start[v] ?? 0; e < (start[v + 1] ?? 0); e++) {
      const half = ((weight[e] ?? 0) + 1) >> 1;
      if (half > most) most = half;
    }
    f.price[v] = most;
  }
}

/** Lowers each member's price as far as its pairs allow and pairs it at once when the neighbour that stops it is alone. */
export function startGreedily(f: Forest): void {
  firstPrices(f);
  const { start, to, weight } = f.graph;
  for (let v = 0; v < f.n; v++) {
    if ((f.mate[v] ?? 0) >= 0) continue;
    let most = f.floor[v] ?? 0;
    let stop = v;
    for (let e = start[v] ?? 0; e < (start[v + 1] ?? 0); e++) {
      const other = to[e] ?? 0;
      const bound = (weight[e] ?? 0) - (f.price[other] ?? 0);
      if (bound > most || (bound === most && (f.mate[stop] ?? 0) >= 0)) {
        most = bound;
        stop = other;
      }
    }
    f.price[v] = most;
    if (stop !== v && (f.mate[stop] ?? 0) < 0) {
      f.mate[v] = stop;
      f.mate[stop] = v;
    }
  }
}
