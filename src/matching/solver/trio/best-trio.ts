import { type Duals, GONE, type Matching, NEVER, type Problem } from '../model.ts';
import { floorStages } from '../pairs/floor-stages.ts';
import { RoundSolver } from '../pairs/round-solver.ts';
import { trioCandidates } from './trio-candidates.ts';

export type Trio = readonly [number, number, number];

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
  const [a, b, c] = trio;
  const inside = market.score(a, b) + market.score(a, c) + market.score(b, c);
  return { trio, pairs, quarters: 4 * (pairs.objective - 3 * GONE) + 2 * inside };
}

/** The best trio made of somebody left out and one of the round's pairs, judged without solving anything again. */
function firstTrio(solver: RoundSolver): Trio | null {
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

/** Any three members who may meet, where the round offers no better start. */
function anyTrio({ market, problem }: RoundSolver): Trio | null {
  for (let a = 0; a < problem.size; a++) {
    for (let b = a + 1; b < problem.size; b++) {
      if (market.score(a, b) === NEVER) continue;
      for (let c = b + 1; c < problem.size; c++) {
        if (market.score(a, c) !== NEVER && market.score(b, c) !== NEVER) return [a, b, c];
      }
    }
  }
  return null;
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

/** A solved round in which leaving out costs little: its prices tell which trios could be best. */
function easySolver(problem: Problem, onPricing: () => void): RoundSolver {
  const solver = RoundSolver.of(problem);
  const low = floorStages(solver.forest.graph, problem.leave).at(-1);
  solver.leave.set(low?.map((floor, v) => Math.max(floor >> 1, problem.leave[v] ?? 0)) ?? problem.leave);
  solver.solve(onPricing);
  return solver;
}

/**
 * Finds the proven best round of pairs and one trio, for an odd count; null when no three members may meet. Prices without
 * any trio tell at most how good a round with each trio could be; those that could be best are solved, best hope first.
 */
export function bestTrioRound(problem: Problem, onPricing: () => void = () => {}): TrioRound | null {
  const solver = easySolver(problem, onPricing);
  const first = firstTrio(solver) ?? anyTrio(solver);
  if (first === null) return null;
  return new TrioSearch(solver, roundWith(solver, first)).run(onPricing);
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

  /** Looks at ever more trios until all are seen that could be better than the best. */
  run(onPricing: () => void): TrioRound {
    const furthest = this.gap;
    const nearest = Math.min(furthest, -deepestPrice(this.solver));
    let reached = nearest;
    for (const part of [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]) {
      const reach = Math.min(this.gap, Math.ceil(nearest + (furthest - nearest) * part));
      const candidates = trioCandidates(this.solver, reach);
      if (candidates === null) break;
      const open = this.tryAll(candidates, onPricing);
      if (open !== undefined) return this.result(Math.max(4 * this.base.objective - open, this.best.quarters));
      reached = reach;
      if (this.gap <= reach) return this.result(this.best.quarters);
    }
    return this.result(Math.max(4 * this.base.objective - reached, this.best.quarters));
  }

  /** Solves those that could be better than the best; returns how far below the first lies that was not tried. */
  private tryAll(candidates: ReturnType<typeof trioCandidates>, onPricing: () => void): number | undefined {
    for (const { members, shortfall } of candidates ?? []) {
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
    const [a, b, c] = trio;
    const inside = market.score(a, b) + market.score(a, c) + market.score(b, c);
    const own = trio.reduce((sum, v) => sum + (price[v] ?? 0), 0);
    const sets = oddSets
      .filter(({ members }) => trio.filter((v) => members.includes(v)).length > 1)
      .reduce((sum, set) => sum + set.price, 0);
    return 4 * this.base.objective - 2 * (own + sets) + 2 * inside;
  }
}

function nameOf(trio: Trio): string {
  return trio.toSorted((a, b) => a - b).join(' ');
}
