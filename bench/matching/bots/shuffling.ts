import { type Dice, shuffled } from '../dice.ts';
import type { Bot, Situation } from './model.ts';

/*
 * Bots that shuffle and pair whoever comes next to each other. The rules are written anew from what each bot does.
 */

/** Two after two; the last is left over where their number is odd. */
function twoByTwo(order: readonly number[]): readonly (readonly number[])[] {
  return order.flatMap((_, at) => (at % 2 === 0 ? [order.slice(at, at + 2)] : []));
}

const everybody = ({ members, dice }: Situation) => shuffled(dice, [...members.keys()]);

export const icebreaker: Bot = {
  name: 'Icebreaker',
  rule: 'shuffles, pairs neighbours, drops the odd one',
  address: 'https://github.com/OfficeDev/microsoft-teams-apps-icebreaker',
  groups: (situation) => twoByTwo(everybody(situation)).filter((group) => group.length === 2),
};

const tries = 20;
/** Rounds are a fortnight apart. */
const daysBetween = 14;

function withLastThree(order: readonly number[]): readonly (readonly number[])[] {
  const groups = twoByTwo(order);
  const [last = [], before = []] = groups.toReversed();
  return last.length === 1 && groups.length > 1 ? [...groups.slice(0, -2), [...before, ...last]] : groups;
}

export const workbench: Bot = {
  name: 'workbench',
  rule: 'of twenty shuffles, the one with the fewest and oldest repeats',
  address: 'https://github.com/matthiask/workbench',
  groups(situation) {
    const costOf = (group: readonly number[]) =>
      pairsIn(group).reduce(
        (sum, [a, b]) => sum + situation.met(a, b).reduce((cost, ago) => cost + 0.97 ** (daysBetween * ago), 0),
        0,
      );
    const rounds = Array.from({ length: tries }, () => {
      const groups = withLastThree(everybody(situation));
      return { groups, cost: groups.reduce((sum, group) => sum + costOf(group), 0) };
    });
    return rounds.toSorted((a, b) => a.cost - b.cost)[0]?.groups ?? [];
  },
};

export function pairsIn(group: readonly number[]): readonly (readonly [number, number])[] {
  return group.flatMap((a, at) => group.slice(at + 1).map((b): readonly [number, number] => [a, b]));
}

const retries = 3;

/** Somebody whom `member` has not met, tried for a few times; then whoever it is. */
function partnerFor(member: number, waiting: readonly number[], { met }: Situation, dice: Dice): number {
  let at = dice(waiting.length);
  for (let retry = 0; retry < retries && met(member, waiting[at] ?? member).length > 0; retry++)
    at = dice(waiting.length);
  return at;
}

export const coffeebot: Bot = {
  name: 'coffeebot',
  rule: 'draws a partner, up to three times again where the two have met; the last three are a group',
  address: 'https://github.com/GaloisInc/coffeebot',
  groups(situation) {
    const waiting = [...everybody(situation)];
    const groups: (readonly number[])[] = [];
    while (waiting.length > 3) {
      const member = waiting.shift() ?? 0;
      const [partner = 0] = waiting.splice(partnerFor(member, waiting, situation, situation.dice), 1);
      groups.push([member, partner]);
    }
    return waiting.length > 1 ? [...groups, waiting] : groups;
  },
};
