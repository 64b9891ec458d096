import type { RoundEffort } from './effort.ts';
import type { GroupList, Prices } from './group-list.ts';
import { Reseating } from './reseating.ts';
import { Seats } from './seats.ts';
import type { Square } from './square.ts';

/** How hot reseating starts at first and when it starts again, and how it ends, in spreads of the prices. */
const HEAT = { first: 2.5, again: 0.6, last: 0.15 };

/**
 * Makes a seating in which all may meet as good as it can, from groups near their price: half of the moves in one go, the
 * others in shorter ones that start again from the best.
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
  const half = Math.max(least, (moves + movesForEach * square.size) * square.size) / 2;
  const last = HEAT.last * spread;
  reseating.run({ moves: half, first: HEAT.first * spread, last });
  let best = reseating.groups;
  let slack = reseating.total;
  for (let turn = 0; turn < again; turn++) {
    reseating.run({ moves: half / again, first: HEAT.again * spread, last });
    if (reseating.total < slack) {
      best = reseating.groups;
      slack = reseating.total;
    } else reseating.seatAll(best);
  }
  const seats = new Seats(square, best);
  seats.swapAll();
  return seats.groups;
}
