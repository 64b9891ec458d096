import type { Scores } from '../scoring/score.ts';
import type { PairPrices, PartProof } from './model.ts';
import { leaveValue } from './problem-of.ts';

/**
 * A part without some of its groups and of those whom it left out, and still proven. Whatever prices bound a round, those
 * of a group came to at least what the group was worth; so without them the bound falls at least as far as the value. An
 * odd set that loses members may be even then: at most half of it, rounded down, can be paired among themselves.
 * @param gone ids: all of a group, or none
 */
export function withoutMembersOf(scores: Scores, part: PartProof, gone: ReadonlySet<string>): PartProof {
  if (!part.members.some((id) => gone.has(id))) return part;
  const isGone = (at: number) => gone.has(part.members[at] ?? '');
  const stay = [...part.members.keys()].filter((at) => !isGone(at));
  const moved = new Map(stay.map((at, now) => [at, now]));
  const move = (places: readonly number[]) => places.map((at) => moved.get(at)).filter((at) => at !== undefined);
  const lost = worthOf(scores, part, isGone);
  const rest = {
    members: stay.map((at) => part.members[at] ?? ''),
    groups: part.groups.filter((group) => !group.some(isGone)).map(move),
    leftOut: move(part.leftOut),
    objective: part.objective - lost,
  };
  const prices = (from: PairPrices): PairPrices => ({
    price: stay.map((at) => from.price[at] ?? 0),
    oddSets: from.oddSets.map(([price = 0, ...members]) => [price, ...move(members)]).filter((set) => set.length > 2),
  });
  switch (part.kind) {
    case 'pairs':
      return { ...rest, kind: 'pairs', barrier: move(part.barrier), ...boundByPairs(prices(part.proof)) };
    case 'groups': {
      const price = stay.map((at) => part.proof.price[at] ?? 0);
      const { offset } = part.proof;
      const sizes = [...rest.groups.map((group) => group.length), ...rest.leftOut.map(() => 1)];
      const bound = sum(price) + sum(sizes.map((size) => offset[size - 1] ?? 0));
      return { ...rest, kind: 'groups', bound, proof: { price, offset } };
    }
    case 'trio': {
      const trio = part.groups.find((group) => group.length === 3) ?? [];
      const barrier = move(part.barrier);
      if (trio.some(isGone))
        return { ...rest, kind: 'pairs', barrier, ...boundByPairs(prices(pricesWith(part.proof, trio))) };
      const others = part.proof.others
        .filter((other) => !other.trio.some(isGone))
        .map((other) => ({ trio: threeOf(move(other.trio)), ...prices(other) }));
      const proof = { prices: prices(part.proof.prices), others };
      return { ...rest, kind: 'trio', barrier, bound: part.bound - lost, proof };
    }
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What the groups, and those left out, who go were worth, in sixths of a point. */
function worthOf(scores: Scores, part: PartProof, isGone: (at: number) => boolean): number {
  const place = new Map(scores.input.members.map(({ id }, at) => [id, at]));
  const member = (at: number) => place.get(part.members[at] ?? '') ?? -1;
  const inGroups = part.groups
    .filter((group) => group.some(isGone))
    .map((group) => groupWorth(scores, group.map(member)));
  const out = part.leftOut.filter(isGone).map((at) => 6 * leaveValue(scores, member(at)));
  return sum(inGroups) + sum(out);
}

/** What a group is worth in sixths of a point: its members’ mean scores, halved. */
function groupWorth({ points }: Scores, group: readonly number[]): number {
  const pairs = group.flatMap((a, at) => group.slice(at + 1).map((b) => points(a, b)));
  return (6 / (group.length - 1)) * sum(pairs);
}

/** The prices that bound the rounds with one trio. */
function pricesWith(
  { prices, others }: Extract<PartProof, { kind: 'trio' }>['proof'],
  trio: readonly number[],
): PairPrices {
  return others.find((other) => other.trio.every((at) => trio.includes(at))) ?? prices;
}

function threeOf([a = 0, b = 0, c = 0]: readonly number[]): readonly [number, number, number] {
  return [a, b, c];
}

/** Doubled prices bound the doubled value of all pairs: three times as much is sixths of a point. */
function boundByPairs(proof: PairPrices): { readonly bound: number; readonly proof: PairPrices } {
  const sets = proof.oddSets.map(([price = 0, ...members]) => price * Math.floor(members.length / 2));
  return { bound: 3 * (sum(proof.price) + sum(sets)), proof };
}
