import { councilsApart, type Pair } from './councils-apart.ts';
import type { PastMatch, RoundInput, Weights } from './model.ts';

/** What earlier rounds and rules say about pairs of members, by their places in the list. */
export interface PairHistory {
  /** How many of these matches there were, and what they cost a pair now, in points. */
  readonly cost: (a: number, b: number) => number;
  readonly isApart: (a: number, b: number) => boolean;
  /** Matched so lately that they are not matched again yet. */
  readonly hasMetLately: (a: number, b: number) => boolean;
  readonly hasMet: (a: number, b: number) => boolean;
  /** Each pair of some members that costs something, once, by their places among these. */
  readonly costly: (members: readonly number[]) => readonly Pair[];
  /** Each that is kept apart or cools down. */
  readonly never: (members: readonly number[]) => readonly Pair[];
}

/** A pair’s repeats never cost more, so that all sums stay small. */
const mostCost = 1 << 20;

/**
 * What a repeat costs for good, for each unit of its weight. Measured over twenty rounds (docs/matching.md): with 80, one
 * or two pairs in a hundred are repeats where 60 take part; with 120 it is fewer than one in two hundred.
 */
const lastingPoints = 120;

/** What it costs in the next round, for each unit of its weight; a quarter less in each round after it. */
const freshPoints = 600;

/**
 * What it costs more for good that one of them said it was of no use. Whatever the weight: with it, a convener could find
 * out by moving that weight who said so.
 */
const uselessPoints = 1800;

/** What one earlier match costs: less with every round since, and something for good unless they never met. */
export function repeatCost(
  { roundsAgo, outcome }: Pick<PastMatch, 'roundsAgo' | 'outcome'>,
  { repeats }: Pick<Weights, 'repeats'>,
): number {
  const lasting = outcome === 'not-met' ? 0 : lastingPoints * repeats;
  const useless = outcome === 'not-useful' ? uselessPoints : 0;
  return Math.floor(freshPoints * repeats * 0.75 ** (roundsAgo - 1)) + lasting + useless;
}

export function pairHistory(input: RoundInput): PairHistory {
  const { members, past, weights } = input;
  const size = members.length;
  const place = new Map(members.map(({ id }, at) => [id, at]));
  const key = (a: number, b: number) => (a < b ? a * size + b : b * size + a);
  const costByKey = new Map<number, number>();
  const met = new Set<number>();
  const cooling = new Set<number>();
  for (const match of past) {
    const [a, b] = [place.get(match.a), place.get(match.b)];
    if (a === undefined || b === undefined || a === b) continue;
    const pair = key(a, b);
    met.add(pair);
    if (match.roundsAgo <= weights.coolDownRounds) cooling.add(pair);
    costByKey.set(pair, Math.min(mostCost, (costByKey.get(pair) ?? 0) + repeatCost(match, weights)));
  }
  const apart = new Set<number>();
  for (const [one, other] of input.apart) {
    const [a, b] = [place.get(one), place.get(other)];
    if (a !== undefined && b !== undefined && a !== b) apart.add(key(a, b));
  }
  const councils = councilsApart(input);
  const touched = bitTable(size, [...costByKey.keys(), ...apart]);
  const pairOf = (pair: number): Pair => [Math.floor(pair / size), pair % size];
  const ruledOut = among([...new Set([...apart, ...cooling])].map(pairOf));
  return {
    cost: (a, b) => (touched(key(a, b)) ? (costByKey.get(key(a, b)) ?? 0) : 0),
    isApart: (a, b) => councils.areApart(a, b) || (touched(key(a, b)) && apart.has(key(a, b))),
    hasMetLately: (a, b) => touched(key(a, b)) && cooling.has(key(a, b)),
    hasMet: (a, b) => met.has(key(a, b)),
    costly: among([...costByKey.keys()].map(pairOf)),
    never: (some) => [...councils.among(some), ...ruledOut(some)],
  };
}

/** Finds those of a list of pairs that are of some members. It looks at no others: a round can have many parts. */
function among(pairs: readonly Pair[]): (members: readonly number[]) => readonly Pair[] {
  const pairsOf = Map.groupBy(pairs, ([first]) => first);
  return (members) => {
    const place = new Map(members.map((member, at) => [member, at]));
    return members.flatMap((member, a) =>
      (pairsOf.get(member) ?? []).flatMap(([, other]) => {
        const b = place.get(other);
        return b === undefined ? [] : [[a, b] as const];
      }),
    );
  };
}

/**
 * Whether a pair is in a list, by one bit a pair: nearly all are not, and are told so at once. Keys are below 2^32: up to
 * 65,536 members.
 */
function bitTable(size: number, keys: readonly number[]): (key: number) => boolean {
  const bits = new Int32Array(Math.ceil((size * size) / 32));
  for (const key of keys) bits[key >>> 5] = (bits[key >>> 5] ?? 0) | (1 << (key & 31));
  return (key) => (((bits[key >>> 5] ?? 0) >>> (key & 31)) & 1) === 1;
}
