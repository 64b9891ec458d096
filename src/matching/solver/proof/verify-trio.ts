import { type Duals, NEVER, type OddSet, type Problem } from '../model.ts';
import { scoreOf } from '../pair-score.ts';
import { checkPrices } from './verify-pairs.ts';

type Trio = readonly [number, number, number];

/** A member’s pair that could be in a better trio. */
interface Near {
  readonly end: number;
  readonly slack: number;
  readonly shared: number;
}

/** A round of pairs and one trio, and what proves that none is worth more than its bound. */
export interface TrioClaim {
  readonly trio: Trio;
  /** Of each member; themselves where they are left out or in the trio. */
  readonly partner: ArrayLike<number>;
  /** In sixths of a point. */
  readonly bound: number;
  readonly duals: Duals;
  /** Prices of their own for the trios with which `duals` would allow more than the bound; those of the trio do not count. */
  readonly others: readonly { readonly trio: Trio; readonly duals: Duals }[];
}

/** What an independent check of a round with one trio found. */
export interface TrioVerdict {
  /** Everybody is in one group or left out, all may meet. */
  readonly valid: boolean;
  /** No round of pairs and one trio is worth more than the bound. */
  readonly bounded: boolean;
  readonly allowedPairs: number;
  readonly improvingPairs: number;
  readonly objective: number;
}

/**
 * Checks a round of pairs and one trio, without the engine. With trio T the rest is worth at most all prices together, less
 * those of T’s members and of each set that holds two or three of T (it can hold one pair fewer). Write slack for what the
 * prices of a pair, sets around both among them, exceed its doubled score by. The rest and T then make in sixths of a point
 * at most 3 × all prices − 3 ÷ 2 × (the three slacks + the sets that hold two − the sets that hold all three). Every T
 * for which this is more than the bound must have prices of its own. Its slacks come to less than what may be missing and
 * the sets that hold all three, so two of its pairs have less than half of what may be missing and sets around both.
 */
export function verifyTrio(problem: Problem, claim: TrioClaim): TrioVerdict {
  const of = scoreOf(problem);
  const { duals, others, bound } = claim;
  const { price, oddSets } = duals;
  const sets = oddSets.reduce((sum, set) => sum + set.price * Math.floor(set.members.length / 2), 0);
  const missing = 2 * (sets + price.reduce((sum, own) => sum + own, 0)) - (2 * bound) / 3;
  const near: Near[][] = Array.from({ length: problem.size }, () => []);
  const check = checkPrices(problem, duals, of, new Set(), (a, b, slack, shared) => {
    if (2 * slack >= missing + shared) return;
    near[a]?.push({ end: b, slack, shared });
    near[b]?.push({ end: a, slack, shared });
  });
  const known = new Set(others.map(({ trio }) => nameOf(trio)));
  const setsAround = setPrices(problem.size, duals);
  let bounded = Number.isSafeInteger(bound) && check.sound && check.improvingPairs === 0;
  near.forEach((ends, v) => {
    ends.forEach((one, at) => {
      for (const other of ends.slice(at + 1)) {
        if (one.slack + other.slack >= missing + Math.min(one.shared, other.shared)) continue;
        const score = of(one.end, other.end);
        if (score === NEVER) continue;
        const { twoOf, allOf } = setsAround(v, one.end, other.end);
        const shared = twoOf + 3 * allOf - one.shared - other.shared;
        const third = (price[one.end] ?? 0) + (price[other.end] ?? 0) + shared - 2 * score;
        if (one.slack + other.slack + third + twoOf - allOf >= missing) continue;
        if (!known.has(nameOf([v, one.end, other.end]))) bounded = false;
      }
    });
  });
  for (const { trio, duals: own } of others) {
    const { sound, improvingPairs, bound: rest } = checkPrices(problem, own, of, new Set(trio));
    const inside = insideOf(of, trio);
    if (!sound || improvingPairs > 0 || (inside !== undefined && 3 * rest + 3 * inside > bound)) bounded = false;
  }
  const { valid, objective } = worthOf(problem, of, claim);
  const { allowedPairs, improvingPairs } = check;
  return { valid, bounded: bounded && objective <= bound, allowedPairs, improvingPairs, objective };
}

function nameOf(trio: Trio): string {
  return trio.toSorted((a, b) => a - b).join(' ');
}

/** The sum of a trio’s three scores; `undefined` where two of them may not meet. */
function insideOf(of: (a: number, b: number) => number, [a, b, c]: Trio): number | undefined {
  const scores = [of(a, b), of(a, c), of(b, c)];
  return scores.includes(NEVER) ? undefined : scores.reduce((sum, score) => sum + score, 0);
}

/** What the sets cost that hold exactly two, and all three, of any three members. */
function setPrices(size: number, { oddSets }: Duals) {
  const around: Set<OddSet>[] = Array.from({ length: size }, () => new Set());
  for (const set of oddSets) for (const v of set.members) around[v]?.add(set);
  return (...trio: Trio) => {
    const times = new Map<OddSet, number>();
    for (const v of trio) for (const set of around[v] ?? []) times.set(set, (times.get(set) ?? 0) + 1);
    const sum = (held: number) =>
      [...times].reduce((total, [set, count]) => total + (count === held ? set.price : 0), 0);
    return { twoOf: sum(2), allOf: sum(3) };
  };
}

function worthOf({ size, leave }: Problem, of: (a: number, b: number) => number, { trio, partner }: TrioClaim) {
  const inside = insideOf(of, trio);
  let valid = inside !== undefined && new Set(trio).size === 3 && partner.length === size;
  let objective = 3 * (inside ?? 0);
  for (let v = 0; v < size; v++) {
    const mate = partner[v] ?? -1;
    if (!(mate >= 0 && mate < size) || partner[mate] !== v || (mate !== v && of(v, mate) === NEVER)) valid = false;
    if (trio.includes(v)) valid &&= mate === v;
    else objective += mate === v ? 6 * (leave[v] ?? 0) : 3 * of(v, mate);
  }
  return { valid, objective };
}
