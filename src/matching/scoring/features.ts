import { createHash } from 'node:crypto';
import type { Candidate, RoundInput } from './model.ts';
import { type HourPatterns, hourPatterns } from './shared-hours.ts';

/** Sets of numbered things, one a member, as bits: those of member v are the words v × words … (v + 1) × words − 1. */
export interface BitSets {
  readonly words: number;
  readonly bits: Int32Array;
}

/** What decides the score of any two members, as whole numbers: names become numbers, 0 where nothing is known. */
export interface Features {
  readonly themes: BitSets;
  /** Of their own themes, those in which they are at each {@link Stage}. */
  readonly stages: readonly [BitSets, BitSets, BitSets];
  readonly hours: HourPatterns;
  readonly level: Int32Array;
  readonly nation: Int32Array;
  readonly region: Int32Array;
  readonly cohort: Int32Array;
  readonly experiences: BitSets;
  readonly isNewToRole: Uint8Array;
  readonly wish: Uint8Array;
  /** The theme or experience that is wished for. */
  readonly wished: Int32Array;
  readonly owed: Uint8Array;
  /** Drawn from the member’s id and the round’s number: ties fall differently in each round, and the same each time. */
  readonly tieKeys: Int32Array;
}

export const noWish = 0;
export const wishNewToRole = 1;
export const wishExperience = 2;
export const wishTheme = 3;

const wishNumbers = { 'new-to-role': wishNewToRole, experience: wishExperience, theme: wishTheme } as const;

export function featuresOf({ members, number }: Pick<RoundInput, 'members' | 'number'>): Features {
  const themes = numbering();
  const experiences = numbering();
  const own = members.map((member) => new Set(member.themes.map(themes)));
  const wished = Int32Array.from(members, ({ wish }) => {
    if (wish?.kind === 'theme') return themes(wish.theme);
    return wish?.kind === 'experience' ? experiences(wish.experience) : 0;
  });
  // What nobody wishes for decides nothing: without it more members are alike, which makes the solver faster.
  const isWished = new Set(members.map(({ wish }) => (wish?.kind === 'experience' ? wish.experience : undefined)));
  const has = members.map((member) => new Set(member.experiences.filter((one) => isWished.has(one)).map(experiences)));
  const atStage = (stage: number) =>
    members.map(({ themes: names, stages }) => new Set(names.filter((name) => stages[name] === stage).map(themes)));
  return {
    themes: bitSets(own, themes.count()),
    stages: [
      bitSets(atStage(0), themes.count()),
      bitSets(atStage(1), themes.count()),
      bitSets(atStage(2), themes.count()),
    ],
    hours: hourPatterns(members.map(({ hours }) => hours)),
    level: numbered(members, ({ level }) => level),
    nation: numbered(members, ({ nation }) => nation),
    region: numbered(members, ({ region }) => region),
    cohort: numbered(members, ({ cohort }) => cohort),
    experiences: bitSets(has, experiences.count()),
    isNewToRole: Uint8Array.from(members, (member) => (member.isNewToRole ? 1 : 0)),
    wish: Uint8Array.from(members, ({ wish }) => (wish === null ? noWish : wishNumbers[wish.kind])),
    wished,
    owed: Uint8Array.from(members, ({ owed }) => owed),
    tieKeys: Int32Array.from(members, ({ id }) =>
      createHash('sha256').update(`${number}:${id}`).digest().readInt32LE(),
    ),
  };
}

type Numbering = ((name: string) => number) & { count(): number };

/** Gives each new name the next number, from 0. */
function numbering(): Numbering {
  const numbers = new Map<string, number>();
  const give = (name: string): number => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  };
  return Object.assign(give, { count: () => numbers.size });
}

function numbered(members: readonly Candidate[], of: (member: Candidate) => string): Int32Array {
  const give = numbering();
  give('');
  return Int32Array.from(members, (member) => give(of(member)));
}

function bitSets(sets: readonly ReadonlySet<number>[], count: number): BitSets {
  const words = Math.max(1, Math.ceil(count / 32));
  const bits = new Int32Array(sets.length * words);
  sets.forEach((set, member) => {
    for (const item of set) {
      const at = member * words + (item >> 5);
      bits[at] = (bits[at] ?? 0) | (1 << (item & 31));
    }
  });
  return { words, bits };
}

export function hasItem({ words, bits }: BitSets, member: number, item: number): boolean {
  return (((bits[member * words + (item >> 5)] ?? 0) >>> (item & 31)) & 1) === 1;
}

/** How many things two members have in common, of two kinds of sets. */
export function countShared(one: BitSets, a: number, other: BitSets, b: number): number {
  let count = 0;
  for (let word = 0; word < one.words; word += 1) {
    count += bitCount((one.bits[a * one.words + word] ?? 0) & (other.bits[b * one.words + word] ?? 0));
  }
  return count;
}

export function countEither({ words, bits }: BitSets, a: number, b: number): number {
  let count = 0;
  for (let word = 0; word < words; word += 1) {
    count += bitCount((bits[a * words + word] ?? 0) | (bits[b * words + word] ?? 0));
  }
  return count;
}

export function meet(one: BitSets, a: number, other: BitSets, b: number): boolean {
  for (let word = 0; word < one.words; word += 1) {
    if (((one.bits[a * one.words + word] ?? 0) & (other.bits[b * one.words + word] ?? 0)) !== 0) return true;
  }
  return false;
}

/** Set bits of a word, by adding up neighbours. */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
