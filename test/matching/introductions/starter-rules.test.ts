import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadFrameworks } from '../../../src/framework/load.ts';
import { draw, questionsOf, starterCell } from '../../../src/matching/introductions/starter-rules.ts';
import { Stage } from '../../../src/matching/scoring/model.ts';

const frameworks = await loadFrameworks(fileURLToPath(new URL('../../../frameworks', import.meta.url)));
const themes = frameworks.flatMap(({ id, themes: all }) => all.map((theme) => `${id}/${theme.id}`));
const stage = fc.integer({ min: 0, max: 2 }).map((value) => Stage.parse(value));
const person = fc.record({ themes: fc.subarray(themes), stages: fc.dictionary(fc.constantFrom(...themes), stage) });
const group = fc.array(person, { minLength: 2, maxLength: 4 });

test('a starter is from a theme of all, where nobody is ahead of who is least far, and has questions', () => {
  fc.assert(
    fc.property(group, fc.uuid(), (people, matchId) => {
      const cell = starterCell(frameworks, people, matchId);
      expect(starterCell(frameworks, people, matchId)).toBe(cell);
      const shared = themes.filter((theme) => people.every((one) => one.themes.includes(theme)));
      if (shared.length === 0) return void expect(cell).toBe('');
      const theme = cell.slice(0, cell.lastIndexOf('/'));
      expect(shared).toContain(theme);
      const { stages = [] } = frameworks.find(({ id }) => theme.startsWith(`${id}/`)) ?? {};
      const least = Math.min(...people.map((one) => one.stages[theme] ?? 0));
      expect(cell).toBe(`${theme}/${stages[least]?.id ?? 'any'}`);
      expect(questionsOf(frameworks, cell).length).toBeGreaterThan(0);
    }),
  );
});

test('a theme with questions for groups gives those, another the questions of its stage, and one that is gone none', () => {
  const [first] = frameworks;
  const core = first?.themes[0];
  const cell = `${first?.id}/${core?.id}/judgement`;
  expect(questionsOf(frameworks, cell)).toEqual(core?.prompts['judgement']?.map(({ text }) => text));
  const inclusive = frameworks.flatMap((one) => one.themes).find(({ id }) => id === 'inclusive-leadership');
  const open = questionsOf(frameworks, 'collective-leadership/inclusive-leadership/any');
  expect([open, open.length > 0]).toEqual([inclusive?.openingQuestions, true]);
  expect(['', 'gone/theme/any', `${first?.id}/gone/any`].map((one) => questionsOf(frameworks, one))).toEqual([
    [],
    [],
    [],
  ]);
});

test('the lot falls on every one in time, and always on the same for one match', () => {
  const ids = Array.from({ length: 60 }, (_, index) => String(index));
  expect(new Set(ids.map((id) => draw(['a', 'b', 'c'], id)))).toEqual(new Set(['a', 'b', 'c']));
  expect(ids.map((id) => draw(['a', 'b', 'c'], id))).toEqual(ids.map((id) => draw(['a', 'b', 'c'], id)));
  expect(draw([], 'x')).toBeUndefined();
});
