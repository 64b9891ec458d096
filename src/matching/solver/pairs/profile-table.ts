import { withinLimit } from '../check-problem.ts';
import { NEVER, type Problem, type ProfileScore } from '../model.ts';
import { tieBreak } from '../tie-break.ts';

const TILE = 32;

/** A network whose score depends on profiles, laid out so that whole blocks of pairs can be judged at once. */
export interface ProfileTable {
  readonly size: number;
  readonly profiles: number;
  readonly council: Int32Array;
  readonly profileOf: Int32Array;
  /** `between` for every two profiles, as profiles × profiles. */
  readonly base: Int32Array;
  /** The least and the most in `base`, and of 0. */
  readonly least: number;
  readonly most: number;
  /** The members of profile p are `member[start[p] … start[p + 1] − 1]`. */
  readonly start: Int32Array;
  readonly member: Int32Array;
  /** The most the tie-break adds; its mask. */
  readonly spread: number;
  readonly keys: Int32Array;
  readonly changes: Changes;
}

/** Corrections by member, both ways: partners `to`, `change` (NEVER for a pair that may not be). */
export interface Changes {
  readonly start: Int32Array;
  readonly to: Int32Array;
  readonly change: Int32Array;
}

function changesOf(size: number, score: ProfileScore, apart: Problem['apart']): Changes {
  const start = new Int32Array(size + 1);
  const count = (a: number, b: number): void => {
    start[a + 1] = (start[a + 1] ?? 0) + 1;
    start[b + 1] = (start[b + 1] ?? 0) + 1;
  };
  for (const { a, b } of score.corrections) count(a, b);
  for (const [a, b] of apart) count(a, b);
  for (let v = 0; v < size; v++) start[v + 1] = (start[v + 1] ?? 0) + (start[v] ?? 0);
  const to = new Int32Array(start[size] ?? 0);
  const change = new Int32Array(start[size] ?? 0);
  const fill = start.slice(0, size);
  const put = (a: number, b: number, by: number): void => {
    const at = fill[a] ?? 0;
    fill[a] = at + 1;
    to[at] = b;
    change[at] = by;
  };
  for (const { a, b, change: by } of score.corrections) {
    put(a, b, by);
    put(b, a, by);
  }
  for (const [a, b] of apart) {
    put(a, b, NEVER);
    put(b, a, NEVER);
  }
  return { start, to, change };
}

/** Fills the symmetric table tile by tile, so that the mirrored half stays in the processor's cache. */
function baseOf({ profiles, between }: ProfileScore): Pick<ProfileTable, 'base' | 'least' | 'most'> {
  const base = new Int32Array(profiles * profiles);
  let least = 0;
  let most = 0;
  for (let top = 0; top < profiles; top += TILE) {
    for (let left = top; left < profiles; left += TILE) {
      const lastP = Math.min(top + TILE, profiles);
      const lastQ = Math.min(left + TILE, profiles);
      for (let p = top; p < lastP; p++) {
        for (let q = Math.max(p, left); q < lastQ; q++) {
          const value = withinLimit(between(p, q), 'The score of two profiles');
          base[p * profiles + q] = value;
          base[q * profiles + p] = value;
          if (value < least) least = value;
          if (value > most) most = value;
        }
      }
    }
  }
  return { base, least, most };
}

export function profileTable(problem: Problem, score: ProfileScore): ProfileTable {
  const { size, council } = problem;
  const { profiles, profileOf } = score;
  const start = new Int32Array(profiles + 1);
  for (let v = 0; v < size; v++) start[(profileOf[v] ?? 0) + 1] = (start[(profileOf[v] ?? 0) + 1] ?? 0) + 1;
  for (let p = 0; p < profiles; p++) start[p + 1] = (start[p + 1] ?? 0) + (start[p] ?? 0);
  const fill = start.slice(0, profiles);
  const member = new Int32Array(size);
  for (let v = 0; v < size; v++) {
    const at = fill[profileOf[v] ?? 0] ?? 0;
    member[at] = v;
    fill[profileOf[v] ?? 0] = at + 1;
  }
  const changes = changesOf(size, score, problem.apart);
  const spread = (1 << score.tieBreak.bits) - 1;
  return {
    size,
    profiles,
    council,
    profileOf,
    ...baseOf(score),
    start,
    member,
    spread,
    keys: score.tieBreak.keys,
    changes,
  };
}

/** The score of one pair, or NEVER. */
export function profileScore(table: ProfileTable, a: number, b: number): number {
  if (a === b || table.council[a] === table.council[b]) return NEVER;
  const { start, to, change } = table.changes;
  let sum = table.base[(table.profileOf[a] ?? 0) * table.profiles + (table.profileOf[b] ?? 0)] ?? 0;
  if (table.spread > 0) sum += tieBreak(table.keys[a] ?? 0, table.keys[b] ?? 0, table.spread);
  for (let e = start[a] ?? 0; e < (start[a + 1] ?? 0); e++) {
    if (to[e] !== b) continue;
    if (change[e] === NEVER) return NEVER;
    sum += change[e] ?? 0;
  }
  return sum;
}
