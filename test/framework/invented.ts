import fc from 'fast-check';
import type { Framework } from '../../src/framework/model.ts';
import { type AskedPrompt, type ChosenPrompt, choosePrompt, type Interest } from '../../src/framework/rules.ts';

interface Shape {
  readonly themes: number;
  readonly stages: number;
  readonly prompts: number;
}

/** A framework of the given size, with names that tell where each part stands. */
export function framework(id: string, { themes, stages, prompts }: Shape): Framework {
  const keys = stages === 0 ? ['any'] : Array.from({ length: stages }, (_, index) => `stage-${index + 1}`);
  const cell = (start: string) =>
    Array.from({ length: prompts }, (_, index) => ({
      id: `${start}.${index + 1}`,
      text: `What is ${start} ${index + 1} to you?`,
    }));
  return {
    id,
    version: 4,
    name: `Framework ${id}`,
    credit: 'Nobody',
    stages: stages === 0 ? [] : keys.map((key) => ({ id: key, name: `Reaching ${key}` })),
    themes: Array.from({ length: themes }, (_, index) => {
      const theme = `${id}-theme-${index + 1}`;
      return {
        id: theme,
        name: `Theme ${index + 1} of ${id}`,
        about: 'About it.',
        prompts: Object.fromEntries(keys.map((key) => [key, cell(`${theme}.${key}`)])),
        openingQuestions: [],
      };
    }),
  };
}

const shapes = fc.record({
  themes: fc.integer({ min: 1, max: 8 }),
  stages: fc.integer({ min: 0, max: 4 }),
  prompts: fc.integer({ min: 1, max: 6 }),
});
export const someFrameworks = fc
  .array(shapes, { minLength: 1, maxLength: 3 })
  .map((all) => all.map((shape, index) => framework(`f${index}`, shape)));
export const answersByWeek = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 });
export const themesOf = (frameworks: readonly Framework[]): readonly Interest[] =>
  frameworks.flatMap(({ id, themes }) => themes.map((theme) => ({ framework: id, theme: theme.id })));

interface Year {
  readonly frameworks: readonly Framework[];
  readonly seed: string;
  readonly interests?: readonly Interest[];
  readonly answers: readonly boolean[];
}

/** What one member is asked, prompt after prompt. What they do not answer may be skipped or swapped: it counts alike. */
export function year({ frameworks, seed, interests = [], answers }: Year): readonly ChosenPrompt[] {
  const asked: AskedPrompt[] = [];
  return answers.map((answered) => {
    const chosen = choosePrompt({ frameworks, asked, interests, seed });
    asked.push({
      framework: chosen.framework,
      theme: chosen.theme,
      stage: chosen.stage,
      prompt: chosen.prompt,
      answered,
    });
    return chosen;
  });
}
