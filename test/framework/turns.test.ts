import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePrompt, type Interest } from '../../src/framework/rules.ts';
import { answersByWeek, framework, someFrameworks, themesOf, year } from './invented.ts';

const seven = framework('seven', { themes: 7, stages: 3, prompts: 5 });

function countOf(asked: readonly Interest[], { framework: id, theme }: Interest): number {
  return asked.filter((one) => one.framework === id && one.theme === theme).length;
}

function spread(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.max(...numbers) - Math.min(...numbers);
}

/** Frameworks, and some of their themes as interests. */
const withInterests = someFrameworks.chain((frameworks) =>
  fc.record({ frameworks: fc.constant(frameworks), interests: fc.subarray([...themesOf(frameworks)]) }),
);

/** The longest run of prompts without this theme. */
function longestWait(asked: readonly Interest[], theme: Interest): number {
  const at = asked.flatMap((one, index) => (countOf([one], theme) === 1 ? [index] : []));
  return Math.max(...[...at, asked.length].map((index, order) => index - (at[order - 1] ?? -1) - 1));
}

describe('the turn of a theme', () => {
  it('comes exactly three times in 21 weeks for each of seven', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }), (seed, answers) => {
        const asked = year({ frameworks: [seven], seed, answers });
        expect(themesOf([seven]).map((theme) => countOf(asked, theme))).toEqual([3, 3, 3, 3, 3, 3, 3]);
      }),
    );
  });

  it('comes as often as that of any other theme outside the interests, and so within them', () => {
    fc.assert(
      fc.property(withInterests, fc.string(), answersByWeek, ({ frameworks, interests }, seed, answers) => {
        const asked = year({ frameworks, seed, interests, answers });
        const outside = themesOf(frameworks).filter((theme) => countOf(interests, theme) === 0);
        for (const group of [interests, outside])
          expect(spread(group.map((theme) => countOf(asked, theme)))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('comes within twice as many prompts as there are themes, from anywhere, whatever the interests', () => {
    fc.assert(
      fc.property(withInterests, fc.string(), ({ frameworks, interests }, seed) => {
        const themes = themesOf(frameworks);
        const asked = year({ frameworks, seed, interests, answers: new Array(themes.length * 6).fill(true) });
        for (const theme of themes) expect(longestWait(asked, theme)).toBeLessThan(2 * themes.length);
      }),
    );
  });

  it('comes within that too while the interests change every few weeks', () => {
    const themes = themesOf([seven]);
    const changes = fc.array(fc.tuple(fc.subarray([...themes]), fc.integer({ min: 1, max: 9 })), { minLength: 8 });
    fc.assert(
      fc.property(changes, fc.string(), (spells, seed) => {
        const asked: (Interest & { stage: string; prompt: string; answered: boolean })[] = [];
        for (const [interests, weeks] of spells)
          for (let week = 0; week < weeks; week += 1)
            asked.push({ ...choosePrompt({ frameworks: [seven], asked, interests, seed }), answered: true });
        for (const theme of themes) expect(longestWait(asked, theme)).toBeLessThan(2 * themes.length);
      }),
    );
  });

  it.each([1, 2, 3, 4, 5, 6])('of %i themes of interest out of seven comes up to twice as often', (many) => {
    const themes = themesOf([seven]);
    const interests = themes.slice(7 - many);
    const asked = year({ frameworks: [seven], seed: 'ada', interests, answers: new Array(700).fill(true) });
    const mean = (group: readonly Interest[]) =>
      group.reduce((sum, theme) => sum + countOf(asked, theme), 0) / group.length;
    const ratio = mean(interests) / mean(themes.slice(0, 7 - many));
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThanOrEqual(2.05);
  });

  it('comes first for the themes of interest', () => {
    fc.assert(
      fc.property(fc.string(), fc.subarray([...themesOf([seven])]), (seed, interests) => {
        const asked = year({ frameworks: [seven], seed, interests, answers: interests.map(() => true) });
        expect(interests.map((theme) => countOf(asked, theme))).toEqual(interests.map(() => 1));
      }),
    );
  });

  it('is the same whether all the themes are of interest or none is', () => {
    fc.assert(
      fc.property(someFrameworks, fc.string(), answersByWeek, (frameworks, seed, answers) => {
        const none = year({ frameworks, seed, answers });
        expect(year({ frameworks, seed, answers, interests: themesOf(frameworks) })).toEqual(none);
      }),
    );
  });

  it('comes at once for a theme that is added late, and then no more often than for the others', () => {
    const [newcomer, ...old] = seven.themes;
    const before = year({ frameworks: [{ ...seven, themes: old }], seed: 'ada', answers: new Array(30).fill(true) });
    const asked = before.map((one) => ({ ...one, answered: true }));
    for (let week = 0; week < 14; week += 1)
      asked.push({ ...choosePrompt({ frameworks: [seven], asked, interests: [], seed: 'ada' }), answered: true });
    const since = asked.slice(30).map(({ theme }) => theme);
    expect(since[0]).toBe(newcomer?.id);
    expect(since.filter((theme) => theme === newcomer?.id)).toHaveLength(2);
  });

  it('never comes twice running where there is another theme', () => {
    fc.assert(
      fc.property(withInterests, fc.string(), answersByWeek, ({ frameworks, interests }, seed, answers) => {
        fc.pre(themesOf(frameworks).length > 1);
        const asked = year({ frameworks, seed, interests, answers });
        expect(asked.every((one, index) => countOf(asked.slice(index - 1, index), one) === 0)).toBe(true);
      }),
    );
  });

  it('is that theme’s alone: one of the same id in another framework has its own', () => {
    const twin = { ...framework('twin', { themes: 7, stages: 3, prompts: 5 }), themes: seven.themes };
    const frameworks = [seven, twin];
    const interests = themesOf([seven]).slice(0, 2);
    const asked = year({ frameworks, seed: 'ada', interests, answers: new Array(320).fill(true) });
    const [inside = 0, ...others] = themesOf(frameworks)
      .map((theme) => countOf(asked, theme))
      .toSorted((one, other) => other - one);
    expect(inside).toBe(40);
    expect(others.filter((count) => count === 40)).toHaveLength(1);
    expect(others.filter((count) => count === 20)).toHaveLength(12);
  });
});
