import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePrompt, findPrompt } from '../../src/framework/rules.ts';
import { answersByWeek, framework, someFrameworks, year } from './invented.ts';

const seven = framework('seven', { themes: 7, stages: 3, prompts: 5 });

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

  it('does not go back a stage when answers are deleted', () => {
    const asked = year({ frameworks: [seven], seed: 'ada', answers: new Array(49).fill(true) });
    const next = (answered: boolean) =>
      choosePrompt({
        frameworks: [seven],
        asked: asked.map((one) => ({ ...one, answered })),
        interests: [],
        seed: 'ada',
      });
    expect(next(false).stage).toBe(next(true).stage);
    expect(next(false).stage).toBe('stage-3');
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
        fc.array(fc.record({ framework: fc.string(), theme: fc.string() })),
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
      'We have not asked you about theme 1 of one yet.',
      'We ask about each theme in turn, and theme 1 of one has waited longest.',
      'You have written about theme 1 of one twice, so this question is about reaching stage-2.',
      'We ask about each theme in turn, and theme 1 of one has waited longest.',
      'You have written about theme 1 of one 4 times, so this question is about reaching stage-3.',
      'We ask about each theme in turn, and theme 1 of one has waited longest.',
      'We have asked you this before, and your answer may be different now.',
    ]);
  });

  it('tells the member of an interest only where it made a difference', () => {
    const two = framework('two', { themes: 2, stages: 0, prompts: 5 });
    const interests = [{ framework: 'two', theme: 'two-theme-2' }];
    const asked = year({ frameworks: [two], seed: 'ada', interests, answers: [true, true, true] });
    expect(asked.map(({ why }) => why)).toEqual([
      'We have not asked you about theme 2 of two yet, and you said it interests you.',
      'We have not asked you about theme 1 of two yet.',
      'You said that theme 2 of two interests you, so its turn comes round sooner.',
    ]);
    const elsewhere = [{ framework: 'other', theme: 'two-theme-2' }];
    const other = year({ frameworks: [two], seed: 'ada', interests: elsewhere, answers: [true, true, true] });
    expect(other.some(({ why }) => why.includes('interest'))).toBe(false);
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
    const chosen = choosePrompt({
      frameworks: [seven],
      asked: [],
      interests: [{ framework: 'seven', theme: 'seven-theme-2' }],
      seed: 'ada',
    });
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
