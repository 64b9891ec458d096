/**
 * A round of groups. Values are in sixths of a point, so that they are whole: a group is worth the sum of its members’ mean
 * scores, which is its sum of pair scores times six (a pair), three (a group of three) or two (of four). Whoever is left
 * out counts six times their leave-out value.
 */
export interface GroupRound {
  readonly groups: readonly (readonly number[])[];
  readonly leftOut: readonly number[];
  readonly objective: number;
  /** No round with as many groups of each size, and as many left out, is worth more. */
  readonly bound: number;
  readonly proof: GroupProof;
}

/**
 * What proves a bound. Every possible group of each size that the round has is worth at most its members’ prices and the
 * offset of its size. Whatever round has as many groups of each size is therefore worth at most the sum of all prices and
 * of each size’s offset times its number of groups, which is the bound. All are whole sixths of a point, of either sign.
 */
export interface GroupProof {
  readonly price: readonly number[];
  /** For sizes one (left out), two, three and four. */
  readonly offset: readonly [number, number, number, number];
}

/** What an independent check of a round of groups found. */
export interface GroupVerdict {
  /** Everybody is in one group or left out, all may meet, the sums are right and no group is worth more than it is priced. */
  readonly isSound: boolean;
  readonly isBest: boolean;
  /** How many groups of the round’s sizes could have been; `undefined` where groups of four are too many to count. */
  readonly possible: number | undefined;
  /** How many of them are worth more than they are priced: none, where the bound is one. */
  readonly improving: number;
  readonly objective: number;
  readonly bound: number;
}
