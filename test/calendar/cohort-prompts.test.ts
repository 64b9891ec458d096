import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { plannedFor, promptsOf, runUntil } from '../support/calendar.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, recordingOutbound, saidTo, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let convener: Member;
let member: Member;
let other: Member;
const text = 'Which habit of yours changed after the last module, and what did your team notice?';

// Tuesday 2 March 2027, noon in London.
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  convener = await addActive(core, { permission: 'convener', council: 'Bristol' });
  member = await addActive(core, { cohort: 'Spring 2027', council: 'York' });
  other = await addActive(core, { cohort: 'Autumn 2026', council: 'Hull' });
});
afterEach(() => stage.close());

const until = (moment: string) => runUntil(core, stage.clock, moment);

async function set(on: string, wording = text): Promise<Reply> {
  return await ask(core, convener, {
    kind: 'calendar.cohort-prompt',
    cohort: member.cohortId ?? '',
    on,
    text: wording,
  });
}

async function idOf(): Promise<string> {
  return (await core.db.selectFrom('cohort_prompts').select('id').executeTakeFirstOrThrow()).id;
}

test('comes to its cohort on its day, in place of that week’s, and says who asks', async () => {
  const sydney = await addActive(core, { cohort: 'Spring 2027', council: 'Leeds', zone: 'Australia/Sydney' });
  const reply = await set('2027-03-10');
  expect(textOf(reply)).toContain('We ask Spring 2027 this on Wednesday 10 March 2027');
  expect(textOf(reply)).toContain('{"label":"Goes to","value":"2 members"}');
  const web = recordingOutbound();
  await until('2027-03-10T08:59Z');
  expect(await promptsOf(core, member)).toEqual([]);
  stage.clock.set(new Date('2027-03-10T09:00Z'));
  await settleAll(core, new Map([['web', web]]));
  expect(saidTo(web, member).join()).toContain(text);
  const row = await core.db
    .selectFrom('prompts')
    .select(['framework', 'prompt', 'wording', 'why', 'cohort_prompt_id'])
    .where('member_id', '=', member.id)
    .executeTakeFirstOrThrow();
  const id = await idOf();
  expect(row).toEqual({
    framework: 'between-modules',
    prompt: id,
    wording: text,
    why: 'Your programme’s convener asks everyone in Spring 2027 this week.',
    cohort_prompt_id: id,
  });
  await until('2027-03-16T00:00Z');
  expect(await promptsOf(core, member)).toEqual(['2027-03-08: 2027-03-10T09:00', '2027-03-15: 2027-03-15T09:00']);
  expect(await promptsOf(core, sydney)).toEqual(['2027-03-08: 2027-03-09T22:00', '2027-03-15: 2027-03-14T22:00']);
  expect(await promptsOf(core, other)).toEqual(['2027-03-08: 2027-03-08T09:00', '2027-03-15: 2027-03-15T09:00']);
});

test('is not for whoever has had that week’s prompt, and the convener is told how many', async () => {
  await until('2027-03-08T12:00Z');
  const reply = await set('2027-03-11');
  expect(textOf(reply)).toContain('1 member has had this week’s prompt already, so does not get it.');
  expect(textOf(reply)).toContain('{"label":"Goes to","value":"0 members"}');
  await until('2027-03-16T00:00Z');
  expect(await promptsOf(core, member)).toEqual(['2027-03-08: 2027-03-08T09:00', '2027-03-15: 2027-03-15T09:00']);
});

test('comes in a break and in every rhythm, and the convener is told that its day is off', async () => {
  await ask(core, member, { kind: 'reflections.rhythm', rhythm: 'monthly' });
  await until('2027-03-08T12:00Z');
  const answers = {
    name: 'Break',
    sort: 'break',
    first: '2027-03-15',
    last: '2027-03-19',
    nation: 'all',
    cohort: 'all',
  };
  await ask(core, convener, { kind: 'calendar.break', ...answers });
  expect(textOf(await set('2027-03-17'))).toContain('It comes all the same.');
  expect(await plannedFor(core, member)).toEqual(['2027-03-15: 2027-03-17T09:00']);
  await until('2027-03-18T00:00Z');
  // From it, the month is counted anew.
  expect(await plannedFor(core, member)).toEqual(['2027-04-12: 2027-04-12T08:00']);
});

test('is taken back before anybody has it, and not after', async () => {
  await set('2027-03-10');
  const drop = { kind: 'calendar.drop-cohort-prompt', prompt: await idOf() } as const;
  expect(textOf(await ask(core, convener, { kind: 'calendar.cohort-prompts' }))).toContain('Take it back');
  expect(textOf(await ask(core, convener, drop))).toContain('taken that prompt back');
  expect(await plannedFor(core, member)).toEqual(['2027-03-08: 2027-03-08T09:00']);
  expect(textOf(await ask(core, convener, drop))).toContain('no longer set');
  await set('2027-03-10');
  await until('2027-03-10T12:00Z');
  const late = { kind: 'calendar.drop-cohort-prompt', prompt: await idOf() } as const;
  expect(textOf(await ask(core, convener, late))).toContain('It can no longer be taken back.');
  const page = textOf(await ask(core, convener, { kind: 'calendar.cohort-prompts' }));
  expect(page).toContain('1 member');
  expect(page).not.toContain('Take it back');
});

test('reaches whoever comes into the cohort after it was set, once they are planned anew or fall due', async () => {
  await set('2027-03-10');
  await core.db.updateTable('members').set({ cohort_id: member.cohortId }).where('id', '=', other.id).execute();
  await until('2027-03-12T00:00Z');
  expect(await promptsOf(core, other)).toEqual(['2027-03-08: 2027-03-10T09:00']);
  expect((await mustFind(core, other.id)).cohort).toBe('Spring 2027');
});

test.each([
  ['today', '2027-03-02', text, ['on']],
  ['too far away', '2028-03-03', text, ['on']],
  ['no day', '2027-02-29', text, ['on']],
  ['two questions', '2027-03-10', 'What did you try? And what did your team say about it afterwards?', ['text']],
  ['too short', '2027-03-10', 'How are you?', ['text']],
  ['nothing right', '', '', ['on', 'text']],
])('is refused: %s', async (_, on, wording, fields) => {
  const reply = await set(on, wording);
  expect(reply.kind === 'invalid' && reply.problems.map(({ field }) => field)).toEqual(fields);
});

test('a cohort has one in a week, and has to be one', async () => {
  await set('2027-03-10');
  const again = await set('2027-03-12');
  expect(textOf(again)).toContain('This cohort has a prompt in that week already.');
  const unknown = { kind: 'calendar.cohort-prompt', cohort: 'everybody', on: '2027-03-10', text } as const;
  const reply = await ask(core, convener, unknown);
  expect(reply.kind === 'invalid' && reply.problems.map(({ field }) => field)).toEqual(['cohort']);
});
