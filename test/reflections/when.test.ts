import { afterEach, beforeEach, expect, test } from 'vitest';
import { planPrompt } from '../../src/calendar/planning.ts';
import type { Core } from '../../src/core.ts';
import { recordAgreements } from '../../src/joining/consents.ts';
import { plannedFor, promptsOf, runUntil } from '../support/calendar.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;

// Tuesday 2 March 2027, noon in London. Good Friday is 26 March, and clocks go forward on the 28th.
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

const until = (moment: string) => runUntil(core, stage.clock, moment);

test('skips the bank holidays of the member’s own nation, through a clock change', async () => {
  const english = await addActive(core);
  const scottish = await addActive(core, { council: 'Glasgow' });
  await core.db.updateTable('councils').set({ nation: 'Scotland' }).where('name', '=', 'Glasgow').execute();
  await until('2027-04-06T00:00Z');
  const early = ['2027-03-08: 2027-03-08T09:00', '2027-03-15: 2027-03-15T09:00', '2027-03-22: 2027-03-22T09:00'];
  expect(await promptsOf(core, english)).toEqual([
    ...early,
    '2027-03-29: 2027-03-30T08:00',
    '2027-04-05: 2027-04-05T08:00',
  ]);
  expect(await promptsOf(core, scottish)).toEqual([
    ...early,
    '2027-03-29: 2027-03-29T08:00',
    '2027-04-05: 2027-04-05T08:00',
  ]);
});

test('a paused member gets nothing, and nothing afterwards for the weeks that passed', async () => {
  const member = await addActive(core);
  await core.db
    .updateTable('members')
    .set({ prompts_paused_until: new Date('2027-03-17T00:00Z') })
    .where('id', '=', member.id)
    .execute();
  await until('2027-03-23T00:00Z');
  expect(await promptsOf(core, member)).toEqual(['2027-03-22: 2027-03-22T09:00']);
});

test('nobody who said no to prompts has one planned; saying no takes away what was', async () => {
  const silent = await addMember(core, { status: 'active' });
  const member = await addActive(core, { council: 'York' });
  await core.db.transaction().execute(async (tx) => {
    for (const { id } of [silent, member]) {
      await recordAgreements(tx, id, { prompts: false }, core.clock.now());
      expect(await planPrompt(tx, id, core.clock.now())).toBeUndefined();
    }
  });
  expect([...(await plannedFor(core, silent)), ...(await plannedFor(core, member))]).toEqual([]);
  expect(textOf(await ask(core, member, { kind: 'reflections.open', prompt: 'latest' }))).toContain('You have said no');
  await until('2027-03-10T00:00Z');
  expect(await promptsOf(core, member)).toEqual([]);
});

test('one that comes late is that of the week in which it comes, and the next waits two days', async () => {
  const member = await addActive(core);
  // Down from before Monday the 8th to late on Sunday the 14th.
  stage.clock.set(new Date('2027-03-14T22:00Z'));
  await until('2027-03-23T00:00Z');
  expect(await promptsOf(core, member)).toEqual([
    '2027-03-08: 2027-03-14T22:00',
    '2027-03-15: 2027-03-17T09:00',
    '2027-03-22: 2027-03-22T09:00',
  ]);
});

test('after three weeks away from the world, one prompt comes and not four', async () => {
  const member = await addActive(core);
  stage.clock.set(new Date('2027-03-24T11:00Z'));
  await until('2027-04-01T00:00Z');
  expect(await promptsOf(core, member)).toEqual(['2027-03-22: 2027-03-24T11:00', '2027-03-29: 2027-03-30T08:00']);
});

test('one that falls due late on a day off waits for the next working day', async () => {
  const member = await addActive(core);
  // Down from before Monday the 22nd until Good Friday: the week has no day left.
  await until('2027-03-21T00:00Z');
  stage.clock.set(new Date('2027-03-26T10:00Z'));
  await until('2027-04-06T00:00Z');
  const sent = await promptsOf(core, member);
  expect(sent.slice(2)).toEqual(['2027-03-29: 2027-03-30T08:00', '2027-04-05: 2027-04-05T08:00']);
});

test('before the first prompt, the answer says when prompts come in this network', async () => {
  const member = await addActive(core);
  await core.db.updateTable('network').set({ prompt_weekday: 4, prompt_hour: 14 }).execute();
  const reply = await ask(core, member, { kind: 'reflections.open', prompt: 'latest' });
  expect(textOf(reply)).toContain('every week, at 2pm on Thursday where you are');
});
