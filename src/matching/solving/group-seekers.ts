import type { RoundInput } from '../scoring/model.ts';
import type { Scores } from '../scoring/score.ts';

/** Places in `input.members` of those who were not fixed in a group, in the order of their ids. */
export function freeMembers({ members, locked }: RoundInput): readonly number[] {
  const fixed = new Set(locked.flat());
  const idAt = (member: number) => members[member]?.id ?? '';
  return [...members.keys()].filter((one) => !fixed.has(idAt(one))).toSorted((a, b) => (idAt(a) < idAt(b) ? -1 : 1));
}

/**
 * More people than these meet in pairs, whatever is wished: groups of so many take a quarter of a minute and 400 MB to find,
 * those of twice as many minutes and gigabytes (docs/matching.md).
 */
export const mostInGroups = 5_000;

/** In how large groups all of a round meet, where so many were not fixed in one. */
export function groupSizeOf({ groupSize }: Pick<RoundInput, 'groupSize'>, free: number): RoundInput['groupSize'] {
  return free > mostInGroups ? 2 : groupSize;
}

/** Nobody is put together with more than three others. */
const largest = 4;
/** With more, a group of three more could be made of them. */
const mostJoining = 2;

/**
 * Who of those who would rather be in a group sits in one, in a round of pairs: groups of three, as they can be made one
 * after another, those first who have the fewest to choose from; then up to two more, each as a fourth. Everybody else is
 * paired, and so many are that nobody is left over by the number alone.
 *
 * It is a rule, not a search: the same members sit in groups whoever asks. How they are divided among the groups is for the
 * solver to find.
 *
 * @param free as {@link freeMembers} gives them
 * @returns one way to seat them; empty where there is none
 */
export function seatSeekers({ input, mayMeet }: Scores, free: readonly number[]): readonly (readonly number[])[] {
  const seekers = free.filter((member) => input.members[member]?.wantsGroup);
  if (seekers.length > mostInGroups) return [];
  const choice = new Map(seekers.map((one) => [one, seekers.filter((other) => mayMeet(one, other)).length]));
  const { groups, others } = threesOf(
    seekers.toSorted((a, b) => (choice.get(a) ?? 0) - (choice.get(b) ?? 0)),
    mayMeet,
  );
  const left = free.length - 3 * groups.length;
  const joined = withFourths(groups, others, mayMeet, left);
  if (left !== 1 || joined.flat().length > 3 * groups.length) return joined;
  return groups.slice(0, -1);
}

function threesOf(seekers: readonly number[], mayMeet: Scores['mayMeet']) {
  const groups: (readonly number[])[] = [];
  const others: number[] = [];
  let waiting = seekers;
  for (let first = waiting.at(0); first !== undefined; first = waiting.at(0)) {
    waiting = waiting.slice(1);
    const company = companyOf(first, waiting, mayMeet);
    if (company === undefined) others.push(first);
    else groups.push([first, ...company]);
    waiting = waiting.filter((one) => !company?.includes(one));
  }
  return { groups, others };
}

/** The first two who may meet somebody, and each other. */
function companyOf(one: number, waiting: readonly number[], mayMeet: Scores['mayMeet']) {
  const near = waiting.filter((other) => mayMeet(one, other));
  for (const [at, second] of near.entries()) {
    const third = near.slice(at + 1).find((other) => mayMeet(second, other));
    if (third !== undefined) return [second, third] as const;
  }
  return undefined;
}

/** @param left how many would be paired if nobody joined: so many join that an even number is */
function withFourths(
  groups: readonly (readonly number[])[],
  others: readonly number[],
  mayMeet: Scores['mayMeet'],
  left: number,
): readonly (readonly number[])[] {
  const steps: (readonly (readonly number[])[])[] = [groups];
  for (const one of others) {
    const last = steps.at(-1) ?? groups;
    const at = last.findIndex((group) => group.length < largest && group.every((other) => mayMeet(one, other)));
    if (at < 0 || steps.length > mostJoining) continue;
    steps.push(last.with(at, [...(last[at] ?? []), one]));
  }
  return steps.findLast((_, joined) => (left - joined) % 2 === 0) ?? groups;
}
