import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePrompt, findPrompt } from '../../src/framework/rules.ts';
import { answersByWeek, framework, someFrameworks, themeIds, year } from './invented.ts';

function counts(values: readonly string[]): readonly number[] {
  return [...Map.groupBy(values, (value) => value).values()].map(({ length }) => length);
}

const seven = framework('seven', { themes: 7, stages: 3, prompts: 5 });

describe('balance between themes', () => {
  it('asks about each of seven themes exactly three times in 21 weeks', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }), (seed, answers) => {
        const themes = year({ frameworks: [seven], seed, answers }).map(({ theme }) => theme);
        expect(counts(themes)).toEqual([3, 3, 3, 3, 3, 3, 3]);
      }),
    );
  });

  it('never lets one theme run two prompts ahead of another, whatever the interests', () => {
    fc.assert(
      fc.property(someFrameworks, fc.string(), answersByWeek, fc.nat(), (frameworks, seed, answers, pick) => {
        const all = themeIds(frameworks);
        const interests = all.filter((_, index) => (pick >> index) % 2 === 1);
        const asked = year({ frameworks, seed, interests, answers }).map(({ theme }) => theme);
        const numbers = all.map((id) => asked.filter((theme) => theme === id).length);
        expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('asks about the themes of interest before the others', () => {
    fc.assert(
      fc.property(fc.string(), fc.subarray(themeIds([seven])), (seed, interests) => {
        const themes = year({ frameworks: [seven], seed, interests, answers: interests.map(() => true) }).map(
          ({ theme }) => theme,
        );
        expect(themes.toSorted()).toEqual(interests.toSorted());
      }),
    );
  });

  it('does not ask about one theme two weeks running, even one that was added late', () => {
    const [newcomer, ...old] = seven.themes;
    const before = { ...seven, themes: old };
    const asked = year({ frameworks: [before], seed: 'ada', answers: new Array(30).fill(true) }).map((one) => ({
      ...one,
      answered: true,
    }));
    const themes: string[] = [];
    for (let week = 0; week < 12; week += 1) {
      const chosen = choosePrompt({ frameworks: [seven], asked, interests: [], seed: 'ada' });
      asked.push({ ...chosen, answered: true });
      themes.push(chosen.theme);
    }
    expect(themes.filter((theme) => theme === newcomer?.id).length).toBeGreaterThanOrEqual(5);
    expect(themes.every((theme, index) => theme !== themes[index - 1])).toBe(true);
  });
});

describe('the prompt within a theme', () => {
  it('does not come again until every prompt of its theme and stage has been asked', () => {
    fc.assert(
      fc.property(someFrameworks, fc.string(), answersByWeek, (frameworks, seed, answers) => {
        const asked = year({ frameworks, seed, answers });
        for (const [key, cell] of Map.groupBy(asked, ({ theme, stage }) => `${theme} ${stage}`)) {
          const size =
            frameworks.flatMap(({ themes }) => themes).find(({ id }) => key.startsWith(`${id} `))?.prompts[
              key.split(' ')[1] ?? ''
            ]?.length ?? 0;
          const ids = cell.map(({ prompt }) => prompt);
          for (let start = 0; start < ids.length; start += size) {
            const lap = ids.slice(start, start + size);
            expect(new Set(lap).size).toBe(lap.length);
          }
          expect(ids.slice(size)).toEqual(ids.slice(0, Math.max(0, ids.length - size)));
        }
      }),
    );
  });

  it.each([
    [0, 'stage-1'],
    [1, 'stage-1'],
    [2, 'stage-2'],
    [3, 'stage-2'],
    [4, 'stage-3'],
    [5, 'stage-3'],
    [40, 'stage-3'],
  ])('after %i answers in a theme is from %s', (answers, stage) => {
    const one = framework('one', { themes: 1, stages: 3, prompts: 5 });
    const asked = Array.from({ length: answers }, () => ({
      framework: 'one',
      theme: 'one-theme-1',
      stage: 'stage-1',
      prompt: 'gone',
      answered: true,
    }));
    expect(choosePrompt({ frameworks: [one], asked, interests: [], seed: 'ada' }).stage).toBe(stage);
  });

  it('stays at its stage while prompts go unanswered', () => {
    const stages = year({ frameworks: [seven], seed: 'ada', answers: new Array(35).fill(false) }).map(
      ({ stage }) => stage,
    );
    expect(new Set(stages)).toEqual(new Set(['stage-1']));
  });
});

describe('the choice', () => {
  it('is the same for the same history and never fails', () => {
    fc.assert(
      fc.property(
        someFrameworks,
        fc.string(),
        answersByWeek,
        fc.array(fc.string()),
        (frameworks, seed, answers, interests) => {
          const input = { frameworks, seed, interests, answers };
          expect(year(input)).toEqual(year(input));
        },
      ),
    );
  });

  it('takes no notice of history from frameworks, themes and prompts that are gone', () => {
    const stray = fc.record({
      framework: fc.string(),
      theme: fc.string(),
      stage: fc.string(),
      prompt: fc.string(),
      answered: fc.boolean(),
    });
    fc.assert(
      fc.property(someFrameworks, fc.string(), fc.array(stray), (frameworks, seed, asked) => {
        const choice = { frameworks, interests: [], seed };
        expect(choosePrompt({ ...choice, asked })).toEqual(choosePrompt({ ...choice, asked: [] }));
      }),
    );
  });

  it('tells the member why, as their answers in a theme grow', () => {
    const one = framework('one', { themes: 1, stages: 3, prompts: 2 });
    const input = { frameworks: [one], seed: 'ada', answers: new Array(7).fill(true) };
    expect(year(input).map(({ why }) => why)).toEqual([
      'You have not written about theme 1 of one yet.',
      'We ask about each theme in turn, and theme 1 of one is next.',
      'You have written about theme 1 of one twice, so this question is about reaching stage-2.',
      'We ask about each theme in turn, and theme 1 of one is next.',
      'You have written about theme 1 of one 4 times, so this question is about reaching stage-3.',
      'We ask about each theme in turn, and theme 1 of one is next.',
      'We have asked you this before, and your answer may be different now.',
    ]);
    const interested = year({ ...input, interests: ['one-theme-1'] }).map(({ why }) => why);
    expect(interested.slice(0, 2)).toEqual([
      'You have not written about theme 1 of one yet, and you said it interests you.',
      'You said that theme 1 of one interests you, and it is next in turn.',
    ]);
  });

  it('takes no notice of a theme of the same name in another framework', () => {
    const choice = { frameworks: [seven], interests: [], seed: 'ada' };
    const chosen = choosePrompt({ ...choice, asked: [] });
    const elsewhere = { ...chosen, framework: 'other', prompt: 'other', answered: true };
    expect(choosePrompt({ ...choice, asked: [elsewhere, elsewhere] })).toEqual(chosen);
  });

  it('differs between the members of one council', () => {
    const members = Array.from({ length: 30 }, (_, index) => `member-${index}`);
    const sequences = members.map((seed) =>
      year({ frameworks: [seven], seed, answers: new Array(7).fill(true) })
        .map(({ prompt }) => prompt)
        .join(),
    );
    expect(new Set(sequences).size).toBe(members.length);
  });

  it('carries the names that a member sees', () => {
    const chosen = choosePrompt({ frameworks: [seven], asked: [], interests: ['seven-theme-2'], seed: 'ada' });
    expect(chosen).toMatchObject({
      framework: 'seven',
      frameworkName: 'Framework seven',
      version: 4,
      theme: 'seven-theme-2',
      themeName: 'Theme 2 of seven',
      stage: 'stage-1',
      stageName: 'Reaching stage-1',
    });
  });

  it('has no stage name where the framework has no stages', () => {
    const plain = framework('plain', { themes: 1, stages: 0, prompts: 5 });
    expect(choosePrompt({ frameworks: [plain], asked: [], interests: [], seed: 'ada' })).toMatchObject({
      stage: 'any',
      stageName: '',
    });
  });

  it('says that there is nothing to choose from when there is no framework', () => {
    expect(() => choosePrompt({ frameworks: [], asked: [], interests: [], seed: 'ada' })).toThrow(
      'no prompt to choose from',
    );
  });
});

describe('looking a prompt up by its id', () => {
  it('finds what was chosen, in the same words', () => {
    fc.assert(
      fc.property(someFrameworks, fc.string(), (frameworks, seed) => {
        const { why: _, ...placed } = choosePrompt({ frameworks, asked: [], interests: [], seed });
        expect(findPrompt(frameworks, placed.prompt)).toEqual(placed);
      }),
    );
  });

  it('finds nothing for an id that no framework has', () => {
    expect(findPrompt([seven], 'seven-theme-1.stage-1.99')).toBeUndefined();
  });
});
