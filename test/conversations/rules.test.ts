import { expect, test } from 'vitest';
import { isFor } from '../../src/conversations/rules.ts';

test.each([
  [{ kind: 'all' }, true],
  [{ kind: 'level', level: 'director' }, true],
  [{ kind: 'level', level: 'chief executive' }, false],
  [{ kind: 'cohort', cohortId: 'c1' }, true],
  [{ kind: 'cohort', cohortId: 'c2' }, false],
] as const)('whether a conversation for %j is for a director of cohort c1: %s', (audience, expected) => {
  expect(isFor(audience, { level: 'director', cohortId: 'c1' })).toBe(expected);
  expect(isFor(audience, { level: 'director', cohortId: null })).toBe(expected && audience.kind !== 'cohort');
});
