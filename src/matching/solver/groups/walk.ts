import type { Cover, Roll } from './cover.ts';

/** How a walk goes: what an uncovered member costs and how hot it starts and ends, in sixths of a point. */
export interface Walk {
  readonly moves: number;
  readonly uncovered: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Goes from cover to cover, always by a group that holds somebody uncovered, and forces out the groups that are in its way;
 * their members are uncovered then. A move that costs more is made the more rarely the cooler it has become (simulated
 * annealing: Kirkpatrick, Gelatt and Vecchi 1983, https://doi.org/10.1126/science.220.4598.671). In the best rounds almost
 * all groups are worth their price; what is wrong sits in few places, so all moves are spent there. Returns the groups of
 * the best cover seen.
 */
export function walkCovers(cover: Cover, { moves, uncovered: fine, first, last }: Walk, roll: Roll): number[] {
  const { list, slack, around, coveredBy, uncovered, room } = cover;
  const { start, member } = list;
  const cooling = (last / first) ** (1 / Math.max(1, moves));
  const forced = [0, 0, 0, 0];
  let heat = first;
  let cost = 0;
  let least = 0;
  let best = coveredBy.slice();
  for (let move = 0; move < moves; move++, heat *= cooling) {
    if (uncovered.length === 0) {
      const k = coveredBy[roll(coveredBy.length)] ?? 0;
      cover.remove(k);
      cost += fine * ((start[k + 1] ?? 0) - (start[k] ?? 0)) - (slack[k] ?? 0);
      continue;
    }
    const v = uncovered[roll(uncovered.length)] ?? 0;
    const choice = (around.start[v + 1] ?? 0) - (around.start[v] ?? 0);
    if (choice === 0) continue;
    const far = roll(65536) / 65536;
    const k = around.group[(around.start[v] ?? 0) + Math.floor(far * far * choice)] ?? 0;
    let change = slack[k] ?? 0;
    let inTheWay = 0;
    let free = room[(start[k + 1] ?? 0) - (start[k] ?? 0)] ?? 0;
    for (let at = start[k] ?? 0; at < (start[k + 1] ?? 0); at++) {
      change -= fine;
      const other = coveredBy[member[at] ?? 0] ?? 0;
      if (other < 0) continue;
      let isKnown = false;
      for (let f = 0; f < inTheWay; f++) if (forced[f] === other) isKnown = true;
      if (isKnown) continue;
      forced[inTheWay++] = other;
      change += fine * ((start[other + 1] ?? 0) - (start[other] ?? 0)) - (slack[other] ?? 0);
      if ((start[other + 1] ?? 0) - (start[other] ?? 0) === (start[k + 1] ?? 0) - (start[k] ?? 0)) free++;
    }
    if (free === 0 || (change > 0 && Math.exp(-change / heat) * 16_777_216 < roll(16_777_216))) continue;
    for (let f = 0; f < inTheWay; f++) cover.remove(forced[f] ?? 0);
    cover.insert(k);
    cost += change;
    if (cost >= least) continue;
    least = cost;
    best = coveredBy.slice();
  }
  return [...new Set(best)].filter((k) => k >= 0);
}
