import { type Framework, stageKeys, type Theme } from '../../src/framework/model.ts';
import type { Interest } from '../../src/framework/rules.ts';
import type { Level } from '../../src/network/model.ts';
import type { Fate, Shown } from './life.ts';
import type { Person } from './people.ts';

/** Thirteen weeks. */
export const quarters = 8;

/** How often the themes of somebody with so many interests are asked about. */
export interface Lean {
  people: number;
  /** Prompts for each theme of interest, and for each other theme: sums over people of their means. */
  inside: number;
  outside: number;
}

/** What is counted over everybody. */
export interface Figures {
  people: number;
  readonly levels: Record<Level, number>;
  readonly fates: Record<Fate, number>;
  /** By the difference between the themes asked about most and least, outside the interests and within them. */
  readonly spreadOutside: number[];
  readonly spreadInside: number[];
  /** The most prompts without one theme, as a share of what is allowed: twice the number of themes. */
  longestWait: number;
  /** Asked again although another prompt of the same theme and stage was asked less often. */
  earlyRepeats: number;
  /** Asked again once all of its theme and stage had been. */
  secondRounds: number;
  stepsBack: number;
  /** By number of themes, then by number of interests. */
  readonly leans: Map<number, Lean[]>;
  /** Prompts of chief executives, by quarter and stage. */
  readonly stages: number[][];
}

export function noFigures(): Figures {
  return {
    people: 0,
    levels: { manager: 0, director: 0, 'chief executive': 0 },
    fates: { answered: 0, skipped: 0, left: 0, swapped: 0 },
    spreadOutside: [],
    spreadInside: [],
    longestWait: 0,
    earlyRepeats: 0,
    secondRounds: 0,
    stepsBack: 0,
    leans: new Map(),
    stages: Array.from({ length: quarters }, () => [0, 0, 0]),
  };
}

/** Adds what one person was shown. */
export function count(figures: Figures, person: Person, shown: readonly Shown[]): void {
  figures.people += 1;
  figures.levels[person.level] += 1;
  for (const { fate } of shown) figures.fates[fate] += 1;
  const themes = person.frameworks.flatMap((framework) => framework.themes.map((theme) => ({ framework, theme })));
  const tallies = themes.map(({ framework, theme }) => tallyOf(framework, theme, person.interests, shown));
  for (const { repeats, early, back, wait } of tallies) {
    figures.secondRounds += repeats - early;
    figures.earlyRepeats += early;
    figures.stepsBack += back;
    figures.longestWait = Math.max(figures.longestWait, wait / (2 * themes.length));
  }
  const [inside, outside] = [true, false].map((wanted) =>
    tallies.filter(({ isInterest }) => isInterest === wanted).map(({ asked }) => asked),
  );
  addSpread(figures.spreadInside, inside ?? []);
  addSpread(figures.spreadOutside, outside ?? []);
  addLean(figures, themes.length, inside ?? [], outside ?? []);
  if (person.level === 'chief executive') addStages(figures, person, shown);
}

interface Tally {
  readonly isInterest: boolean;
  readonly asked: number;
  readonly repeats: number;
  readonly early: number;
  readonly back: number;
  readonly wait: number;
}

function tallyOf(framework: Framework, theme: Theme, interests: readonly Interest[], shown: readonly Shown[]): Tally {
  const keys = stageKeys(framework);
  const times = new Map<string, number>();
  const at: number[] = [];
  let [repeats, early, back, reached] = [0, 0, 0, 0];
  shown.forEach(({ chosen }, index) => {
    if (chosen.framework !== framework.id || chosen.theme !== theme.id) return;
    at.push(index);
    const before = times.get(chosen.prompt) ?? 0;
    const cell = theme.prompts[chosen.stage] ?? [];
    if (before > 0) repeats += 1;
    if (cell.some(({ id }) => (times.get(id) ?? 0) < before)) early += 1;
    times.set(chosen.prompt, before + 1);
    const stage = keys.indexOf(chosen.stage);
    if (stage < reached) back += 1;
    reached = Math.max(reached, stage);
  });
  const waits = [...at, shown.length].map((index, order) => index - (at[order - 1] ?? -1) - 1);
  const isInterest = interests.some((one) => one.framework === framework.id && one.theme === theme.id);
  return { isInterest, asked: at.length, repeats, early, back, wait: Math.max(...waits) };
}

function addSpread(spreads: number[], counts: readonly number[]): void {
  if (counts.length < 2) return;
  const spread = Math.max(...counts) - Math.min(...counts);
  spreads[spread] = (spreads[spread] ?? 0) + 1;
}

function addLean({ leans }: Figures, themes: number, inside: readonly number[], outside: readonly number[]): void {
  const row = leans.get(themes) ?? Array.from({ length: 5 }, () => ({ people: 0, inside: 0, outside: 0 }));
  leans.set(themes, row);
  const lean = row[inside.length];
  if (lean === undefined) return;
  lean.people += 1;
  lean.inside += mean(inside);
  lean.outside += mean(outside);
}

function addStages({ stages }: Figures, { frameworks }: Person, shown: readonly Shown[]): void {
  const keys = frameworks.flatMap(stageKeys);
  for (const { week, chosen } of shown) {
    const row = stages[Math.min(Math.floor(week / 13), quarters - 1)];
    const stage = keys.indexOf(chosen.stage);
    if (row !== undefined) row[stage] = (row[stage] ?? 0) + 1;
  }
}

function mean(counts: readonly number[]): number {
  return counts.length === 0 ? 0 : counts.reduce((sum, one) => sum + one, 0) / counts.length;
}
