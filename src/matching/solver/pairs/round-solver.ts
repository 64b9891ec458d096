import { dualsOf } from '../blossom/duals.ts';
import { copyForest, emptyForest, type Forest, graphOf } from '../blossom/forest.ts';
import { matchEverybody } from '../blossom/match-everybody.ts';
import { admit, changeFloors, withdraw } from '../blossom/repair.ts';
import { startGreedily } from '../blossom/start-greedily.ts';
import { checkProblem } from '../check-problem.ts';
import { GONE, type Matching, type Problem } from '../model.ts';
import { floorStages } from './floor-stages.ts';
import type { Market } from './market.ts';
import { PairList, worstPairs } from './pair-list.ts';
import { profileMarket } from './profile-market.ts';
import { rowMarket } from './row-market.ts';

const MOST_NEW_PAIRS = 6;

/**
 * Finds a best round and keeps it repairable. It matches on few candidates, prices all other pairs, admits those worth
 * more than the prices, repairs, and goes on until no pair is left that would improve the round.
 */
export class RoundSolver {
  readonly problem: Problem;
  readonly market: Market;
  readonly forest: Forest;
  /** How often all pairs were priced. */
  pricings = 0;
  /** What leaving each member out is worth now. */
  readonly leave: Int32Array;
  private readonly pairs: PairList;
  private readonly found = new PairList();

  private constructor(problem: Problem, market: Market, pairs: PairList, forest: Forest, leave: Int32Array) {
    this.problem = problem;
    this.market = market;
    this.pairs = pairs;
    this.forest = forest;
    this.leave = leave;
  }

  /** A solver that begins with about `candidates` pairs a member. */
  static of(problem: Problem, candidates = problem.size < 3000 ? 12 : 16): RoundSolver {
    checkProblem(problem);
    const { size, score, leave } = problem;
    const market = score.kind === 'profiles' ? profileMarket(problem, score) : rowMarket(problem, score);
    const pairs = market.candidates(candidates);
    const graph = graphOf(size, pairs.count, pairs.a, pairs.b, pairs.value);
    return new RoundSolver(problem, market, pairs, emptyForest(size, graph, new Int32Array(size)), leave.slice());
  }

  /** A copy that can be changed without touching this one: for trying out what a change would be worth. */
  fork(): RoundSolver {
    const pairs = this.pairs.copy();
    return new RoundSolver(this.problem, this.market, pairs, copyForest(this.forest), this.leave.slice());
  }

  private graph() {
    const { count, a, b, value } = this.pairs;
    return graphOf(this.problem.size, count, a, b, value);
  }

  /** Finds the best round of all. `onPricing` is called after each pricing of all pairs; what it throws ends the search. */
  solve(onPricing: () => void = () => {}): void {
    const { forest, leave } = this;
    const last = leave.map((value) => 2 * value);
    const stages = floorStages(forest.graph, leave);
    forest.floor.set(stages[0] ?? last);
    startGreedily(forest);
    for (const floor of stages) {
      this.settle(floor);
      this.improve();
      onPricing();
    }
    this.settle(last);
    while (this.improve() > 0) onPricing();
  }

  /**
   * Mends a solved round after members have dropped out: only what they touch is matched again, all pairs are priced again.
   * The proof then holds for the problem in which leaving them out is worth GONE.
   */
  dropOut(members: readonly number[]): void {
    for (const member of members) {
      this.leave[member] = GONE;
      withdraw(this.forest, member, 2 * GONE);
    }
    matchEverybody(this.forest);
    while (this.improve() > 0);
  }

  /** Changes what leaving members out is worth, and mends the round. */
  changeLeave(leave: Int32Array): void {
    this.leave.set(leave);
    this.settle(leave.map((value) => 2 * value));
    while (this.improve() > 0);
  }

  private settle(floor: Int32Array): void {
    changeFloors(this.forest, floor);
    matchEverybody(this.forest);
  }

  /** Prices all pairs once, admits the worst and repairs the round; how many pairs were worth more than their prices. */
  improve(): number {
    const { forest, found, market, pairs } = this;
    this.pricings++;
    const count = market.overpriced(forest, found);
    if (count === 0) return 0;
    const chosen = worstPairs(found, forest.n, MOST_NEW_PAIRS);
    const from = pairs.count;
    for (const at of chosen) {
      const a = found.a[at] ?? 0;
      const b = found.b[at] ?? 0;
      pairs.add(a, b, 2 * market.score(a, b));
    }
    forest.graph = this.graph();
    for (let at = from; at < pairs.count; at++) admit(forest, pairs.a[at] ?? 0, pairs.b[at] ?? 0, pairs.value[at] ?? 0);
    matchEverybody(forest);
    return count;
  }

  /** The round as it stands, with its proof. */
  matching(): Matching {
    const { forest, problem, market } = this;
    let objective = 0;
    for (let v = 0; v < problem.size; v++) {
      const mate = forest.mate[v] ?? 0;
      if (mate === v) objective += this.leave[v] ?? 0;
      else if (mate > v) objective += market.score(v, mate);
    }
    return { partner: forest.mate.slice(), objective, duals: dualsOf(forest) };
  }
}
