import type { Framework } from '../../src/framework/model.ts';
import type { Interest } from '../../src/framework/rules.ts';
import type { Level } from '../../src/network/model.ts';
import { frameworksFor } from '../../src/reflections/rules.ts';
import { type Nation, nations } from '../../src/time/bank-holidays.ts';

/** An invented member: what they are, and how often they do what with a prompt. Shares are from 0 to 1. */
export interface Person {
  readonly id: string;
  readonly level: Level;
  readonly nation: Nation;
  readonly frameworks: readonly Framework[];
  readonly interests: readonly Interest[];
  readonly answers: number;
  /** Of what they do not answer, what they skip. */
  readonly skips: number;
  /** Of what they are shown, what they swap. */
  readonly swaps: number;
  readonly chance: () => number;
}

/** Tommy Ettinger's mulberry32: the same numbers, from 0 up to 1, for the same seed. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each person depends on their number alone: the first thousand are the same however many there are. */
export function personOf(number: number, frameworks: readonly Framework[]): Person {
  const chance = chanceOf(number * 7919 + 2027);
  const level = pick(chance(), [
    ['manager', 0.4],
    ['director', 0.4],
    ['chief executive', 0.2],
  ] as const);
  const nation = pick(chance(), [
    [nations[0], 0.7],
    [nations[1], 0.12],
    [nations[2], 0.1],
    [nations[3], 0.08],
  ] as const);
  const own = frameworksFor(level, frameworks);
  const themes = own.flatMap(({ id, themes: all }) => all.map((theme) => ({ framework: id, theme: theme.id })));
  const many = Math.floor(chance() * 5);
  return {
    id: `member-${number}`,
    level,
    nation,
    frameworks: own,
    interests: themes
      .map((theme) => ({ theme, order: chance() }))
      .toSorted((one, other) => one.order - other.order)
      .slice(0, many)
      .map(({ theme }) => theme),
    answers: 0.1 + chance() * 0.85,
    skips: chance() * 0.6,
    swaps: chance() * 0.3,
    chance,
  };
}

function pick<Value>(drawn: number, shares: readonly (readonly [Value, number])[]): Value {
  let left = drawn;
  for (const [value, share] of shares) {
    left -= share;
    if (left < 0) return value;
  }
  const last = shares.at(-1);
  if (last === undefined) throw new Error('There is nothing to pick from');
  return last[0];
}
