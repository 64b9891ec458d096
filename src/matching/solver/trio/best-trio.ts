import { firstThree } from '../meeting-sets.ts';
import { type Duals, GONE, type Matching, NEVER, type Problem } from '../model.ts';
import { scoreOf } from '../pair-score.ts';
import type { RoundSolver } from '../pairs/round-solver.ts';
import { easedRound } from './eased-round.ts';
import { firstTrio, insideOf, type Trio } from './first-trio.ts';
import { type TrioCandidate, trioCandidates } from './trio-candidates.ts';

/**
 * A round of pairs and one group of three. A trio counts half the sum of its three pair scores, each member’s mean, as in a
 * pair. Values are in sixths of a point, so that they are whole.
 */
export interface TrioRound {
  readonly trio: Trio;
  /** Each member’s partner; themselves where they are left out or in the trio. */
  readonly partner: Int32Array;
  readonly sixths: number;
  /** No round of pairs and one trio is worth more than this. */
  readonly boundSixths: number;
  readonly proven: boolean;
  /** Rounds that were solved for comparison. */
  readonly tried: number;
  /** Prices that bound every round with a trio, but for those with trios that have prices of their own in `others`. */
  readonly duals: Duals;
  readonly others: readonly TrioDuals[];
}

export interface TrioDuals {
  readonly trio: Trio;
  readonly duals: Duals;
}

interface Attempt {
  readonly trio: Trio;
  readonly pairs: Matching;
  /** Four times the value of the pairs plus that of the trio, so that it is whole. */
  readonly quarters: number;
}

/** No more rounds are solved for comparison: what they could still gain is then told as the gap. */
const mostAttempts = 300;

/** How far beyond the nearest trios is looked first, in quarter points, and how that grows. */
const firstReach = 8;
const growth = 8;

/** The best round that holds a given trio. */
function roundWith(solver: RoundSolver, trio: Trio): Attempt {
  const { market, problem } = solver;
  const attempt = solver.fork();
  attempt.dropOut(trio);
  let pairs = attempt.matching();
  const leave = problem.leave.slice();
  for (const member of trio) leave[member] = GONE;
  if (pairs.partner.some((mate, v) => mate === v && !trio.includes(v) && leave[v] !== attempt.leave[v])) {
    attempt.changeLeave(leave);
    pairs = attempt.matching();
  }
  return { trio, pairs, quarters: 4 * (pairs.objective - 3 * GONE) + 2 * insideOf(market, trio) };
}

/** The most that odd sets around one member cost together. */
function deepestPrice({ forest }: RoundSolver): number {
  let most = 0;
  for (let v = 0; v < forest.n; v++) {
    let sum = 0;
    for (let node = forest.parent[v] ?? 0; node >= 0; node = forest.parent[node] ?? 0) sum += forest.odd[node] ?? 0;
    most = Math.max(most, sum);
  }
  return most;
}

/**
 * Finds the proven best round of pairs and one trio; null when no three members may meet. Prices without any trio tell at
 * most how good a round with each trio could be; those that could be best are solved, best hope first.
 */
export function bestTrioRound(problem: Problem, onPricing: () => void = () => {}): TrioRound | null {
  const of = scoreOf(problem);
  const any = firstThree(problem.size, (a, b) => of(a, b) !== NEVER);
  if (any === undefined) return null;
  const solver = easedRound(problem, onPricing);
  return new TrioSearch(solver, roundWith(solver, firstTrio(solver) ?? any)).run(onPricing);
}

class TrioSearch {
  private readonly solver: RoundSolver;
  private readonly base: Matching;
  private best: Attempt;
  private readonly attempts: Attempt[];
  private readonly known: Set<string>;

  constructor(solver: RoundSolver, first: Attempt) {
    this.solver = solver;
    this.base = solver.matching();
    this.best = first;
    this.attempts = [first];
    this.known = new Set([nameOf(first.trio)]);
  }

  /** How far the best round so far lies below what the prices without any trio allow, in quarter points. */
  private get gap(): number {
    return 4 * this.base.objective - this.best.quarters;
  }

  /** Looks at ever more trios, nearest first, until all are seen that could be better than the best. */
  run(onPricing: () => void): TrioRound {
    const nearest = Math.min(this.gap, -deepestPrice(this.solver));
    let reached = nearest;
    for (let step = firstReach; reached < this.gap; step *= growth) {
      const reach = Math.min(this.gap, nearest + step);
      const near = trioCandidates(this.solver, reach);
      if (near === null) break;
      reached = this.tryAll(near.trios, onPricing) ?? near.reach;
      if (reached < reach) break;
    }
    const total = 4 * this.base.objective;
    const bound = Math.max(total - reached, this.best.quarters);
    // Prices of their own for hundreds of trios are kept only where they bring the bound much nearer.
    const isWorthIt = 2 * (bound - this.best.quarters) < total - nearest - this.best.quarters;
    return this.result(isWorthIt ? bound : total - nearest);
  }

  /** Solves those that could be better than the best; returns how far below the first lies that was not tried. */
  private tryAll(candidates: readonly TrioCandidate[], onPricing: () => void): number | undefined {
    for (const { members, shortfall } of candidates) {
      if (shortfall >= this.gap) return undefined;
      if (this.known.has(nameOf(members))) continue;
      if (this.attempts.length === mostAttempts) return shortfall;
      this.known.add(nameOf(members));
      const attempt = roundWith(this.solver, members);
      this.attempts.push(attempt);
      onPricing();
      if (attempt.quarters > this.best.quarters) this.best = attempt;
    }
    return undefined;
  }

  /** @param bound in quarter points; at least as much as the best round is worth */
  private result(bound: number): TrioRound {
    const { best, base, attempts } = this;
    const others = attempts.filter(({ trio }) => this.allowedQuarters(trio) > bound);
    return {
      trio: best.trio,
      partner: best.pairs.partner,
      sixths: (3 * best.quarters) / 2,
      boundSixths: Math.floor((3 * bound) / 2),
      proven: bound === best.quarters,
      tried: attempts.length,
      duals: base.duals,
      others: others.map(({ trio, pairs }) => ({ trio, duals: pairs.duals })),
    };
  }

  /** What the prices without any trio allow a round with this one to be worth, in quarter points. */
  private allowedQuarters(trio: Trio): number {
    const { market } = this.solver;
    const { price, oddSets } = this.base.duals;
    const own = trio.reduce((sum, v) => sum + (price[v] ?? 0), 0);
    const sets = oddSets
      .filter(({ members }) => trio.filter((v) => members.includes(v)).length > 1)
      .reduce((sum, set) => sum + set.price, 0);
    return 4 * this.base.objective - 2 * (own + sets) + 2 * insideOf(market, trio);
  }
}

function nameOf(trio: Trio): string {
  return trio.toSorted((a, b) => a - b).join(' ');
}
