import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { documentWith } from '../../bench/matching/document.ts';
import { Figures } from '../../bench/matching/figures.ts';
import { schemaText } from '../../bench/matching/schema.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');

test('docs/matching.md and its picture show what was measured', () => {
  const figures = Figures.parse(JSON.parse(read('bench/matching/figures.json')));
  const page = read('docs/matching.md');
  expect(documentWith(page, figures)).toEqual({ page, picture: read('docs/matching-times.svg') });
  expect(figures.rows.filter(({ certified }) => !certified)).toEqual([]);
  expect(figures.peers.filter(({ agrees }) => !agrees)).toEqual([]);
  for (const rule of figures.rules) expect(page).toContain(`**${rule.name}`.replace('**Colloquy', 'Colloquy'));
});

test('docs/matching.schema.json is the format that is read', () => {
  expect(JSON.parse(read('docs/matching.schema.json'))).toEqual(JSON.parse(schemaText()));
});

test('the bench prints one JSON line a row, with exactly these keys', () => {
  const given = ['bench/matching/run.ts', '--json', '--n', '100', '--kinds', 'pairs,trio,dropout'];
  const out = execFileSync(process.execPath, given, { cwd: root, encoding: 'utf8' });
  const rows: unknown[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const figures = {
    warm_ms: expect.any(Number),
    cold_ms: expect.any(Number),
    gap: 0,
    certified: true,
    rss_mb: expect.any(Number),
  };
  expect(rows).toEqual([
    { kind: 'pairs', n: 100, ...figures },
    { kind: 'trio', n: 101, ...figures },
    { kind: 'dropout', n: 100, ...figures },
  ]);
});
