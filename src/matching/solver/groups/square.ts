import { NEVER, type Problem } from '../model.ts';
import { scoreOf } from '../pair-score.ts';

/** All pair scores as one square, NEVER where two may not meet (a member with themselves too), and what leaving out is worth. */
export interface Square {
  readonly size: number;
  readonly of: Int32Array;
  readonly leave: Int32Array;
}

/** By the size of a group: what its sum of pair scores is multiplied by, so that it counts six times each member’s mean. */
export const FACTOR: readonly number[] = [0, 6, 6, 3, 2];

/** What a group is worth in which two may not meet: less than any round of groups, however large. */
export const FORBIDDEN = -(2 ** 44);

export function squareOf(problem: Problem): Square {
  const { size, leave } = problem;
  const score = scoreOf(problem);
  const of = new Int32Array(size * size).fill(NEVER);
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const value = score(a, b);
      of[a * size + b] = value;
      of[b * size + a] = value;
    }
  }
  return { size, of, leave };
}

/** What a group of two to four is worth, or leaving out somebody alone, in sixths of a point. */
export function worthOf({ size, of, leave }: Square, group: readonly number[]): number {
  if (group.length === 1) return 6 * (leave[group[0] ?? 0] ?? 0);
  let sum = 0;
  for (let i = 0; i < group.length; i++) {
    for (let j = i + 1; j < group.length; j++) {
      const score = of[(group[i] ?? 0) * size + (group[j] ?? 0)] ?? 0;
      if (score === NEVER) return FORBIDDEN;
      sum += score;
    }
  }
  return (FACTOR[group.length] ?? 0) * sum;
}
