import { NEVER, type Problem } from '../model.ts';
import { scoreOf } from '../pair-score.ts';
import { countGroups } from './count-groups.ts';
import type { GroupRound, GroupVerdict } from './model.ts';

/** By size less one: what a sum of pair scores is multiplied by to count six times each member’s mean. */
const SHARE: readonly number[] = [0, 6, 3, 2];

/** A round as the check sees it: who sits together, alone for those left out, and the price of every size. */
type Seated = readonly (readonly number[])[];

/** Whether everybody is in exactly one group of at most four, and nobody else is. */
function seatsEverybody(groups: Seated, size: number): boolean {
  const all = groups.flat().toSorted((a, b) => a - b);
  return (
    groups.every((group) => group.length > 0 && group.length < 5) &&
    all.length === size &&
    all.every((v, at) => v === at)
  );
}

function objectiveOf(problem: Problem, groups: Seated, score: (a: number, b: number) => number): number {
  let sum = 0;
  for (const group of groups) {
    for (const a of group) {
      if (group.length === 1) sum += 6 * (problem.leave[a] ?? 0);
      for (const b of group) if (a < b) sum += (SHARE[group.length - 1] ?? 0) * score(a, b);
    }
  }
  return sum;
}

/** Six times each pair’s score less both prices: −∞ where two may not meet. */
function surplusOf(size: number, price: readonly number[], score: (a: number, b: number) => number): Float64Array {
  const surplus = new Float64Array(size * size).fill(-Infinity);
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const points = score(a, b);
      if (points === NEVER) continue;
      surplus[a * size + b] = 6 * points - (price[a] ?? 0) - (price[b] ?? 0);
      surplus[b * size + a] = surplus[a * size + b] ?? 0;
    }
  }
  return surplus;
}

/**
 * How many groups of two, three or four are worth more than their price. A group of s is worth 6 / (s − 1) times its sum of
 * pair scores and each member is in s − 1 of its pairs, so it is overpriced when the surplus of its pairs is more than s − 1
 * times the offset, which is `bar`. Then its best pair has more than an equal share of that, and of four members the best
 * three have more than half of it among themselves: only those are looked at. One that is found twice is counted once.
 */
function countOverpriced(surplus: Float64Array, size: number, members: number, bar: number): number {
  const found = new Set<string>();
  const of = (a: number, b: number): number => surplus[a * size + b] ?? 0;
  const least = bar / ((members * (members - 1)) / 2);
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const pair = of(a, b);
      if (!(pair > least)) continue;
      if (members === 2) found.add(`${a} ${b}`);
      for (let c = 0; members > 2 && c < size; c++) {
        const [ac, bc] = [of(a, c), of(b, c)];
        const three = pair + ac + bc;
        if (ac > pair || bc > pair || !(three > (members === 3 ? bar : bar / 2))) continue;
        if (members === 3) found.add([a, b, c].sort().join(' '));
        for (let d = 0; members === 4 && d < size; d++)
          if (three + of(a, d) + of(b, d) + of(c, d) > bar) found.add([a, b, c, d].sort().join(' '));
      }
    }
  }
  return found.size;
}

/**
 * Checks a round of groups against its prices: every possible group of each size it has, and both totals. Shares no code
 * with the search. For why prices prove the bound see `GroupProof`.
 */
export function verifyGroups(problem: Problem, { groups, leftOut, objective, bound, proof }: GroupRound): GroupVerdict {
  const { size, leave } = problem;
  const { price, offset } = proof;
  const score = scoreOf(problem);
  const seated: Seated = [...groups, ...leftOut.map((v) => [v])];
  let isSound = seatsEverybody(seated, size) && groups.every((group) => group.length > 1);
  isSound &&= price.length === size && [...price, ...offset].every((one) => Number.isSafeInteger(one));
  if (!isSound) return { isSound, isBest: false, possible: 0, improving: 0, objective, bound };
  isSound = seated.every((group) => group.every((a) => group.every((b) => a === b || score(a, b) !== NEVER)));
  isSound &&= objective === objectiveOf(problem, seated, score);
  const counts = [1, 2, 3, 4].map((members) => seated.filter((group) => group.length === members).length);
  const prices = price.reduce((sum, one) => sum + one, 0);
  isSound &&= bound === counts.reduce((sum, count, at) => sum + count * (offset[at] ?? 0), prices);
  const surplus = surplusOf(size, price, score);
  let improving = 0;
  counts.forEach((count, at) => {
    if (count === 0) return;
    if (at === 0) improving += price.filter((one, v) => 6 * (leave[v] ?? 0) > one + offset[0]).length;
    else improving += countOverpriced(surplus, size, at + 1, at * (offset[at] ?? 0));
  });
  const possible = countGroups(size, (a, b) => surplus[a * size + b] !== -Infinity, counts);
  isSound &&= improving === 0;
  return { isSound, isBest: isSound && objective === bound, possible, improving, objective, bound };
}
