import { RoundSolver } from '../../../src/matching/solver/pairs/round-solver.ts';
import { shuffled } from '../dice.ts';
import { type Bot, type Situation, zoneOf } from './model.ts';

/*
 * Bots that choose by who met when, and where people are. The rules are written anew from what each bot does.
 */

/** Rounds that the bot remembers somebody for: twelve weeks, a fortnight apart. */
const remembered = 6;

/** Each takes the first whom they have not met of late, or whom they met longest ago. */
function pairUp(order: readonly number[], { met }: Situation): { pairs: number[][]; over: readonly number[] } {
  const waiting = [...order];
  const pairs: number[][] = [];
  while (waiting.length > 1) {
    const member = waiting.shift() ?? 0;
    const last = waiting.map((other) => Math.min(Infinity, ...met(member, other)));
    const fresh = last.findIndex((ago) => ago > remembered);
    const at = fresh >= 0 ? fresh : last.indexOf(Math.max(...last));
    pairs.push([member, ...waiting.splice(at, 1)]);
  }
  return { pairs, over: waiting };
}

export const barista: Bot = {
  name: 'coffee chat barista',
  rule: 'within three time zones, the first partner not met in twelve weeks; the odd one joins a pair',
  address: 'https://github.com/TheDThompsonDev/coffeeChatBarista',
  groups(situation) {
    const { members, dice } = situation;
    const order = shuffled(dice, [...members.keys()]);
    const inZone = (zone: number) => order.filter((member) => zoneOf(members[member] ?? { hours: [] }) === zone);
    const zones = [0, 1, 2].map((zone) => pairUp(inZone(zone), situation));
    const rest = pairUp(
      zones.flatMap(({ over }) => over),
      situation,
    );
    const pairs = [...zones.flatMap((zone) => zone.pairs), ...rest.pairs];
    pairs[dice(Math.max(1, pairs.length))]?.push(...rest.over);
    return pairs;
  },
};

export const doughnut: Bot = {
  name: 'doughnut',
  rule: 'sorts all pairs by time zone and by how often they met, takes the best first, drops the odd one',
  address: 'https://github.com/B0yc3y/doughnut',
  groups({ members, met, dice }) {
    const order = shuffled(dice, [...members.keys()]);
    const zones = members.map(zoneOf);
    const scored = order.flatMap((a, at) =>
      order.slice(at + 1).map((b) => ({ a, b, score: (zones[a] === zones[b] ? 0 : 1) - 2 * met(a, b).length })),
    );
    const taken = new Set<number>();
    return scored
      .toSorted((one, other) => other.score - one.score)
      .flatMap(({ a, b }) => {
        if (taken.has(a) || taken.has(b)) return [];
        taken.add(a).add(b);
        return [[a, b]];
      });
  },
};

/** More than any tie could add up to, so that its costs decide and chance only among equals. */
const unit = 4;

export const colette: Bot = {
  name: 'colette',
  rule: 'the least cost: same council 10, met in the last ten rounds 50, in the last round never; one sits out',
  address: 'https://github.com/dehorsley/colette',
  groups({ members, met, dice }) {
    const size = members.length;
    const ties = Int32Array.from({ length: size * size }, () => dice(unit));
    const costOf = (a: number, b: number) => {
      const ago = Math.min(Infinity, ...met(a, b));
      if (ago === 1) return 100_000;
      return (members[a]?.council === members[b]?.council ? 10 : 0) + (ago <= 10 ? 50 : 0);
    };
    const of = (a: number, b: number) => (ties[Math.min(a, b) * size + Math.max(a, b)] ?? 0) - unit * costOf(a, b);
    const solver = RoundSolver.of({
      size,
      council: Int32Array.from(members.keys()),
      score: { kind: 'free', of },
      leave: new Int32Array(size).fill(-1_000_000),
      apart: [],
    });
    solver.solve();
    const { partner } = solver.matching();
    return [...partner.entries()].filter(([a, b]) => a < b);
  },
};
