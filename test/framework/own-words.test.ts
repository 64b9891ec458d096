import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFrameworks } from '../../src/framework/load.ts';
import type { Framework, Theme } from '../../src/framework/model.ts';

/** A question with its place, as a reader would come upon it. */
interface Question {
  readonly cell: string;
  readonly text: string;
  /** The words of its theme's and its framework's stages' names. */
  readonly names: ReadonlySet<string>;
}

const frameworks = await loadFrameworks(join(import.meta.dirname, '../../frameworks'));

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}’']+/gu) ?? [];
}

function questionsOf({ id, stages }: Framework, theme: Theme): readonly Question[] {
  const names = new Set(words([theme.name, ...stages.map(({ name }) => name)].join(' ')));
  const prompts = Object.entries(theme.prompts).flatMap(([stage, cell]) =>
    cell.map(({ text }) => ({ cell: `${id}/${theme.id}/${stage}`, text, names })),
  );
  const openings = theme.openingQuestions.map((text) => ({ cell: `${id}/${theme.id}/opening`, text, names }));
  return [...prompts, ...openings];
}

/** How alike two questions are, from 0 to 1, once the names of their themes and stages are taken out. */
function likeness(one: Question, other: Question): number {
  const [a, b] = [one, other].map(({ text, names }) => new Set(words(text).filter((word) => !names.has(word))));
  if (a === undefined || b === undefined) return 0;
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared);
}

/** Pairs that are more alike than that. */
function alike(questions: readonly Question[], most: number) {
  return questions.flatMap((one, index) =>
    questions
      .slice(index + 1)
      .filter((other) => likeness(one, other) > most)
      .map((other) => [`${one.cell}: ${one.text}`, `${other.cell}: ${other.text}`]),
  );
}

const all = frameworks.flatMap((framework) => framework.themes.flatMap((theme) => questionsOf(framework, theme)));

describe('the questions that come with Colloquy', () => {
  it('are as many as a reader is told', () => {
    expect(all).toHaveLength(210);
  });

  it('are each written for their own place: no two are even half alike without the names of theme and stage', () => {
    expect(alike(all, 0.5)).toEqual([]);
  });

  it('do not lean on the name of their theme', () => {
    const named = frameworks.flatMap((framework) =>
      framework.themes.flatMap((theme) =>
        questionsOf(framework, theme).filter(({ text }) => text.toLowerCase().includes(theme.name.toLowerCase())),
      ),
    );
    expect(named).toEqual([]);
  });

  it('have no jargon, no Latin and no shouting', () => {
    const banned =
      /\b(e\.g\.|i\.e\.|etc|via|please|utili[sz]e|leverage|facilitate|in order to|going forward|stakeholders?|synerg\w+|deep dive|journey|holistic|impactful|key learnings?|reach out|best practice|learnings)\b|!|\p{Extended_Pictographic}/iu;
    expect(all.filter(({ text }) => banned.test(text))).toEqual([]);
  });

  it('can be answered at a desk, from memory: none sends its reader to read or look up something', () => {
    expect(all.filter(({ text }) => /^(read|reread|open|look up|find|ask|visit|try)\b/i.test(text))).toEqual([]);
  });
});

describe('the measure of likeness', () => {
  const template = (name: string, stage: string): Question => ({
    cell: `${name}/${stage}`,
    text: `When you think of ${name}, what one step would help you in ${stage} this month?`,
    names: new Set(words(`${name} ${stage}`)),
  });

  it('sees through a template with the names put in', () => {
    const twins = [template('good governance', 'gaining experience'), template('public ethics', 'acquiring knowledge')];
    expect(alike(twins, 0.8)).toHaveLength(1);
  });

  it('sees through a word or two that were changed', () => {
    const [one] = all;
    if (one === undefined) throw new Error('There are no questions');
    const twin = { ...one, cell: 'elsewhere', text: one.text.replace('Take', 'Choose') };
    expect(alike([one, twin], 0.8)).toHaveLength(1);
  });
});
