import type { Forest } from '../blossom/forest.ts';
import { SharedPrices } from '../blossom/shared-prices.ts';
import { withinLimit } from '../check-problem.ts';
import { type FreeScore, NEVER, type Problem, type RowScore } from '../model.ts';
import { BestFew } from './best-few.ts';
import type { Market } from './market.ts';
import type { PairList } from './pair-list.ts';
import { eachOnce } from './profile-candidates.ts';

/** Where the row of member a begins in the upper triangle, less a + 1: the pair (a, b), a < b, stands at offset + b. */
function offset(size: number, a: number): number {
  return a * size - (a * (a + 1)) / 2 - a - 1;
}

/** Every pair's score written out once, the upper triangle row by row; NEVER where a pair may not be. */
function triangleOf(problem: Problem, of: (a: number, b: number) => number): Int32Array {
  const { size, council } = problem;
  const triangle = new Int32Array((size * (size - 1)) / 2);
  let at = 0;
  for (let a = 0; a < size; a++) {
    const own = council[a] ?? 0;
    for (let b = a + 1; b < size; b++) {
      const score = council[b] === own ? NEVER : of(a, b);
      triangle[at++] = score === NEVER ? NEVER : withinLimit(score, 'The score of a pair');
    }
  }
  for (const [a, b] of problem.apart) triangle[offset(size, a < b ? a : b) + (a < b ? b : a)] = NEVER;
  return triangle;
}

function triangleCandidates(size: number, triangle: Int32Array, each: number): PairList {
  const few: BestFew[] = Array.from({ length: size }, () => new BestFew(each));
  const bars = new Int32Array(size).fill(NEVER);
  let at = 0;
  for (let a = 0; a < size; a++) {
    const own = few[a];
    if (own === undefined) break;
    for (let b = a + 1; b < size; b++) {
      const score = triangle[at++] ?? 0;
      if (score > (bars[a] ?? 0)) {
        own.offer(b, score);
        if (own.bar > (bars[a] ?? 0)) bars[a] = own.bar;
      }
      if (score <= (bars[b] ?? 0)) continue;
      const other = few[b];
      if (other === undefined) continue;
      other.offer(a, score);
      if (other.bar > (bars[b] ?? 0)) bars[b] = other.bar;
    }
  }
  const partners = new Int32Array(size * each).fill(-1);
  const values = new Int32Array(size * each);
  for (let v = 0; v < size; v++) {
    const own = few[v];
    if (own === undefined) continue;
    for (let k = 0; k < own.count; k++) {
      partners[v * each + k] = own.items[k] ?? 0;
      values[v * each + k] = own.values[k] ?? 0;
    }
  }
  return eachOnce(size, each, partners, values);
}

/** Finds every pair of the triangle whose doubled score is more than `margin` above its prices (odd sets: as `shared` says). */
function overpricedByRow(
  size: number,
  triangle: Int32Array,
  forest: Forest,
  found: PairList,
  shared: SharedPrices | null,
  margin: number,
): number {
  found.clear();
  const { price, top } = forest;
  let at = 0;
  for (let a = 0; a < size; a++) {
    const own = (price[a] ?? 0) + margin;
    for (let b = a + 1; b < size; b++, at++) {
      if (2 * (triangle[at] ?? 0) <= own + (price[b] ?? 0)) continue;
      const excess = 2 * (triangle[at] ?? 0) - own - (price[b] ?? 0);
      const net = shared !== null && top[a] === top[b] ? excess - shared.of(a, b) : excess;
      if (net > 0 && triangle[at] !== NEVER) found.add(a, b, net + margin);
    }
  }
  return found.count;
}

/** A network with an arbitrary score: every pair is asked once and kept. */
export function rowMarket(problem: Problem, score: FreeScore | RowScore): Market {
  const { size } = problem;
  const of = score.kind === 'free' ? score.of : (a: number, b: number) => score.rows[a * size + b] ?? 0;
  const triangle = triangleOf(problem, of);
  return {
    candidates: (each) => triangleCandidates(size, triangle, each),
    overpriced: (forest, found) => overpricedByRow(size, triangle, forest, found, new SharedPrices(forest), 0),
    near: (forest, margin, found) => overpricedByRow(size, triangle, forest, found, null, margin),
    score: (a, b) => (a === b ? NEVER : (triangle[offset(size, a < b ? a : b) + (a < b ? b : a)] ?? 0)),
  };
}
