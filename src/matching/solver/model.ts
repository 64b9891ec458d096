/** One addition to the score of one unordered pair of members, for example what an earlier meeting costs; NEVER rules it out. */
export interface Correction {
  readonly a: number;
  readonly b: number;
  readonly change: number;
}

/** Adds 0 to 2^bits − 1 points to every pair, drawn from the keys of its two members; 0 bits turn it off. */
export interface TieBreak {
  readonly bits: number;
  readonly keys: Int32Array;
}

/**
 * A score that depends on two profiles, plus a small seeded tie-break, plus a sparse list of corrections.
 * `between` is symmetric, and never NEVER: who may not meet is of one council, or in `apart`. The tie-break adds 0 to
 * 2^bits − 1 to every pair; 0 bits turn it off.
 */
export interface ProfileScore {
  readonly kind: 'profiles';
  readonly profileOf: Int32Array;
  readonly profiles: number;
  readonly between: (profile: number, other: number) => number;
  readonly tieBreak: TieBreak;
  readonly corrections: readonly Correction[];
}

/** Any symmetric integer score at all: slower, because every pair has to be asked. */
export interface FreeScore {
  readonly kind: 'free';
  readonly of: (member: number, other: number) => number;
}

/** Any symmetric integer score, already written out as `size` full rows. */
export interface RowScore {
  readonly kind: 'rows';
  readonly rows: Int32Array;
}

export type PairScore = ProfileScore | FreeScore | RowScore;

/**
 * Who may be paired and what each pair is worth; every number is a whole number of at most LIMIT in size.
 * Members of one council are never paired, nor are the pairs in `apart`. `leave` is what leaving a member out is worth.
 */
export interface Problem {
  readonly size: number;
  readonly council: Int32Array;
  readonly score: PairScore;
  readonly leave: Int32Array;
  readonly apart: readonly (readonly [number, number])[];
}

/** The largest score or leave-out value: all sums of dual prices then stay well inside 32 bits. */
export const LIMIT = 1 << 24;

/** What stands for "may not be paired" wherever a score is asked for. */
export const NEVER = -(1 << 30);

/** An odd set of members, at most half of which (rounded down) can be paired among themselves; price is doubled. */
export interface OddSet {
  readonly members: readonly number[];
  readonly price: number;
}

/**
 * Dual prices, doubled so that they are whole. For every allowed pair: price + price + the prices of the odd sets that
 * hold both ≥ twice the score; and every member's price ≥ twice their leave-out value.
 */
export interface Duals {
  readonly price: Int32Array;
  readonly oddSets: readonly OddSet[];
}

/** The best round: each member's partner (themselves when left out), its value, and the prices that prove it best. */
export interface Matching {
  readonly partner: Int32Array;
  readonly objective: number;
  readonly duals: Duals;
}

/** What leaving out somebody who has dropped out is worth: more than any pair, so that the same proof covers it. */
export const GONE = 4 * LIMIT;
