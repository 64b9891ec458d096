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

/** Members whose numbers are alike but for these bits stand in one block: of each row and block the best score is known. */
const blockBits = 4;

function blocksOf(size: number): number {
  return (size + (1 << blockBits) - 1) >> blockBits;
}

/** The end of the block in which `b` stands. */
function blockEnd(size: number, b: number): number {
  return Math.min(size, ((b >> blockBits) + 1) << blockBits);
}

/** Every pair's score written out once. */
interface Triangle {
  readonly size: number;
  /** The upper triangle row by row; NEVER where a pair may not be. */
  readonly scores: Int32Array;
  /** At least the best score of each row in each block of columns. */
  readonly most: Int32Array;
}

function triangleOf(problem: Problem, of: (a: number, b: number) => number): Triangle {
  const { size, council } = problem;
  const blocks = blocksOf(size);
  const scores = new Int32Array((size * (size - 1)) / 2);
  const most = new Int32Array(size * blocks).fill(NEVER);
  let at = 0;
  for (let a = 0; a < size; a++) {
    const own = council[a] ?? 0;
    for (let first = a + 1; first < size; first = blockEnd(size, first)) {
      const end = blockEnd(size, first);
      let best = NEVER;
      for (let b = first; b < end; b++) {
        const asked = council[b] === own ? NEVER : of(a, b);
        const score = asked === NEVER ? NEVER : withinLimit(asked, 'The score of a pair');
        if (score > best) best = score;
        scores[at++] = score;
      }
      most[a * blocks + (first >> blockBits)] = best;
    }
  }
  for (const [a, b] of problem.apart) scores[offset(size, a < b ? a : b) + (a < b ? b : a)] = NEVER;
  return { size, scores, most };
}

function triangleCandidates({ size, scores }: Triangle, each: number): PairList {
  const few: BestFew[] = Array.from({ length: size }, () => new BestFew(each));
  const bars = new Int32Array(size).fill(NEVER);
  let at = 0;
  for (let a = 0; a < size; a++) {
    const own = few[a];
    if (own === undefined) break;
    for (let b = a + 1; b < size; b++) {
      const score = scores[at++] ?? 0;
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
  { size, scores, most }: Triangle,
  forest: Forest,
  found: PairList,
  shared: SharedPrices | null,
  margin: number,
): number {
  found.clear();
  const { price, top } = forest;
  const blocks = blocksOf(size);
  const least = leastPrices(size, price);
  let at = 0;
  for (let a = 0; a < size; a++) {
    const own = (price[a] ?? 0) + margin;
    for (let first = a + 1; first < size; first = blockEnd(size, first)) {
      const end = blockEnd(size, first);
      const block = first >> blockBits;
      if (2 * (most[a * blocks + block] ?? 0) <= own + (least[block] ?? 0)) {
        at += end - first;
        continue;
      }
      for (let b = first; b < end; b++, at++) {
        if (2 * (scores[at] ?? 0) <= own + (price[b] ?? 0)) continue;
        const excess = 2 * (scores[at] ?? 0) - own - (price[b] ?? 0);
        const net = shared !== null && top[a] === top[b] ? excess - shared.of(a, b) : excess;
        if (net > 0 && scores[at] !== NEVER) found.add(a, b, net + margin);
      }
    }
  }
  return found.count;
}

/** Of each block. */
function leastPrices(size: number, price: Int32Array): Int32Array {
  const least = new Int32Array(blocksOf(size)).fill(2 ** 31 - 1);
  for (let v = 0; v < size; v++) {
    const block = v >> blockBits;
    if ((price[v] ?? 0) < (least[block] ?? 0)) least[block] = price[v] ?? 0;
  }
  return least;
}

/** A network with an arbitrary score: every pair is asked once and kept. */
export function rowMarket(problem: Problem, score: FreeScore | RowScore): Market {
  const { size } = problem;
  const of = score.kind === 'free' ? score.of : (a: number, b: number) => score.rows[a * size + b] ?? 0;
  const triangle = triangleOf(problem, of);
  return {
    candidates: (each) => triangleCandidates(triangle, each),
    overpriced: (forest, found) => overpricedByRow(triangle, forest, found, new SharedPrices(forest), 0),
    near: (forest, margin, found) => overpricedByRow(triangle, forest, found, null, margin),
    score: (a, b) => (a === b ? NEVER : (triangle.scores[offset(size, a < b ? a : b) + (a < b ? b : a)] ?? 0)),
  };
}
