import { box, colours, dot, line, picture, type Spot, text } from './drawing.ts';
import { type Figures, type Lean, quarters } from './figures.ts';
import type { Fate, Shown } from './life.ts';
import type { Person } from './people.ts';
import { mondayOfWeek, weekCount } from './weeks.ts';

const stageNames = ['Acquiring knowledge', 'Gaining experience', 'Sharpening judgement'] as const;
const stageColours = ['#9ec3e6', '#2f6fae', '#123f70'] as const;

/** Each stage's share of what chief executives were shown, quarter by quarter: shares are from 0 to 1. */
export function stageShares({ stages }: Figures): readonly (readonly number[])[] {
  return stages.map((row) => {
    const all = row.reduce((sum, one) => sum + one, 0);
    return row.map((one) => (all === 0 ? 0 : one / all));
  });
}

export function stagesPicture(figures: Figures): string {
  const [left, top, width, height] = [56, 84, 70, 220];
  const bars = stageShares(figures).flatMap((shares, quarter) => {
    const x = left + quarter * width + 8;
    let y = top + height;
    const parts = shares.flatMap((share, stage) => {
      y -= share * height;
      const bar = box({ x, y }, width - 16, share * height, { fill: stageColours[stage] ?? '' });
      const fill = stage === 0 ? colours.ink : '#ffffff';
      const label = { x: x + (width - 16) / 2, y: y + (share * height) / 2 + 4 };
      return share < 0.07 ? [bar] : [bar, text(label, percent(share), { 'text-anchor': 'middle', fill })];
    });
    const name = text({ x: x + (width - 16) / 2, y: top + height + 20 }, quarterName(quarter), {
      'text-anchor': 'middle',
    });
    return [...parts, name];
  });
  const key = stageNames.flatMap((name, stage) => [
    box({ x: left + 8 + stage * 180, y: 44 }, 14, 14, { fill: stageColours[stage] ?? '' }),
    text({ x: left + 28 + stage * 180, y: 56 }, name),
  ]);
  const says = {
    title: 'The stage of what chief executives were asked, quarter by quarter',
    description: `Bars for ${quarters} quarters: the first stage gives way to the second, and both to the third.`,
  };
  const axis = line(
    { x: left, y: top + height },
    { x: left + quarters * width, y: top + height },
    { stroke: colours.quiet },
  );
  return picture(left * 2 + quarters * width, top + height + 40, says, [...key, ...bars, axis]);
}

/** 'Q1 2027'. */
export function quarterName(quarter: number): string {
  return `Q${(quarter % 4) + 1} ${mondayOfWeek(quarter * 13).slice(0, 4)}`;
}

/** Prompts for each theme of interest, and for each other: means over people; '–' where there is no such theme. */
export function leanOf({ people, inside, outside }: Lean): { readonly inside: number; readonly outside: number } {
  return { inside: people === 0 ? 0 : inside / people, outside: people === 0 ? 0 : outside / people };
}

export function leanPicture(figures: Figures): string {
  const rows = [...figures.leans]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([themes, leans]) => leans.map((lean, interests) => ({ themes, interests, ...leanOf(lean) })));
  const [left, top, height] = [250, 84, 24];
  const most = Math.max(...rows.flatMap(({ inside, outside }) => [inside, outside]));
  const x = (prompts: number) => left + (prompts / (Math.ceil(most / 5) * 5)) * 400;
  const bottom = top + rows.length * height;
  const grid = Array.from({ length: Math.ceil(most / 5) + 1 }, (_, step) => step * 5).flatMap((prompts) => [
    line({ x: x(prompts), y: top - 8 }, { x: x(prompts), y: bottom }),
    text({ x: x(prompts), y: bottom + 18 }, String(prompts), { 'text-anchor': 'middle', fill: colours.quiet }),
  ]);
  const marks = rows.flatMap(({ themes, interests, inside, outside }, index) => {
    const y = top + index * height + 8;
    const label = text({ x: left - 14, y: y + 4 }, `${themes} themes, ${interestWords(interests)}`, {
      'text-anchor': 'end',
    });
    const joined = interests === 0 ? [] : [line({ x: x(outside), y }, { x: x(inside), y }, { stroke: colours.quiet })];
    const ofInterest = interests === 0 ? [] : [diamond({ x: x(inside), y })];
    return [label, ...joined, dot({ x: x(outside), y }, 6, { fill: colours.first }), ...ofInterest];
  });
  const key = [
    diamond({ x: left, y: 52 }),
    text({ x: left + 14, y: 56 }, 'a theme of interest'),
    dot({ x: left + 170, y: 52 }, 6, { fill: colours.first }),
    text({ x: left + 184, y: 56 }, 'any other theme'),
  ];
  const says = {
    title: 'Prompts for one theme in two years',
    description: 'By the number of themes and of interests: a theme of interest comes up to twice as often as another.',
  };
  const axis = text({ x: x(0), y: bottom + 38 }, 'prompts in two years, on average', { fill: colours.quiet });
  return picture(690, bottom + 54, says, [...grid, ...key, ...marks, axis]);
}

export function interestWords(interests: number): string {
  return interests === 0 ? 'no interests' : `${interests} of interest`;
}

function diamond({ x, y }: Spot): string {
  return box({ x: x - 5, y: y - 5 }, 10, 10, { fill: colours.second, transform: `rotate(45 ${x.toFixed(1)} ${y})` });
}

const marksOf: Readonly<Record<Fate, (spot: Spot) => string>> = {
  answered: (spot) => dot(spot, 4, { fill: colours.first }),
  skipped: (spot) => dot(spot, 3.5, { fill: '#ffffff', stroke: colours.first, 'stroke-width': 1.5 }),
  left: ({ x, y }) => line({ x: x - 4, y }, { x: x + 4, y }, { stroke: colours.quiet, 'stroke-width': 2 }),
  swapped: ({ x, y }) => text({ x, y: y + 4 }, '×', { 'text-anchor': 'middle', fill: colours.second }),
};

export const fateWords: Readonly<Record<Fate, string>> = {
  answered: 'answered',
  skipped: 'skipped',
  left: 'not answered',
  swapped: 'swapped',
};

/** One member's two years: a row for each theme, a column for each week. */
export function lifePicture(person: Person, shown: readonly Shown[]): string {
  const themes = person.frameworks.flatMap(({ themes: all }) => all);
  const isInterest = (id: string) => person.interests.some(({ theme }) => theme === id);
  const [left, top, step, row] = [350, 84, 8, 24];
  const right = left + weekCount * step;
  const rows = themes.flatMap(({ id, name }, index) => {
    const y = top + index * row;
    const label = `${isInterest(id) ? '◆ ' : ''}${name}`;
    return [
      line({ x: left - 6, y }, { x: right, y }),
      text({ x: left - 14, y: y + 4 }, label, {
        'text-anchor': 'end',
        ...(isInterest(id) ? { 'font-weight': 600 } : {}),
      }),
    ];
  });
  const spots = shown.map(({ week, chosen, fate }) => {
    const index = themes.findIndex(({ id }) => id === chosen.theme);
    return marksOf[fate]({ x: left + week * step + step / 2, y: top + index * row });
  });
  const bottom = top + themes.length * row;
  const times = Array.from({ length: quarters }, (_, quarter) =>
    text({ x: left + quarter * 13 * step, y: bottom + 8 }, quarterName(quarter), { fill: colours.quiet }),
  );
  const fates = ['answered', 'skipped', 'left', 'swapped'] as const;
  const key = fates.flatMap((fate, index) => [
    marksOf[fate]({ x: left + 40 + index * 120, y: 52 }),
    text({ x: left + 52 + index * 120, y: 56 }, fateWords[fate]),
  ]);
  const interest = text({ x: left - 14, y: 56 }, '◆ a theme of interest', { 'text-anchor': 'end' });
  const says = {
    title: 'One member’s two years',
    description:
      'A row for each theme and a mark for each prompt: all themes take turns, and those of interest come more often.',
  };
  return picture(right + 24, bottom + 24, says, [...rows, ...times, interest, ...key, ...spots]);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
