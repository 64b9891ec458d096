import { NEVER } from '../model.ts';
import type { Market } from '../pairs/market.ts';
import type { RoundSolver } from '../pairs/round-solver.ts';

export type Trio = readonly [number, number, number];

/** The sum of a trio’s three scores. All three may meet. */
export function insideOf(market: Market, [a, b, c]: Trio): number {
  return market.score(a, b) + market.score(a, c) + market.score(b, c);
}

/** The best trio made of somebody left out and one of the round's pairs, judged without solving anything again. */
export function firstTrio(solver: RoundSolver): Trio | null {
  const { market, forest, problem } = solver;
  let best: Trio | null = null;
  let most = NEVER;
  for (let v = 0; v < problem.size; v++) {
    if (forest.mate[v] !== v) continue;
    for (let a = 0; a < problem.size; a++) {
      const b = forest.mate[a] ?? 0;
      if (b <= a || a === v || b === v) continue;
      const [one, two] = [market.score(v, a), market.score(v, b)];
      if (one === NEVER || two === NEVER) continue;
      const gain = one + two - market.score(a, b) - 2 * (solver.leave[v] ?? 0);
      if (gain <= most) continue;
      most = gain;
      best = [v, a, b];
    }
  }
  return best;
}
