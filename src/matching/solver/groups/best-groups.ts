import type { Problem } from '../model.ts';
import { RoundSolver } from '../pairs/round-solver.ts';
import { boundOf, closePrices } from './close-prices.ts';
import { efforts, type GroupEffort, type Progress } from './effort.ts';
import { findRound } from './find-round.ts';
import type { Prices } from './group-list.ts';
import type { GroupRound } from './model.ts';
import { dividing } from './plan.ts';
import { worthOfAll } from './seats.ts';
import { type Square, squareOf } from './square.ts';

/**
 * First prices from the best round of pairs: no pair is worth more than its members’ prices, so no group of any size is
 * either, because a group of s is worth the sum over its pairs of 6 / (s − 1), and each member is in s − 1 of them.
 */
function firstPrices(problem: Problem): Float64Array {
  const solver = RoundSolver.of(problem);
  solver.solve();
  const { price, parent, odd } = solver.forest;
  return Float64Array.from(price, (own, v) => {
    let around = 0;
    for (let node = parent[v] ?? 0; node >= 0; node = parent[node] ?? 0) around += odd[node] ?? 0;
    return 3 * (own + around / 2);
  });
}

function offsetOf({ offset }: Prices): GroupRound['proof']['offset'] {
  return [offset[1] ?? 0, offset[2] ?? 0, offset[3] ?? 0, offset[4] ?? 0];
}

function roundOf(
  square: Square,
  groups: readonly (readonly number[])[],
  price: readonly number[],
  offset: GroupRound['proof']['offset'],
  bound: number,
): GroupRound {
  const sorted = groups.map((group) => group.toSorted((a, b) => a - b)).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  return {
    groups: sorted.filter((group) => group.length > 1),
    leftOut: sorted.filter((group) => group.length === 1).flat(),
    objective: worthOfAll(square, sorted),
    bound,
    proof: { price, offset },
  };
}

function sizesOf(seated: readonly (readonly number[])[]): ReturnType<typeof dividing> {
  return { sizes: seated.map((group) => group.length), seating: seated.map((group) => [...group]) };
}

/**
 * Finds a good round of groups and a certified bound on all rounds with as many groups of each size. Everybody is seated
 * where that is possible: in groups of `size` as far as the number of members and of their councils allow, otherwise in
 * groups of sizes near it (see `dividing`). The same problem always has the same answer.
 *
 * @param seated one way to seat everybody, which settles how many groups of each size there are
 */
export function bestGroups(
  problem: Problem,
  size: 3 | 4,
  effort: GroupEffort,
  progress: Progress = () => undefined,
  seated?: readonly (readonly number[])[],
): GroupRound {
  const square = squareOf(problem);
  const { sizes, seating } = seated === undefined ? dividing(square, problem.council, size) : sizesOf(seated);
  if (sizes.every((one) => one === 1)) {
    const price = Array.from(problem.leave, (leave) => 6 * leave);
    const all = price.reduce((sum, one) => sum + one, 0);
    return roundOf(square, seating, price, [0, 0, 0, 0], all);
  }
  const counts = new Int32Array(5);
  for (const one of sizes) counts[one] = (counts[one] ?? 0) + 1;
  progress(0);
  const first = firstPrices(problem);
  const { prices, list, spread } = closePrices(square, first, counts, efforts[effort].prices, (share) => {
    progress(0.6 * share);
  });
  const groups = findRound(square, seating, prices, list, spread, efforts[effort].round);
  progress(1);
  // Where nothing was gained: what was proven at the beginning holds too.
  const plain: Prices = { of: first.map(Math.ceil), offset: new Float64Array(5) };
  const proof = boundOf(plain, counts) < boundOf(prices, counts) ? plain : prices;
  return roundOf(square, groups, [...proof.of], offsetOf(proof), boundOf(proof, counts));
}
