import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskedPrompt, type ChosenPrompt, choosePrompt, type Interest } from '../../src/framework/rules.ts';
import { framework, themesOf } from './invented.ts';

const seven = framework('seven', { themes: 7, stages: 3, prompts: 5 });
const themes = themesOf([seven]);

/** One prompt a week; each week names the theme of a conversation the member came to since the last, or none. */
function weeks(recents: readonly (Interest | undefined)[], seed: string, interests: readonly Interest[] = []) {
  const asked: AskedPrompt[] = [];
  return recents.map((recent): ChosenPrompt => {
    const chosen = choosePrompt({ frameworks: [seven], asked, interests, seed, ...(recent && { recent }) });
    asked.push({ ...chosen, answered: true });
    return chosen;
  });
}

const recentWeeks = fc.array(fc.option(fc.constantFrom(...themes), { nil: undefined }), {
  minLength: 30,
  maxLength: 60,
});

describe('the theme of a conversation that the member came to', () => {
  it('comes first of those that have waited alike, and says why', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...themes), (seed, recent) => {
        const [first] = weeks([recent], seed);
        expect(first?.theme).toBe(recent.theme);
        expect(first?.why).toContain('You came to a conversation on');
      }),
    );
  });

  it('comes sooner for it: after four others, of seven in turn', () => {
    const none = Array.from({ length: 7 }, () => undefined);
    const turns = weeks([...none, ...none], 'ada').map(({ theme }) => theme);
    const second = themes.find(({ theme }) => theme === turns[8]);
    if (second === undefined) throw new Error('There is no second theme');
    // It has waited for five prompts, and another for six: it leans, and is not pushed in front of everything.
    const leaning = weeks([...none, second], 'ada').at(-1);
    expect(leaning?.theme).toBe(second.theme);
    expect(leaning?.why).toContain('You came to a conversation on');
    const newest = themes.find(({ theme }) => theme === turns[6]);
    expect(weeks([...none, newest], 'ada').at(-1)?.theme).toBe(turns[7]);
  });

  it('never brings a theme twice running, and lets none wait for twice as many prompts as there are themes', () => {
    fc.assert(
      fc.property(recentWeeks, fc.string(), fc.subarray([...themes]), (recents, seed, interests) => {
        const turns = weeks(recents, seed, interests).map(({ theme }) => theme);
        expect(turns.every((theme, index) => theme !== turns[index - 1])).toBe(true);
        for (const { theme } of themes) {
          const at = [-1, ...turns.flatMap((one, index) => (one === theme ? [index] : [])), turns.length];
          const waits = at.slice(1).map((index, order) => index - (at[order] ?? 0) - 1);
          expect(Math.max(...waits)).toBeLessThan(2 * themes.length);
        }
      }),
    );
  });

  it('counts for nothing where it is of no framework of theirs', () => {
    const strange = { framework: 'other', theme: 'other' };
    const none = Array.from({ length: 20 }, () => undefined);
    expect(
      weeks(
        none.map(() => strange),
        'ada',
      ),
    ).toEqual(weeks(none, 'ada'));
  });
});
