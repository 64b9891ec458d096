import { graphOf } from '../blossom/forest.ts';
import { SharedPrices } from '../blossom/shared-prices.ts';
import { NEVER } from '../model.ts';
import { PairList } from '../pairs/pair-list.ts';
import type { RoundSolver } from '../pairs/round-solver.ts';

/** Three members and, in quarter points, how far the best round with this trio lies below the prices' total at least. */
export interface TrioCandidate {
  readonly members: readonly [number, number, number];
  readonly shortfall: number;
}

const MOST_WORK = 30_000_000;

/**
 * Lists every trio whose round could reach more than `2 × total − reach` quarter points, total being the doubled price sum.
 *
 * Write e for what a pair's prices and shared odd sets exceed its score by, doubled (≥ 0). Without trio T the prices of the
 * rest, with one pair fewer in each odd set that holds two or three of T, still bound the rest. So a round with T is worth at
 * most (2 × total − Σ e − 2 × least shared + most shared … ) / 4; in shortfall terms Σ e − 2·least + most, where least and
 * most are the least and the most that two of the three share in odd sets. Two of its pairs have 2 e < reach + shared.
 * Returns null when there are too many to look at.
 */
export function trioCandidates(solver: RoundSolver, reach: number): TrioCandidate[] | null {
  const { forest, market, problem } = solver;
  const margin = reach < 0 ? -reach - 1 : -Math.ceil(reach / 2) - 1;
  const near = new PairList();
  market.near(forest, margin, near);
  const shared = new SharedPrices(forest);
  const sharedBy = (a: number, b: number): number => (forest.top[a] === forest.top[b] ? shared.of(a, b) : 0);
  const close = new PairList();
  for (let at = 0; at < near.count; at++) {
    const a = near.a[at] ?? 0;
    const b = near.b[at] ?? 0;
    const both = sharedBy(a, b);
    const slack = both - (near.value[at] ?? 0);
    if (2 * slack < reach + both) close.add(a, b, slack);
  }
  const { start, to, weight } = graphOf(problem.size, close.count, close.a, close.b, close.value);
  let work = 0;
  for (let v = 0; v < problem.size; v++) work += ((start[v + 1] ?? 0) - (start[v] ?? 0)) ** 2;
  if (work > MOST_WORK) return null;
  const trios = new Map<string, TrioCandidate>();
  const consider = (a: number, b: number, c: number, slackAB: number, slackAC: number): void => {
    const sharedAB = sharedBy(a, b);
    const sharedAC = sharedBy(a, c);
    if (3 * (slackAB + slackAC) >= 2 * (reach + Math.min(sharedAB, sharedAC))) return;
    const score = market.score(b, c);
    if (score === NEVER) return;
    const sharedBC = sharedBy(b, c);
    const slackBC = (forest.price[b] ?? 0) + (forest.price[c] ?? 0) + sharedBC - 2 * score;
    const least = Math.min(sharedAB, sharedAC, sharedBC);
    const most = Math.max(sharedAB, sharedAC, sharedBC);
    const shortfall = slackAB + slackAC + slackBC - 2 * least + most;
    if (shortfall >= reach) return;
    const [x, y, z] = [a, b, c].sort((p, q) => p - q);
    if (x !== undefined && y !== undefined && z !== undefined)
      trios.set(`${x} ${y} ${z}`, { members: [x, y, z], shortfall });
  };
  for (let v = 0; v < problem.size; v++)
    for (let e = start[v] ?? 0; e < (start[v + 1] ?? 0); e++)
      for (let g = e + 1; g < (start[v + 1] ?? 0); g++)
        consider(v, to[e] ?? 0, to[g] ?? 0, weight[e] ?? 0, weight[g] ?? 0);
  return [...trios.values()].sort((one, other) => one.shortfall - other.shortfall);
}
