import { NEVER, type PairScore, type Problem } from '../../../src/matching/solver/model.ts';
import { scoreOf } from '../../../src/matching/solver/pair-score.ts';
import { tieKeys } from '../../../src/matching/solver/tie-break.ts';
import { dice, type Edge } from './random-graphs.ts';

function symmetric(roll: (limit: number) => number, size: number, range: number, shift: number): number[] {
  const table: number[] = Array.from({ length: size * size }, () => 0);
  for (let p = 0; p < size; p++)
    for (let q = p; q < size; q++) {
      const value = roll(range) - shift;
      table[p * size + q] = value;
      table[q * size + p] = value;
    }
  return table;
}

function randomScore(roll: (limit: number) => number, size: number, kind: number): PairScore {
  const range = [2, 20, 500, 100_000][roll(4)] ?? 20;
  const shift = [0, range >> 2, range][roll(3)] ?? 0;
  if (kind === 1) {
    const rows = symmetric(roll, size, range, shift);
    return { kind: 'free', of: (a, b) => rows[a * size + b] ?? 0 };
  }
  if (kind === 2) return { kind: 'rows', rows: Int32Array.from(symmetric(roll, size, range, shift)) };
  const profiles = 1 + roll(Math.max(1, size >> ([0, 1, 3][roll(3)] ?? 0)));
  const base = symmetric(roll, profiles, range, shift);
  const corrections = Array.from({ length: roll(3 * size) }, () => ({
    a: roll(size),
    b: roll(size),
    change: roll(3 * range) - 2 * range,
  })).filter(({ a, b }) => a !== b);
  return {
    kind: 'profiles',
    profiles,
    profileOf: Int32Array.from({ length: size }, () => roll(profiles)),
    between: (p, q) => base[p * profiles + q] ?? 0,
    tieBreak: { bits: [0, 0, 3, 5][roll(4)] ?? 0, keys: tieKeys(size, roll(1000)) },
    corrections,
  };
}

/** A random network: profiles, a free score or rows; sometimes one big council, sometimes hardly anybody may be left out. */
export function randomProblem(seed: number, least: number, most: number): Problem {
  const roll = dice(seed);
  const size = least + roll(most - least + 1);
  const big = [0, 0, 45, 65][roll(4)] ?? 0;
  const councils = 1 + roll(size);
  const leave = [0, -300, -200_000][roll(3)] ?? 0;
  const apart: [number, number][] = Array.from({ length: roll(size) }, () => [roll(size), roll(size)]);
  return {
    size,
    council: Int32Array.from({ length: size }, () => (roll(100) < big ? 0 : roll(councils))),
    score: randomScore(roll, size, roll(3)),
    leave: Int32Array.from({ length: size }, () => leave - roll(100)),
    apart: apart.filter(([a, b]) => a !== b),
  };
}

/** A network of an odd number in which nearly all are of one kind, as where most have told nothing of themselves yet. */
export function alikeProblem(seed: number, least: number, most: number): Problem {
  const roll = dice(seed);
  const size = (least + roll(most - least + 1)) | 1;
  const kinds = 1 + roll(4);
  const base = symmetric(roll, kinds, 12, 0);
  return {
    size,
    council: Int32Array.from({ length: size }, (_, v) => v % Math.ceil(size / (1 + roll(2)))),
    score: {
      kind: 'profiles',
      profiles: kinds,
      profileOf: Int32Array.from({ length: size }, () => (roll(10) < 8 ? 0 : roll(kinds))),
      between: (p, q) => 30 + 40 * (base[p * kinds + q] ?? 0),
      tieBreak: { bits: [0, 2, 5][roll(3)] ?? 0, keys: tieKeys(size, roll(1000)) },
      corrections: [],
    },
    leave: new Int32Array(size).fill(-1_000_000),
    apart: [],
  };
}

/** Every allowed pair of a problem. */
export function pairsOf(problem: Problem): Edge[] {
  const of = scoreOf(problem);
  const edges: Edge[] = [];
  for (let a = 0; a < problem.size; a++)
    for (let b = a + 1; b < problem.size; b++) if (of(a, b) > NEVER) edges.push({ a, b, weight: of(a, b) });
  return edges;
}
