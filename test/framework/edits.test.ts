import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Framework, stageKeys } from '../../src/framework/model.ts';
import { type AskedPrompt, choosePrompt } from '../../src/framework/rules.ts';
import { framework } from './invented.ts';

/*
 * Programme teams edit the frameworks between two weeks. What is not there any more stays in everybody's history.
 */

/** What a team may do to one theme. */
const edit = fc.record({
  theme: fc.nat(6),
  what: fc.constantFrom('drop a prompt', 'add a prompt', 'reword', 'drop the theme', 'add a theme'),
});
type Edit = { readonly theme: number; readonly what: string };

let added = 0;

function edited(before: Framework, { theme, what }: Edit): Framework {
  const at = theme % before.themes.length;
  const version = before.version + 1;
  if (what === 'drop the theme')
    return before.themes.length < 3 ? before : { ...before, version, themes: before.themes.toSpliced(at, 1) };
  if (what === 'add a theme') {
    added += 1;
    const [fresh] = framework(`new-${added}`, { themes: 1, stages: before.stages.length, prompts: 5 }).themes;
    return fresh === undefined ? before : { ...before, version, themes: [...before.themes, fresh] };
  }
  const themes = before.themes.map((one, index) =>
    index === at
      ? {
          ...one,
          prompts: Object.fromEntries(Object.entries(one.prompts).map(([key, cell]) => [key, cellOf(cell, what)])),
        }
      : one,
  );
  return { ...before, version, themes };
}

function cellOf(cell: readonly { id: string; text: string }[], what: string) {
  if (what === 'drop a prompt') return cell.length < 2 ? cell : cell.slice(1);
  if (what === 'reword') return cell.map(({ id, text }) => ({ id, text: `${text} Again?` }));
  added += 1;
  return [...cell, { id: `added.${added}`, text: `What is ${added} to you?` }];
}

const weeks = fc.array(fc.record({ edits: fc.array(edit, { maxLength: 2 }), answered: fc.boolean() }), {
  minLength: 1,
  maxLength: 60,
});

it('chooses through any edits: no early repeat of what is still there, and no way back in a theme', () => {
  fc.assert(
    fc.property(weeks, fc.string(), (all, seed) => {
      let now = framework('f', { themes: 4, stages: 3, prompts: 3 });
      const asked: AskedPrompt[] = [];
      const reached = new Map<string, number>();
      for (const { edits, answered } of all) {
        now = edits.reduce(edited, now);
        const chosen = choosePrompt({ frameworks: [now], asked, interests: [], seed });
        const cell = now.themes.find(({ id }) => id === chosen.theme)?.prompts[chosen.stage] ?? [];
        expect(cell).toContainEqual({ id: chosen.prompt, text: chosen.text });
        expect(chosen.version).toBe(now.version);
        const known = new Set(asked.map(({ prompt }) => prompt));
        if (known.has(chosen.prompt)) expect(cell.filter(({ id }) => !known.has(id))).toEqual([]);
        const stage = stageKeys(now).indexOf(chosen.stage);
        expect(stage).toBeGreaterThanOrEqual(reached.get(chosen.theme) ?? 0);
        reached.set(chosen.theme, stage);
        asked.push({ ...chosen, answered });
      }
    }),
    { numRuns: 300 },
  );
});

it('keeps to the stages that are left, when a framework loses some or all of them', () => {
  const three = framework('f', { themes: 2, stages: 3, prompts: 5 });
  const asked: AskedPrompt[] = [];
  for (let week = 0; week < 12; week += 1)
    asked.push({ ...choosePrompt({ frameworks: [three], asked, interests: [], seed: 'ada' }), answered: true });
  expect(asked.at(-1)?.stage).toBe('stage-3');
  const two = framework('f', { themes: 2, stages: 2, prompts: 5 });
  expect(choosePrompt({ frameworks: [two], asked, interests: [], seed: 'ada' }).stage).toBe('stage-2');
  const none = framework('f', { themes: 2, stages: 0, prompts: 5 });
  expect(choosePrompt({ frameworks: [none], asked, interests: [], seed: 'ada' }).stage).toBe('any');
});
