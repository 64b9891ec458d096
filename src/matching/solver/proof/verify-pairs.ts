import { type Duals, type Matching, NEVER, type OddSet, type Problem } from '../model.ts';
import { scoreOf } from '../pair-score.ts';

/** What an independent check found. It is proven best when nothing is wrong and no pair would improve the round. */
export interface Verdict {
  readonly best: boolean;
  /** Everybody has one partner whom they may meet, or is left out, and no price is below what it may be. */
  readonly valid: boolean;
  readonly allowedPairs: number;
  readonly improvingPairs: number;
  /** The round's value and what the prices say no round can exceed. */
  readonly objective: number;
  readonly bound: number;
}

/**
 * Checks a round against its prices: every pair, every odd set, both totals. Shares no code with the engine. In whatever
 * round, a set of k members holds at most half of k pairs, rounded down; each pair is worth at most its two members’ prices
 * and those of the sets around both, and leaving somebody out at most their price: so no round is worth more than all
 * prices together (weak duality).
 */
export function verify(problem: Problem, { partner, duals }: Matching): Verdict {
  const { size, leave } = problem;
  const of = scoreOf(problem);
  let objective = 0;
  let valid = partner.length === size;
  for (let a = 0; a < size; a++) {
    const mate = partner[a] ?? -1;
    if (!(mate >= 0 && mate < size) || partner[mate] !== a || (mate !== a && of(a, mate) === NEVER)) valid = false;
    objective += mate === a ? 2 * (leave[a] ?? 0) : of(a, mate);
  }
  const { sound, bound, allowedPairs, improvingPairs } = checkPrices(problem, duals, of);
  const best = valid && sound && improvingPairs === 0 && objective === bound;
  return { best, valid: valid && sound, allowedPairs, improvingPairs, objective: objective / 2, bound: bound / 2 };
}

export interface PriceCheck {
  /** Sets and prices are well formed, and nobody is priced below what leaving them out is worth. */
  readonly sound: boolean;
  /** Doubled. */
  readonly bound: number;
  readonly allowedPairs: number;
  readonly improvingPairs: number;
}

/**
 * Holds prices against every pair of the members who are not `absent`.
 * @param onPair told of each allowed pair by how much its prices exceed its doubled score, and what sets around both cost
 */
export function checkPrices(
  { size, leave }: Problem,
  { price, oddSets }: Duals,
  of: (a: number, b: number) => number,
  absent: ReadonlySet<number> = new Set(),
  onPair: (a: number, b: number, slack: number, shared: number) => void = () => {},
): PriceCheck {
  const around: OddSet[][] = Array.from({ length: size }, () => []);
  let [bound, allowedPairs, improvingPairs, sound] = [0, 0, 0, price.length === size];
  for (const set of oddSets) {
    const members = new Set(set.members);
    if (!(Number.isSafeInteger(set.price) && set.price >= 0) || members.size !== set.members.length) sound = false;
    for (const v of members) around[v]?.push(set);
    bound += set.price * Math.floor(set.members.filter((v) => !absent.has(v)).length / 2);
  }
  const shared = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    if (absent.has(a)) continue;
    const own = price[a] ?? Number.NaN;
    bound += own;
    if (!(Number.isSafeInteger(own) && own >= 2 * (leave[a] ?? 0))) sound = false;
    shared.fill(0);
    for (const set of around[a] ?? []) for (const v of set.members) shared[v] = (shared[v] ?? 0) + set.price;
    for (let b = a + 1; b < size; b++) {
      const score = of(a, b);
      if (score === NEVER || absent.has(b)) continue;
      allowedPairs++;
      const both = shared[b] ?? 0;
      const slack = own + (price[b] ?? 0) + both - 2 * score;
      if (!(slack >= 0)) improvingPairs++;
      onPair(a, b, slack, both);
    }
  }
  return { sound, bound, allowedPairs, improvingPairs };
}
