import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { plannedFor, promptsOf, runUntil } from '../support/calendar.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let member: Member;

// Tuesday 2 March 2027, noon in London.
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
});
afterEach(() => stage.close());

const until = (moment: string) => runUntil(core, stage.clock, moment);
const choose = (rhythm: string): Promise<Reply> => ask(core, member, { kind: 'reflections.rhythm', rhythm });

test('a member chooses how often, is told when the next comes, and gets it then', async () => {
  await until('2027-03-08T12:00Z');
  const reply = await choose('fortnightly');
  expect(textOf(reply)).toContain('You get a prompt every two weeks. Your next one comes at 9am on Monday 22 March.');
  expect((await mustFind(core, member.id)).promptRhythm).toBe('fortnightly');
  expect(textOf(await ask(core, member, { kind: 'network.home' }))).toContain('9am on Monday 22 March');
  await until('2027-04-20T00:00Z');
  expect(await promptsOf(core, member)).toEqual([
    '2027-03-08: 2027-03-08T09:00',
    '2027-03-22: 2027-03-22T09:00',
    '2027-04-05: 2027-04-05T08:00',
    '2027-04-19: 2027-04-19T08:00',
  ]);
});

test('each change is counted from the last prompt, and does not bring this week’s again', async () => {
  await until('2027-03-08T12:00Z');
  await choose('monthly');
  expect(await plannedFor(core, member)).toEqual(['2027-04-05: 2027-04-05T08:00']);
  await choose('weekly');
  expect(await plannedFor(core, member)).toEqual(['2027-03-15: 2027-03-15T09:00']);
  await until('2027-03-17T12:00Z');
  await choose('fortnightly');
  expect(await plannedFor(core, member)).toEqual(['2027-03-29: 2027-03-30T08:00']);
});

test('before the first prompt, every rhythm begins with the next week', async () => {
  for (const rhythm of ['monthly', 'fortnightly', 'weekly']) {
    await choose(rhythm);
    expect(await plannedFor(core, member)).toEqual(['2027-03-08: 2027-03-08T09:00']);
  }
});

test('in a pause, the answer says how long that lasts', async () => {
  await core.db
    .updateTable('members')
    .set({ prompts_paused_until: new Date('2027-04-01T00:00Z') })
    .where('id', '=', member.id)
    .execute();
  expect(textOf(await choose('monthly'))).toContain('Your prompts are paused until Thursday 1 April.');
});

test('the form shows what holds, and takes only what it offers', async () => {
  await choose('monthly');
  const form = await ask(core, member, { kind: 'reflections.open-rhythm' });
  expect(form.kind === 'form' && form.form.fields[0]?.value).toBe('monthly');
  const reply = await choose('daily');
  expect(reply.kind === 'invalid' && reply.problems.map(({ field }) => field)).toEqual(['rhythm']);
});
