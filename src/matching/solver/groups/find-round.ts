import { Cover, seededRoll } from './cover.ts';
import type { Effort } from './effort.ts';
import { exchangeGroups } from './exchange.ts';
import { GroupList, type Prices, slackOf } from './group-list.ts';
import { groupsNear } from './list-groups.ts';
import { fillUp, Seats } from './seats.ts';
import { type Square, worthOf } from './square.ts';
import { walkCovers } from './walk.ts';

/** What an uncovered member costs on a walk, and how hot it starts and ends, in spreads of the prices. */
const WALK = { uncovered: 1, first: 0.4, last: 0.03 };

/** Exchanges tried in one turn, however large the network. */
const MOST_EXCHANGES = 3000;

/** The groups that come nearest to their price, of every size that the round has. */
function materials(square: Square, prices: Prices, counts: Int32Array, spread: number, listFor: number): GroupList {
  const list = new GroupList();
  for (let size = 1; size <= 4; size++) {
    if ((counts[size] ?? 0) === 0) continue;
    const most = Math.ceil((listFor * square.size) / size);
    const near = groupsNear(square, prices, size, most, spread).list;
    const slack = slackOf(near, prices);
    const order = Array.from(slack, (_, k) => k).sort((p, q) => (slack[p] ?? 0) - (slack[q] ?? 0));
    for (const k of order.slice(0, 2 * most)) list.add(near.group(k), near.worth[k] ?? 0);
  }
  return list;
}

/** The list with those groups that it does not hold yet, and the places of all of them in it. */
function including(
  square: Square,
  list: GroupList,
  groups: readonly number[][],
): { list: GroupList; places: number[] } {
  const sorted = (group: readonly number[]): string => group.toSorted((a, b) => a - b).join(' ');
  const placeOf = new Map<string, number>();
  const all = new GroupList();
  all.addAll(list);
  for (let k = 0; k < all.count; k++) placeOf.set(sorted(all.group(k)), k);
  const places = groups.map((group) => {
    const known = placeOf.get(sorted(group));
    if (known !== undefined) return known;
    all.add(group, worthOf(square, group));
    return all.count - 1;
  });
  return { list: all, places };
}

/** Improves a full round by swaps of members, then by exchanges of groups, as long as both help. */
function polish(
  square: Square,
  list: GroupList,
  prices: Prices,
  counts: Int32Array,
  groups: readonly number[][],
  exchanges: number,
): number[][] {
  const roll = seededRoll(2);
  let round = groups.map((group) => [...group]);
  for (let turn = 0; turn < 4; turn++) {
    const seats = new Seats(square, round);
    seats.swapAll();
    round = seats.groups;
    const { list: all, places } = including(square, list, round);
    const cover = new Cover(square, all, slackOf(all, prices), counts);
    for (const k of places) cover.insert(k);
    const isBetter = exchangeGroups(
      cover,
      Math.min(exchanges * groups.length, MOST_EXCHANGES),
      3 * groups.length,
      roll,
    );
    round = cover.chosen().map((k) => all.group(k));
    if (!isBetter) break;
  }
  return round;
}

/** Puts a good round together from groups near their price. */
export function findRound(
  square: Square,
  prices: Prices,
  counts: Int32Array,
  spread: number,
  effort: Effort,
): number[][] {
  const list = materials(square, prices, counts, spread, effort.listFor);
  const cover = new Cover(square, list, slackOf(list, prices), counts);
  cover.fillFrom(Array.from(cover.slack, (_, k) => k).sort((p, q) => (cover.slack[p] ?? 0) - (cover.slack[q] ?? 0)));
  const scale = {
    moves: effort.moves * square.size,
    uncovered: WALK.uncovered * spread,
    first: WALK.first * spread,
    last: WALK.last * spread,
  };
  const best = walkCovers(cover, scale, seededRoll(1)).map((k) => list.group(k));
  const room = counts.slice();
  for (const group of best) room[group.length] = (room[group.length] ?? 0) - 1;
  const seated = new Set(best.flat());
  const left = Array.from({ length: square.size }, (_, v) => v).filter((v) => !seated.has(v));
  return polish(square, list, prices, counts, fillUp(square, best, left, room), effort.exchanges);
}
