import type { Correction, Problem, ProfileScore } from '../../src/matching/solver/model.ts';
import { tieKeys } from '../../src/matching/solver/tie-break.ts';
import { councilWeights, type Dice, diceOf, draw, shuffled } from './dice.ts';

/*
 * Invented networks as whole numbers: what the engine is measured on. Everything is drawn from the seed.
 */

/** One member, as far as the score sees them. */
interface Member {
  readonly council: number;
  readonly profile: string;
  /** A bit for each of seven themes. */
  readonly themes: number;
  readonly stage: number;
  readonly zone: number;
  readonly pattern: number;
  readonly owed: number;
}

const themePopularity = [26, 20, 16, 13, 11, 8, 6];
/** The rarer a theme, the more it is worth to share it. */
const themeWorth = [4, 5, 5, 6, 7, 8, 9];
const zoneShare = [86, 5, 3, 2, 2, 1, 1];
const zoneHours = [0, 1, 2, -5, -8, 5, 10];
const patternShare = [55, 15, 12, 10, 8];
const patternHours: readonly (readonly [from: number, until: number])[] = [
  [9, 17],
  [7, 14],
  [10, 15],
  [12, 20],
  [16, 22],
];
const stageWorth = [
  [60, 110, 160, 200, 180],
  [110, 70, 120, 170, 200],
  [160, 120, 80, 110, 150],
  [200, 170, 110, 60, 90],
  [180, 200, 150, 90, 30],
];

function person(dice: Dice, councils: readonly number[], leaning: readonly number[]): Member {
  const council = draw(dice, councils);
  const lean = leaning[council] ?? 0;
  const weights = themePopularity.map((weight, theme) => (theme === lean ? 3 * weight + 20 : weight));
  let themes = 0;
  const wanted = 1 + draw(dice, [20, 35, 30, 15]);
  for (let drawn = 0; drawn < wanted; drawn++) themes |= 1 << draw(dice, weights);
  const stage = draw(dice, [24, 26, 22, 16, 12]);
  const zone = draw(dice, zoneShare);
  const pattern = draw(dice, patternShare);
  const owed = draw(dice, [90, 8, 2]);
  return { council, themes, stage, zone, pattern, owed, profile: [themes, stage, zone, pattern, owed].join() };
}

/** Hours a day, of two who each have one of 7 zones × 5 patterns. */
function sharedHours(one: number, other: number): number {
  const [fromOne, untilOne] = patternHours[one % 5] ?? [9, 17];
  const [fromOther, untilOther] = patternHours[other % 5] ?? [9, 17];
  const shift = (zoneHours[Math.floor(other / 5)] ?? 0) - (zoneHours[Math.floor(one / 5)] ?? 0);
  return Math.max(0, Math.min(untilOne, untilOther - shift) - Math.max(fromOne, fromOther - shift));
}

function sharedThemes(one: number, other: number): number {
  let both = 0;
  let either = 0;
  for (const [theme, worth] of themeWorth.entries()) {
    if ((one >> theme) & (other >> theme) & 1) both += worth;
    if (((one | other) >> theme) & 1) either += worth;
  }
  return either === 0 ? 0 : Math.floor((400 * both) / either);
}

const themesTable = Int32Array.from({ length: 128 * 128 }, (_, pair) => sharedThemes(pair >> 7, pair & 127));
const hoursTable = Int32Array.from({ length: 35 * 35 }, (_, pair) => {
  const hours = sharedHours(Math.floor(pair / 35), pair % 35);
  return hours === 0 ? -500 : Math.min(300, 60 * hours - 60);
});
const stagesTable = Int32Array.from(stageWorth.flat());

/** Shared themes 0 to 400, complementary stage 30 to 200, shared hours −500 to 300; more for whoever is owed. */
function points(one: Member, other: Member): number {
  const hours = hoursTable[35 * (5 * one.zone + one.pattern) + 5 * other.zone + other.pattern] ?? 0;
  const themes = themesTable[128 * one.themes + other.themes] ?? 0;
  const stages = stagesTable[5 * one.stage + other.stage] ?? 0;
  return Math.floor(((themes + stages + hours) * (16 + one.owed + other.owed)) / 16);
}

/** What it costs to bring two together again who met so many rounds ago. */
function repeatCost(age: number): number {
  return 400 + Math.round(3000 * 0.75 ** (age - 1));
}

/** Candidates that somebody looks at in an earlier round. */
const looks = 40;

/** Earlier rounds, played cheaply: everybody takes the best of a few random others of other councils, never met before. */
function playHistory(dice: Dice, members: readonly Member[], rounds: number): readonly Correction[] {
  const n = members.length;
  const met = new Map<number, number>();
  const pairOf = (a: number, b: number) => Math.min(a, b) * n + Math.max(a, b);
  const isNew = (a: number, b: number) => members[a]?.council !== members[b]?.council && !met.has(pairOf(a, b));
  const worth = (a: number, b: number) => {
    const [one, other] = [members[a], members[b]];
    return one === undefined || other === undefined ? 0 : points(one, other);
  };
  for (let round = 0; round < rounds; round++) {
    const present = [...members.keys()].filter(() => dice(100) < 85);
    const waiting = [...shuffled(dice, present)];
    for (let a = waiting.pop(); a !== undefined; a = waiting.pop()) {
      const own = a;
      const free = waiting.slice(-looks).filter((b) => isNew(own, b));
      const [first] = free;
      if (first === undefined) continue;
      const best = free.reduce((most, b) => (worth(own, b) > worth(own, most) ? b : most), first);
      waiting.splice(waiting.lastIndexOf(best), 1);
      met.set(pairOf(own, best), round);
    }
  }
  return Array.from(met, ([pair, round]) => ({
    a: Math.floor(pair / n),
    b: pair % n,
    change: -repeatCost(rounds - round),
  }));
}

export interface NetworkOptions {
  readonly size: number;
  readonly seed: number;
  /** Earlier rounds in the history. */
  readonly rounds: number;
  /** Members to a council on average, and the exponent of their Zipf distribution. */
  readonly perCouncil: number;
  readonly zipf: number;
}

export const usual: Omit<NetworkOptions, 'size'> = { seed: 1, rounds: 10, perCouncil: 12, zipf: 0.9 };
/** For groups: with one council above a quarter, there would be no full round of fours at all. */
export const smallCouncils: Omit<NetworkOptions, 'size'> = { ...usual, perCouncil: 8, zipf: 0.7 };

/** An invented network of exactly `size` members who take part. */
export function networkOf({ size, seed, rounds, perCouncil, zipf }: NetworkOptions): Problem {
  const dice = diceOf(seed * 7919 + size);
  const councils = councilWeights(Math.max(2, Math.round(size / perCouncil)), zipf);
  const leaning = councils.map(() => draw(dice, themePopularity));
  const members = Array.from({ length: size }, () => person(dice, councils, leaning));
  const example = [...new Map(members.map((member) => [member.profile, member])).values()];
  const number = new Map(example.map(({ profile }, at) => [profile, at]));
  const score: ProfileScore = {
    kind: 'profiles',
    profileOf: Int32Array.from(members, ({ profile }) => number.get(profile) ?? 0),
    profiles: example.length,
    between: (profile, other) => {
      const [one, two] = [example[profile], example[other]];
      return one === undefined || two === undefined ? 0 : points(one, two);
    },
    tieBreak: { bits: 5, keys: tieKeys(size, seed) },
    corrections: playHistory(dice, members, rounds),
  };
  return {
    size,
    council: Int32Array.from(members, ({ council }) => council),
    score,
    leave: Int32Array.from(members, ({ owed }) => -20_000 - 5_000 * owed),
    apart: [],
  };
}
