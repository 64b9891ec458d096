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

/** The trios nearest to the prices, and how near all are of which none is missing. */
export interface NearTrios {
  /** Nearest first. */
  readonly trios: readonly TrioCandidate[];
  /** In quarter points: every trio with a smaller shortfall is among them. */
  readonly reach: number;
}

const MOST_WORK = 30_000_000;

/** Where many are alike, there are more than anybody could look at. */
const mostTrios = 5_000;

/**
 * Lists every trio whose shortfall is less than `reach`: by so much, in quarter points, the best round with it lies below
 * four times the prices’ total, at least.
 *
 * Write e for what a pair’s prices and the odd sets around both exceed its doubled score by (≥ 0), and call the price of the
 * odd sets around two what they share. Without trio T the prices of the rest still bound the rest, with one pair fewer in
 * each odd set that holds two or three of T. The shortfall is then the sum of T’s three e, less twice the least that two of
 * T share, and the most that two of T share. So two of its pairs have 2e < reach + what they share. Of very many trios, only
 * the nearest are listed. Returns null when there are too many pairs to look at.
 */
export function trioCandidates(solver: RoundSolver, reach: number): NearTrios | null {
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
  const trios = new NearestTrios(reach);
  const consider = (a: number, b: number, c: number, slackAB: number, slackAC: number): void => {
    const sharedAB = sharedBy(a, b);
    const sharedAC = sharedBy(a, c);
    if (3 * (slackAB + slackAC) >= 2 * (trios.reach + Math.min(sharedAB, sharedAC))) return;
    const score = market.score(b, c);
    if (score === NEVER) return;
    const sharedBC = sharedBy(b, c);
    const slackBC = (forest.price[b] ?? 0) + (forest.price[c] ?? 0) + sharedBC - 2 * score;
    const least = Math.min(sharedAB, sharedAC, sharedBC);
    const most = Math.max(sharedAB, sharedAC, sharedBC);
    trios.add([a, b, c], slackAB + slackAC + slackBC - 2 * least + most);
  };
  for (let v = 0; v < problem.size; v++)
    for (let e = start[v] ?? 0; e < (start[v + 1] ?? 0); e++)
      for (let g = e + 1; g < (start[v + 1] ?? 0); g++)
        consider(v, to[e] ?? 0, to[g] ?? 0, weight[e] ?? 0, weight[g] ?? 0);
  return trios.listed();
}

/** Keeps the nearest of all that are added; `reach` comes nearer as they become too many. */
class NearestTrios implements NearTrios {
  trios: TrioCandidate[] = [];
  reach: number;

  constructor(reach: number) {
    this.reach = reach;
  }

  add(trio: readonly [number, number, number], shortfall: number): void {
    if (shortfall >= this.reach) return;
    const [x, y, z] = trio.toSorted((p, q) => p - q);
    if (x === undefined || y === undefined || z === undefined) return;
    this.trios.push({ members: [x, y, z], shortfall });
    if (this.trios.length === 8 * mostTrios) this.cut();
  }

  listed(): NearTrios {
    this.cut();
    return this;
  }

  /** Each is found at up to three of its members. */
  private cut(): void {
    const sorted = this.trios.sort((one, other) => one.shortfall - other.shortfall);
    const single = new Map(sorted.map((trio) => [trio.members.join(' '), trio]));
    this.trios = [...single.values()];
    const first = this.trios[mostTrios];
    if (first === undefined) return;
    this.reach = first.shortfall;
    this.trios.length = mostTrios;
  }
}
