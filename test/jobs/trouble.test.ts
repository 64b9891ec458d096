import { expect, it } from 'vitest';
import { createTrouble } from '../../jobs/trouble.ts';
import { createLog } from '../../src/log.ts';

it('tells each different trouble once, until all was well again', () => {
  const lines: string[] = [];
  const trouble = createTrouble(createLog('debug', { write: (line) => void lines.push(line) }));
  trouble.well();
  trouble.note(new Error('refused'));
  trouble.note(new Error('refused'));
  trouble.note(new Error('timed out'));
  trouble.note(new Error('refused'));
  trouble.well();
  trouble.well();
  trouble.note(new Error('refused'));
  const told = lines.map((line) => /refused|timed out|works/.exec(line)?.[0]);
  expect(told).toEqual(['refused', 'timed out', 'works', 'refused']);
});
