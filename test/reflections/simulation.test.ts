import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { example, members, sliceOf } from '../../bench/prompt-simulation/documents.ts';
import type { Figures } from '../../bench/prompt-simulation/figures.ts';
import { lifePicture } from '../../bench/prompt-simulation/pictures.ts';
import { life, promiseRows } from '../../bench/prompt-simulation/report.ts';
import { simulate } from '../../bench/prompt-simulation/run.ts';
import { loadFrameworks } from '../../src/framework/load.ts';

/*
 * A thousand members and two years of weeks, by the rules that the network goes by. All ten thousand take too long for
 * every run of the tests: `node bench/simulate-prompts.ts` draws them up, and what it wrote is compared here.
 */

const root = join(import.meta.dirname, '../..');
const frameworks = await loadFrameworks(join(root, 'frameworks'));
let figures: Figures;

beforeAll(() => {
  figures = simulate(sliceOf, frameworks);
});

async function written(name: string): Promise<string> {
  return await readFile(join(root, 'docs', name), 'utf8');
}

test('themes are balanced to within one prompt, within the interests and outside them', () => {
  expect(figures.people).toBe(sliceOf);
  expect(figures.spreadOutside.length).toBe(2);
  expect(figures.spreadInside.length).toBe(2);
});

test('no theme is left out for twice as many prompts as there are themes', () => {
  expect(figures.longestWait).toBeLessThan(1);
  expect(figures.longestWait).toBeGreaterThan(0.5);
});

test('nothing comes again early, and nobody goes back a stage', () => {
  expect(figures.earlyRepeats).toBe(0);
  expect(figures.stepsBack).toBe(0);
  // There was something to go wrong.
  expect(figures.secondRounds).toBeGreaterThan(10_000);
  expect(figures.fates.swapped).toBeGreaterThan(10_000);
});

test('themes of interest come up to twice as often as others', () => {
  for (const [, leans] of figures.leans)
    for (const { people, inside, outside } of leans.slice(1)) {
      expect(people).toBeGreaterThan(20);
      expect(inside / outside).toBeGreaterThan(1.6);
      expect(inside / outside).toBeLessThanOrEqual(2);
    }
});

test('the report says of these thousand what they gave just now', async () => {
  const lines = (await written('simulation.md')).split('\n');
  for (const [promise, figure] of promiseRows(figures)) {
    const [, , all, few] = lines.find((line) => line.startsWith(`| ${promise} |`))?.split('|') ?? [];
    expect([promise, few?.trim()]).toEqual([promise, figure]);
    if (figure === '0') expect(all?.trim()).toBe('0');
  }
  expect(lines.join('\n')).toContain(`gives ${members.toLocaleString('en-GB')} invented members`);
});

test('the member whose two years it tells still lives them so', async () => {
  const { person, shown } = example(frameworks);
  expect((await written('simulation.md')).endsWith(life(person, shown))).toBe(true);
  expect(await written('simulation-member.svg')).toBe(lifePicture(person, shown));
});
