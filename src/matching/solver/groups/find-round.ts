import type { RoundEffort } from './effort.ts';
import type { GroupList, Prices } from './group-list.ts';
import { type Cooling, Reseating } from './reseating.ts';
import { Seats } from './seats.ts';
import type { Square } from './square.ts';

/** How hot the long go and those that start again begin, and how they end, in spreads of the prices. */
const HEAT = { long: { first: 2.5, last: 0.1 }, again: { first: 0.6, last: 0.15 } };

/** Moves of one shorter go: the more take part, the less it helps to start again. */
const MOST_AGAIN = 200_000;

function cooling(moves: number, { first, last }: Omit<Cooling, 'moves'>, spread: number): Cooling {
  return { moves, first: first * spread, last: last * spread };
}

/**
 * Makes a seating in which all may meet as good as it can, from groups near their price: in one long go, then in shorter
 * ones that start again from the best.
 */
export function findRound(
  square: Square,
  seating: readonly (readonly number[])[],
  prices: Prices,
  list: GroupList,
  spread: number,
  { least, moves, movesForEach, again }: RoundEffort,
): number[][] {
  const reseating = new Reseating(square, seating, prices, list);
  const long = Math.max(least, (moves + movesForEach * square.size) * square.size);
  reseating.run(cooling(long, HEAT.long, spread));
  let best = reseating.groups;
  let slack = reseating.total;
  for (let turn = 0; turn < again; turn++) {
    reseating.run(cooling(Math.min(long / again, MOST_AGAIN), HEAT.again, spread));
    if (reseating.total < slack) {
      best = reseating.groups;
      slack = reseating.total;
    } else reseating.seatAll(best);
  }
  const seats = new Seats(square, best);
  seats.swapAll();
  return seats.groups;
}
