import type { Forest } from '../blossom/forest.ts';
import type { PairList } from './pair-list.ts';

/** Where the engine learns what pairs are worth: a first choice of candidates, and whatever the prices do not yet allow. */
export interface Market {
  /** The members' best pairs, at least about `each` a member where there are so many, with doubled weights. */
  candidates(each: number): PairList;
  /** Adds every allowed pair that is worth more than its prices, with the (doubled) excess, and returns how many. */
  overpriced(forest: Forest, found: PairList): number;
  /** Adds every allowed pair whose doubled score is more than `margin` above its two members' prices, with that excess. */
  near(forest: Forest, margin: number, found: PairList): number;
  /** The score of a pair, or NEVER. */
  score(a: number, b: number): number;
}
