import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestCore, type TestCore } from '../support/core.ts';
import { openPromptWeek, type PromptWeek } from '../support/prompt-week.ts';

let stage: TestCore;
let week: PromptWeek;

beforeEach(async () => {
  stage = await openTestCore();
  week = await openPromptWeek(stage);
});
afterEach(() => stage.close());

test('while their council takes no part, no prompt is used up for a member; then prompts come again', async () => {
  const agree = (consent: 'withdrawn' | 'given') => stage.core.db.updateTable('councils').set({ consent }).execute();
  await agree('withdrawn');
  expect(await week.at('2027-03-15T12:00Z')).toEqual([]);
  expect(await week.at('2027-03-22T12:00Z')).toEqual([]);
  expect((await week.prompt()).week).toBe('2027-03-08');
  await agree('given');
  expect(await week.at('2027-03-30T12:00Z')).toEqual(['Your prompt for this week']);
});
