import { nations } from '../../src/time/bank-holidays.ts';
import { dayWords } from '../../src/time/words.ts';
import type { Figures } from './figures.ts';
import type { Shown } from './life.ts';
import type { Person } from './people.ts';
import { fateWords, interestWords, leanOf, percent, quarterName, stageShares } from './pictures.ts';
import { promptDays, weekCount } from './weeks.ts';

const number = (value: number) => value.toLocaleString('en-GB');

/** The report: `slice` is of fewer members, the first of them, so that a test can draw it up again in a moment. */
export function report(all: Figures, slice: Figures, one: Person, shown: readonly Shown[]): string {
  return [
    introduction(all, slice),
    promises(all, slice),
    interests(all),
    stages(all),
    calendars(),
    limits(all),
    life(one, shown),
  ].join('\n');
}

function introduction({ people, levels }: Figures, slice: Figures): string {
  return `# Two years of prompts, simulated

This page shows what the choice of prompts gives ${number(people)} invented members from January 2027 to December 2028.
It is made by \`node bench/simulate-prompts.ts\`, which goes by the network's own rules: \`src/framework/rules.ts\` chooses
each prompt, \`src/calendar/rules.ts\` each day, and the questions are those in \`frameworks/\`. Do not edit it by hand. The
same command gives the same page; a test draws up the figures of the first ${number(slice.people)} members again.

**Who they are.** ${number(levels.manager)} managers, ${number(levels.director)} directors and ${number(levels['chief executive'])} chief executives, in the four nations.
Managers and directors are asked about 11 themes, chief executives about 7. Each said that none to 4 of those interest
them. Each answers between 10% and 95% of what they keep, skips up to 60% of the rest, and swaps up to 30% of what they
are shown.
`;
}

/** The promises, as rows: the figure of all, and of the first of them. */
export function promiseRows(figures: Figures): readonly (readonly [promise: string, figure: string])[] {
  const { fates, spreadOutside, spreadInside, longestWait } = figures;
  const shown = Object.values(fates).reduce((sum, one) => sum + one, 0);
  return [
    ['Prompts shown', number(shown)],
    ['… answered', number(fates.answered)],
    ['… skipped', number(fates.skipped)],
    ['… left without an answer', number(fates.left)],
    ['… swapped for another', number(fates.swapped)],
    ['Most prompts by which any two themes of no interest differ, for any member', number(spreadOutside.length - 1)],
    ['Most prompts by which any two themes of interest differ, for any member', number(spreadInside.length - 1)],
    ['Longest wait for a theme, of the most allowed (twice the number of themes)', percent(longestWait)],
    ['Prompts that came again before their theme and stage were used up', number(figures.earlyRepeats)],
    ['Prompts that came again after that', number(figures.secondRounds)],
    ['Steps back to an earlier stage', number(figures.stepsBack)],
  ];
}

function promises(all: Figures, slice: Figures): string {
  const few = promiseRows(slice);
  const rows = promiseRows(all).map(([promise, figure], index) => [promise, figure, few[index]?.[1] ?? '']);
  return `## What holds for everybody

${table(['', `all ${number(all.people)}`, `the first ${number(slice.people)}`], rows)}
A prompt that was swapped or skipped counts as asked, so it waits with the others until its theme and stage are used up.
`;
}

function interests({ leans }: Figures): string {
  const rows = [...leans]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([themes, all]) =>
      all.map((lean, many) => {
        const { inside, outside } = leanOf(lean);
        const ratio = many === 0 ? '' : (inside / outside).toFixed(2);
        const ofInterest = many === 0 ? '' : inside.toFixed(1);
        return [`${themes}, ${interestWords(many)}`, number(lean.people), ofInterest, outside.toFixed(1), ratio];
      }),
    );
  return `## Themes and interests

A theme of interest waits half as long for its turn as another. So it is asked about up to twice as often, a little less
where there are many, and every other theme keeps its turn. The means are for one theme in two years.

${table(['Themes', 'Members', 'A theme of interest', 'Any other theme', 'Ratio'], rows)}
![Prompts for one theme, by number of interests](simulation-interests.svg)
`;
}

function stages(figures: Figures): string {
  const rows = stageShares(figures).map((shares, quarter) => [quarterName(quarter), ...shares.map(percent)]);
  return `## Stages

Two answers in a theme take its prompts to the next stage. Chief executives have three stages in each of their themes; this
is what they were shown. Those who answer seldom stay at the first stage for long, and are never pushed on.

${table(['Quarter', 'Acquiring knowledge', 'Gaining experience', 'Sharpening judgement'], rows)}
![The stage of what chief executives were asked, quarter by quarter](simulation-stages.svg)
`;
}

function calendars(): string {
  const rows = nations.map((nation) => {
    const days = promptDays(nation);
    const moved = days.filter(({ day }) => new Date(`${day}T00:00Z`).getUTCDay() !== 1);
    return [nation, number(days.length), number(moved.length), number(weekCount - days.length)];
  });
  return `## Weeks and holidays

Prompts come on Mondays. On a bank holiday of the member's nation they come on the next working day of that week. The
network has two breaks here, of two weeks each: over Christmas 2027 and Christmas 2028.

${table(['Nation', 'Weeks with a prompt', '… on another day than Monday', 'Weeks without'], rows)}`;
}

function limits({ people, secondRounds }: Figures): string {
  return `## What a programme team should know

Managers have 66 prompts without stages: who swaps often has seen them all after a year, and meets some for a second time.
There were ${number(Math.round(secondRounds / people))} such prompts for each member in two years, on average. More questions in \`frameworks/\` put
that off. Somebody who never answers stays at the first stage, and meets its prompts again after less than a year; by
then we have long asked them whether fewer prompts would suit them better.

What this does not show: prompts that conveners set for a cohort, pauses, and other rhythms than weekly. They leave out
weeks, and change nothing in the choice.
`;
}

/** The last part of the report: everything that one person was shown, and why. */
export function life(one: Person, shown: readonly Shown[]): string {
  const names = one.frameworks.flatMap(({ themes }) => themes);
  const liked = one.interests.map(({ theme }) => names.find(({ id }) => id === theme)?.name ?? theme);
  const weeks = Map.groupBy(shown, ({ week }) => week);
  const rows = [...weeks.values()].flatMap((week) =>
    week.map(({ day, chosen, fate }, index) => [
      index === 0 ? `${dayWords(new Date(`${day}T12:00Z`), 'UTC')} ${day.slice(0, 4)}` : '',
      `${chosen.themeName}${chosen.stageName === '' ? '' : `: ${chosen.stageName.toLowerCase()}`}`,
      chosen.text,
      chosen.why,
      fateWords[fate],
    ]),
  );
  return `## One member, week by week

This is one of them, a ${one.level} in ${one.nation}. Two themes interest them: ${liked.join(', and ')}.
They answer about ${percent(one.answers)} of what they keep, and swap about ${percent(one.swaps)} of what they are shown.

![One member's two years: a row for each theme, a mark for each prompt](simulation-member.svg)

${table(['Sent', 'Theme and stage', 'Prompt', 'Why this one', 'Then'], rows)}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}
