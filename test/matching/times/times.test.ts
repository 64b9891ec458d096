import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeOut } from '../../../src/matching/pool/ending.ts';
import type { Member } from '../../../src/network/model.ts';
import { addActive, ask } from '../../support/people.ts';
import {
  accept,
  addMatch,
  forget,
  messageOf,
  offered,
  openTimes,
  suggest,
  suggestionsIn,
  type TimesStage,
  toldOf,
} from './times-stage.ts';

let stage: TimesStage;

beforeEach(async () => {
  stage = await openTimes();
});

afterEach(async () => {
  await stage.close();
});

/** The times that are offered from a Tuesday noon on; then one in the working hours of both that is not. */
const [thursday, monday, another] = [
  '2027-03-04T10:00:00.000Z',
  '2027-03-08T15:00:00.000Z',
  '2027-03-09T11:30:00.000Z',
];

async function dropsOut(member: Member, match = stage.match): Promise<void> {
  await stage.core.db.transaction().execute(async (tx) => {
    await takeOut(stage.core, tx, match, member.id);
  });
}

async function states(match = stage.match): Promise<readonly string[]> {
  const rows = stage.core.db.selectFrom('match_members').select('state').where('match_id', '=', match);
  return (await rows.execute()).map(({ state }) => state).toSorted();
}

function summaries(member: Member): readonly string[] {
  return toldOf(stage, member).map(({ summary }) => summary);
}

test('each is offered three times that suit both, on their own clock', async () => {
  const { core, asha, bo } = stage;
  const labels = (await offered(core, asha)).map(({ label }) => label);
  expect(labels).toEqual([
    'Suggest 10am on Thursday 4 March',
    'Suggest 3pm on Monday 8 March',
    'Suggest 2pm on Wednesday 10 March',
  ]);
  await core.db.updateTable('members').set({ chosen_zone: 'Europe/Paris' }).where('id', '=', bo.id).execute();
  const there = (await offered(core, { ...bo, zone: 'Europe/Paris' })).map(({ label }) => label);
  expect(there[0]).toBe('Suggest 11am on Thursday 4 March');
});

test('a time is suggested, the other says yes, and both have it in their calendars', async () => {
  const { core, asha, bo, match } = stage;
  const asked = await suggest(core, asha, match, thursday);
  expect(asked.summary).toBe('We have asked Bo Berg about 10am to 10:30am on Thursday 4 March.');
  await stage.settle();
  await stage.settle();
  const [told, ...more] = toldOf(stage, bo);
  expect(more).toEqual([]);
  expect(told?.summary).toBe('Asha Rahman would like to meet you from 10am to 10:30am on Thursday 4 March.');
  expect(suggestionsIn(told?.buttons ?? []).map(({ label }) => label)).toEqual([
    'Suggest 3pm on Monday 8 March',
    'Suggest 2pm on Wednesday 10 March',
  ]);
  expect(await states()).toEqual(['open', 'open']);
  const yes = told?.buttons.find((button) => button.kind === 'does' && button.style === 'main');
  if (yes?.kind !== 'does') throw new Error('There is nothing to press');
  const agreed = await ask(core, bo, yes.intent);
  expect(JSON.stringify(agreed)).toContain('You meet Asha Rahman from 10am to 10:30am on Thursday 4 March.');
  expect(await ask(core, bo, yes.intent)).toEqual(agreed);
  await stage.settle();
  expect(summaries(asha)).toEqual(['You meet Bo Berg from 10am to 10:30am on Thursday 4 March.']);
  expect(summaries(bo)).toHaveLength(1);
  expect(await states()).toEqual(['dated', 'dated']);
  expect(
    stage
      .invited()
      .map(({ to, entry }) => [to, entry.title, entry.status, entry.id])
      .toSorted(),
  ).toEqual(
    [
      [asha.email, 'Meet Bo Berg', 'confirmed', match],
      [bo.email, 'Meet Asha Rahman', 'confirmed', match],
    ].toSorted(),
  );
});

/** What stands on the card of their match: all of its words, and its buttons with their styles. */
async function cardOf(member: Member): Promise<{ readonly text: string; readonly buttons: readonly string[] }> {
  const { body, buttons } = messageOf(await ask(stage.core, member, { kind: 'matching.current' }));
  const ofNextRound = ['Say who you would like to meet', 'Sit out the next round'];
  const labels = buttons
    .filter(({ label }) => !ofNextRound.includes(label))
    .map((button) => `${button.label}${button.kind === 'does' && button.style === 'main' ? '!' : ''}`);
  return { text: JSON.stringify(body), buttons: labels };
}

test('the card of a match leads to the next step: to suggest a time, to say yes, to have it in a calendar, to say they met', async () => {
  const { core, asha, bo, match } = stage;
  const always = ['Rematch me', 'Not now'];
  const first = await cardOf(asha);
  expect(first.text).toContain('Suggest one, or another, and we ask Bo Berg.');
  expect(first.text).toContain(
    '“Rematch me” and “Not now” end this match, and we tell Bo Berg that it has ended. With “Rematch me” we look',
  );
  expect(first.buttons).toEqual([
    'Suggest 10am on Thursday 4 March!',
    'Suggest 3pm on Monday 8 March',
    'Suggest 2pm on Wednesday 10 March',
    'Suggest another time',
    'Email Bo Berg',
    'We have a date',
    'We met',
    ...always,
  ]);
  await suggest(core, asha, match, thursday);
  expect((await cardOf(bo)).buttons[0]).toBe('Yes, that suits me!');
  expect((await cardOf(asha)).buttons.filter((label) => label.endsWith('!'))).toEqual([]);
  await accept(core, bo, match, thursday);
  const agreed = await cardOf(asha);
  const when = 'from 10am to 10:30am on Thursday 4 March.';
  expect(agreed.text).toContain(`You meet Bo Berg ${when} Write to each other to say where you talk.`);
  expect(agreed.text).not.toContain('find half an hour');
  expect(agreed.buttons).toEqual([
    'Add to your calendar!',
    'Change to 3pm on Monday 8 March',
    'Change to 2pm on Wednesday 10 March',
    'Change to another time',
    'Email Bo Berg',
    ...always,
  ]);
  stage.clock.set(new Date(thursday));
  const begun = await cardOf(asha);
  expect(begun.text).toContain(`You agreed to meet Bo Berg ${when} Tell us once you have met.`);
  expect(begun.buttons.filter((label) => label.endsWith('!'))).toEqual(['We met!']);
  await ask(core, asha, { kind: 'matching.met', match });
  expect((await cardOf(asha)).buttons).toEqual(['Email Bo Berg']);
});

test('no time is offered at which one of them meets somebody of another match, nor can it be suggested', async () => {
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await accept(core, bo, match, thursday);
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const other = await addMatch(core, bo, cy);
  expect((await offered(core, bo)).map(({ label }) => label)[0]).toBe('Suggest 11am on Thursday 4 March');
  expect((await suggest(core, cy, other, thursday)).summary).toContain('That time no longer suits all of you.');
  await ask(core, asha, { kind: 'matching.not-now', match });
  expect((await offered(core, bo)).map(({ label }) => label)[0]).toBe('Suggest 10am on Thursday 4 March');
});

test('no time is offered on or after the day of the next round', async () => {
  const { core, asha } = stage;
  const at = new Date('2027-03-08T10:00Z');
  const round = { id: crypto.randomUUID(), key: 'matching.round:1', kind: 'matching.round', subject: '1' } as const;
  await core.db
    .insertInto('agenda')
    .values({ ...round, due_at: at, done_at: null })
    .execute();
  expect((await offered(core, asha)).map(({ label }) => label)).toEqual([
    'Suggest 10am on Thursday 4 March',
    'Suggest 3pm on Friday 5 March',
  ]);
});

test('nobody’s address stands in a calendar, nor in what is said of a time', async () => {
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await accept(core, bo, match, thursday);
  await stage.settle();
  for (const { entry, message } of stage.invited()) {
    for (const { email } of [asha, bo]) expect(JSON.stringify([entry, message])).not.toContain(email);
  }
});

test('two who suggest the same time have agreed', async () => {
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await suggest(core, asha, match, thursday);
  expect((await suggest(core, bo, match, thursday)).heading).toBe('You have a date with Asha Rahman');
  await stage.settle();
  expect(stage.invited()).toHaveLength(2);
  expect(summaries(bo)).toEqual([]);
});

test('the other suggests another time instead; the first one no longer holds', async () => {
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await suggest(core, bo, match, another);
  expect((await accept(core, bo, match, thursday)).summary).toContain('That time is not suggested any more');
  await stage.settle();
  expect(summaries(bo)).toEqual([]);
  expect(summaries(asha)).toEqual(['Bo Berg would like to meet you from 11:30am to midday on Tuesday 9 March.']);
  await accept(core, asha, match, another);
  await stage.settle();
  expect(new Set(stage.invited().map(({ entry }) => entry.startsAt.toISOString()))).toEqual(new Set([another]));
});

test('of suggestions that wait, the last one is told, and once', async () => {
  const { core, asha, bo, match } = stage;
  for (const at of [thursday, monday, thursday]) await suggest(core, asha, match, at);
  await stage.settle();
  expect(summaries(bo)).toEqual(['Asha Rahman would like to meet you from 10am to 10:30am on Thursday 4 March.']);
});

test('what is agreed and moved before anything is sent comes as one invitation, for the last time', async () => {
  const { core, asha, bo, match } = stage;
  for (const at of [thursday, monday]) {
    await suggest(core, asha, match, at);
    await accept(core, bo, match, at);
  }
  await stage.settle();
  expect(stage.invited().map(({ entry }) => entry.startsAt.toISOString())).toEqual([monday, monday]);
  expect(new Set(stage.invited().map(({ to }) => to)).size).toBe(2);
  expect(stage.invited().map(({ message }) => message.heading)).not.toContain('Changed: Meet Bo Berg');
});

test('when a match ends, the time goes from the calendars; what was not sent yet never comes', async () => {
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await accept(core, bo, match, thursday);
  await stage.settle();
  await ask(core, bo, { kind: 'matching.not-now', match });
  await dropsOut(bo);
  await stage.settle();
  expect(stage.invited().map(({ entry }) => entry.status)).toEqual([
    'confirmed',
    'confirmed',
    'cancelled',
    'cancelled',
  ]);
  expect((await suggest(core, asha, match, monday)).summary).toContain('That match has ended');
  expect((await accept(core, asha, match, thursday)).summary).toContain('That match has ended');

  const second = await addMatch(core, asha, bo);
  stage.email.parcels.length = 0;
  await suggest(core, asha, second, monday);
  await accept(core, bo, second, monday);
  await dropsOut(asha, second);
  await stage.settle();
  expect(stage.invited()).toEqual([]);
});

test('when somebody is erased, the other’s calendar loses it, and nothing in that names them', async () => {
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await accept(core, bo, match, thursday);
  await stage.settle();
  stage.email.parcels.length = 0;
  await ask(core, asha, { kind: 'network.confirm-erase' });
  await stage.settle();
  await stage.settle();
  const [off, ...more] = stage.invited();
  expect(more).toEqual([]);
  expect(off).toMatchObject({ to: bo.email, entry: { id: match, status: 'cancelled', startsAt: new Date(thursday) } });
  expect(off?.entry.sequence).toBeGreaterThan(2);
  expect(JSON.stringify(off)).not.toMatch(/Asha|Rahman|Leeds/);
});

test('in a group everybody has to say yes; whoever leaves is not waited for', async () => {
  const { core, asha, bo } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const dee = await addActive(core, { name: 'Dee Dunn', council: 'Bath Council' });
  await stage.settle();
  forget(stage);
  const match = await addMatch(core, asha, bo, cy, dee);
  await suggest(core, asha, match, thursday);
  expect((await accept(core, bo, match, thursday)).heading).toBe('We have told your group');
  expect((await accept(core, cy, match, thursday)).heading).toBe('We have told your group');
  await stage.settle();
  expect(stage.invited()).toEqual([]);
  await dropsOut(dee, match);
  await stage.settle();
  expect(
    stage
      .invited()
      .map(({ to }) => to)
      .toSorted(),
  ).toEqual([asha, bo, cy].map(({ email }) => email).toSorted());
  expect(stage.invited().find(({ to }) => to === asha.email)?.entry.title).toBe('Meet Bo Berg and Cy Cole');
  expect(await states(match)).toEqual(['dated', 'dated', 'dated', 'dropped']);
  // Of the three who are to meet one drops out: it goes from that calendar, and their name from those of the others.
  await dropsOut(bo, match);
  await stage.settle();
  expect(
    stage
      .invited()
      .slice(3)
      .map(({ to, entry }) => [to, entry.status, entry.title])
      .toSorted(),
  ).toEqual(
    [
      [asha.email, 'confirmed', 'Meet Cy Cole'],
      [bo.email, 'cancelled', 'Meet your match'],
      [cy.email, 'confirmed', 'Meet Asha Rahman'],
    ].toSorted(),
  );
  // Nor is it sent again to who asks for invitations and has it.
  await ask(core, cy, { kind: 'diary.invitations', on: 'yes' });
  await stage.settle();
  expect(stage.invited()).toHaveLength(6);
});

test('when one of a group is erased, the others lose the time, and can agree on another under the same id', async () => {
  const { core, asha, bo } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const match = await addMatch(core, asha, bo, cy);
  await suggest(core, asha, match, thursday);
  for (const member of [bo, cy]) await accept(core, member, match, thursday);
  await stage.settle();
  await ask(core, asha, { kind: 'network.confirm-erase' });
  await stage.settle();
  await suggest(core, bo, match, monday);
  await accept(core, cy, match, monday);
  await stage.settle();
  for (const { email } of [bo, cy]) {
    const theirs = stage.invited().filter(({ to }) => to === email);
    expect(theirs.map(({ entry }) => [entry.id, entry.status])).toEqual([
      [match, 'confirmed'],
      [match, 'cancelled'],
      [match, 'confirmed'],
    ]);
    expect(JSON.stringify(theirs.slice(1))).not.toContain('Asha');
    const numbers = theirs.map(({ entry }) => entry.sequence);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
  }
});

test('what somebody suggested goes with them', async () => {
  const { core, asha, bo } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const match = await addMatch(core, asha, bo, cy);
  await suggest(core, asha, match, thursday);
  await dropsOut(asha, match);
  expect((await accept(core, bo, match, thursday)).summary).toContain('That time is not suggested any more');
});

test('only those of a match agree on a time, and only one that suits them all', async () => {
  const { core, asha, bo, match } = stage;
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  expect((await suggest(core, cy, match, thursday)).summary).toContain('We could not find that match');
  expect((await accept(core, cy, match, thursday)).summary).toContain('We could not find that match');
  for (const at of ['2027-03-06T10:00:00.000Z', '2027-03-04T03:00:00.000Z', '2027-03-26T10:00:00.000Z']) {
    expect((await suggest(core, asha, match, at)).summary).toContain('no longer suits');
  }
  expect((await suggest(core, asha, match, '2027-03-01T10:00:00.000Z')).summary).toContain('has passed');
  await suggest(core, asha, match, thursday);
  stage.clock.set(new Date(thursday));
  expect((await accept(core, bo, match, thursday)).summary).toContain('has passed');
});

test('who wants no invitations is sent none; asked for later, what is coming comes', async () => {
  const { core, asha, bo, match } = stage;
  await ask(core, bo, { kind: 'diary.invitations', on: 'no' });
  await suggest(core, asha, match, thursday);
  const agreed = await accept(core, bo, match, thursday);
  expect(JSON.stringify(agreed)).toContain('You can add it to your calendar');
  await stage.settle();
  expect(stage.invited().map(({ to }) => to)).toEqual([asha.email]);
  for (const on of ['yes', 'no', 'yes'] as const) await ask(core, bo, { kind: 'diary.invitations', on });
  await stage.settle();
  expect(stage.invited().map(({ to }) => to)).toEqual([asha.email, bo.email]);
});

test('whoever leaves the network has what they agreed to taken out of their own calendar too', async () => {
  const { core, asha, bo, match } = stage;
  await suggest(core, asha, match, thursday);
  await accept(core, bo, match, thursday);
  await stage.settle();
  stage.email.parcels.length = 0;
  await ask(core, bo, { kind: 'network.confirm-leave' });
  await stage.settle();
  const sent = stage.invited().map(({ to, entry }) => [to, entry.status] as const);
  expect(sent.toSorted()).toEqual(
    [
      [asha.email, 'cancelled'],
      [bo.email, 'cancelled'],
    ].toSorted(),
  );
  const parcel = stage.email.parcels.find(({ to }) => to.kind === 'account' && to.account.user === bo.email);
  expect(parcel?.act).toMatchObject({ kind: 'invite', message: { buttons: [] } });
});
