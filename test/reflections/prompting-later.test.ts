import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordAgreements } from '../../src/joining/consents.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { ask } from '../support/people.ts';
import { intentOf, labelsOf, lastCard, openPromptWeek, type PromptWeek } from '../support/prompt-week.ts';

let stage: TestCore;
let week: PromptWeek;

beforeEach(async () => {
  stage = await openTestCore();
  week = await openPromptWeek(stage);
});
afterEach(() => stage.close());

/** Presses one of the two on the first card, at a moment of that week. */
async function putOff(day: 'tomorrow' | 'thursday', moment = '2027-03-08T10:00Z') {
  await week.at(moment);
  return await week.press({ kind: 'reflections.later', prompt: (await week.prompt()).id, day });
}

async function laterAt(): Promise<readonly (readonly [Date, boolean])[]> {
  const rows = await stage.core.db
    .selectFrom('agenda')
    .select(['due_at', 'done_at'])
    .where('kind', '=', 'reflections.later')
    .execute();
  return rows.map((row) => [row.due_at, row.done_at !== null]);
}

test('tomorrow is the next day at the hour of prompts, with the same card', async () => {
  const card = await putOff('tomorrow');
  expect(card.summary).toBe('We will send you this prompt again at 9am on Tuesday 9 March.');
  expect(labelsOf(card)).toEqual(['Write your answer', 'Ask me on Thursday', 'Skip it']);
  expect(await week.at('2027-03-09T08:59Z')).toEqual([]);
  expect(await week.at('2027-03-09T09:00Z')).toEqual(['Your prompt for this week']);
  expect(labelsOf(lastCard(week.web))).toContain('Swap it');
  expect(await week.at('2027-03-11T09:00Z')).toEqual([]);
});

test('Thursday is that of this week, and moves what was put off to tomorrow', async () => {
  await putOff('tomorrow');
  const card = await putOff('thursday');
  expect(card.summary).toBe('We will send you this prompt again at 9am on Thursday 11 March.');
  expect(await laterAt()).toEqual([[new Date('2027-03-11T09:00Z'), false]]);
  expect(await week.at('2027-03-10T12:00Z')).toEqual([]);
  expect(await week.at('2027-03-11T09:00Z')).toEqual(['Your prompt for this week']);
});

test('what has come again can be put off again', async () => {
  await putOff('tomorrow');
  await week.at('2027-03-09T09:00Z');
  await week.press(intentOf(lastCard(week.web), 'Ask me on Thursday'));
  expect(await week.at('2027-03-11T09:00Z')).toEqual(['Your prompt for this week']);
  await week.press(intentOf(lastCard(week.web), 'Ask me tomorrow'));
  expect(await week.at('2027-03-12T09:00Z')).toEqual(['Your prompt for this week']);
});

test.each([
  ['2027-03-09T12:00Z', ['tomorrow', 'on Thursday']],
  // Wednesday: tomorrow is Thursday.
  ['2027-03-10T12:00Z', ['tomorrow']],
  ['2027-03-11T12:00Z', ['tomorrow']],
  // Friday: the next working day has a prompt of its own.
  ['2027-03-12T12:00Z', []],
  ['2027-03-14T12:00Z', []],
])('at %s it can be put off to: %j', async (moment, days) => {
  await week.at(moment);
  const home = await ask(stage.core, week.member, { kind: 'network.home' });
  const labels = home.kind === 'page' ? home.page.cards.flatMap(labelsOf) : [];
  expect(labels.filter((label) => label.startsWith('Ask me'))).toEqual(days.map((day) => `Ask me ${day}`));
});

test('a day that has gone by is told, and changes nothing', async () => {
  const card = await putOff('thursday', '2027-03-11T12:00Z');
  expect(JSON.stringify(card.body)).toContain('That day is not free any more');
  expect(await laterAt()).toEqual([]);
  expect((await putOff('tomorrow', '2027-03-12T12:00Z')).heading).toBe('Your prompt for this week');
  expect(await laterAt()).toEqual([]);
});

test('tomorrow jumps bank holidays of the member’s own nation, and says where it lands', async () => {
  // St Patrick’s day, Wednesday 17 March 2027, is a bank holiday in Northern Ireland.
  await stage.core.db.updateTable('councils').set({ nation: 'Northern Ireland' }).execute();
  await week.at('2027-03-16T12:00Z');
  const { id } = await week.prompt();
  const card = await week.press({ kind: 'reflections.later', prompt: id, day: 'tomorrow' });
  expect(card.summary).toBe('We will send you this prompt again at 9am on Thursday 18 March.');
  await stage.core.db.updateTable('councils').set({ nation: 'England' }).execute();
  const english = await week.press({ kind: 'reflections.later', prompt: id, day: 'tomorrow' });
  expect(english.summary).toBe('We will send you this prompt again at 9am on Wednesday 17 March.');
});

test.each([
  ['answered', (prompt: string) => ({ kind: 'reflections.answer', prompt, text: 'Words', action: '' }) as const],
  ['skipped', (prompt: string) => ({ kind: 'reflections.skip', prompt }) as const],
])('what is %s meanwhile does not come again', async (_, intent) => {
  await putOff('tomorrow');
  await ask(stage.core, week.member, intent((await week.prompt()).id));
  expect(await week.at('2027-03-09T09:00Z')).toEqual([]);
});

async function addBreak(firstDay: string, lastDay: string): Promise<void> {
  await stage.core.db
    .insertInto('breaks')
    .values({ id: randomUUID(), sort: 'break', name: 'Recess', first_day: firstDay, last_day: lastDay, nation: '' })
    .execute();
}

test('what was put off to a day that is in a break now is not sent', async () => {
  await putOff('thursday');
  await addBreak('2027-03-09', '2027-03-11');
  expect(await week.at('2027-03-11T09:00Z')).toEqual([]);
});

test('tomorrow is the day after a break, and none where the break is long', async () => {
  await addBreak('2027-03-09', '2027-03-10');
  expect((await putOff('tomorrow')).summary).toBe('We will send you this prompt again at 9am on Thursday 11 March.');
  await addBreak('2027-03-11', '2027-04-20');
  expect(JSON.stringify((await putOff('tomorrow')).body)).toContain('That day is not free any more');
});

test('a day within a pause is not offered, and what was to come in one is not told', async () => {
  await putOff('thursday');
  const pause = (until: string) =>
    stage.core.db
      .updateTable('members')
      .set({ prompts_paused_until: new Date(until) })
      .execute();
  await pause('2027-03-11T00:00Z');
  const told = await putOff('tomorrow');
  expect(told.summary).toBe('We will send you this prompt again at 9am on Thursday 11 March.');
  expect(JSON.stringify(told.body)).toContain('That day is not free any more');
  await pause('2027-03-14T00:00Z');
  const card = await putOff('thursday');
  expect(card.heading).toBe('Your prompt for this week');
  expect(labelsOf(card).filter((label) => label.startsWith('Ask me'))).toEqual([]);
});

test('nor is one offered to whoever said no to prompts since', async () => {
  await stage.core.db.transaction().execute(async (tx) => {
    await recordAgreements(tx, week.member.id, { prompts: false, matching: true }, stage.clock.now());
  });
  expect(labelsOf(await putOff('tomorrow')).filter((label) => label.startsWith('Ask me'))).toEqual([]);
  expect(await laterAt()).toEqual([]);
});

test('a button that names a weekday is for that day alone; one that says tomorrow means what it says', async () => {
  await addBreak('2027-03-09', '2027-03-09');
  await week.at('2027-03-08T12:00Z');
  const { id } = await week.prompt();
  const skipped = await week.press({ kind: 'reflections.later', prompt: id, day: 'thursday' });
  const onWednesday = intentOf(skipped, 'Ask me on Wednesday');
  expect(onWednesday).toMatchObject({ day: 'tomorrow', on: '2027-03-10' });
  await week.at('2027-03-10T12:00Z');
  const late = await week.press(onWednesday);
  expect(JSON.stringify(late.body)).toContain('That day is not free any more');
  expect(late.summary).toContain('Thursday 11 March');
  await week.at('2027-03-11T12:00Z');
  const { summary } = await week.press({ kind: 'reflections.later', prompt: id, day: 'tomorrow' });
  expect(summary).toContain('Friday 12 March');
});

test('in a later week the card does not say that it is for this one', async () => {
  await stage.core.db.updateTable('members').set({ prompt_rhythm: 'monthly' }).execute();
  await stage.core.db
    .deleteFrom('agenda')
    .where('kind', '=', 'reflections.prompt')
    .where('done_at', 'is', null)
    .execute();
  const cards = async () => {
    const home = await ask(stage.core, week.member, { kind: 'network.home' });
    return home.kind === 'page' ? home.page.cards.map(({ heading }) => heading) : [];
  };
  await week.at('2027-03-14T12:00Z');
  expect(await cards()).toContain('Your prompt for this week');
  await week.at('2027-03-15T12:00Z');
  expect(await cards()).toContain('Your latest prompt');
  expect(await cards()).not.toContain('Your prompt for this week');
});

test('a pause and a withdrawn agreement hold it back, also when it waits to be sent already', async () => {
  await putOff('tomorrow');
  await stage.core.db
    .updateTable('members')
    .set({ prompts_paused_until: new Date('2027-03-09T12:00Z') })
    .execute();
  expect(await week.at('2027-03-09T09:00Z')).toEqual([]);
  expect(await laterAt()).toEqual([[new Date('2027-03-09T09:00Z'), true]]);
});
