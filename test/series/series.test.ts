import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { comingSlots } from '../../src/series/coming.ts';
import { heldSeries } from '../../src/series/held.ts';
import { addHost, addPeople } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, recordingOutbound, textOf } from '../support/people.ts';
import { askedNow, fortnightly, setSeries, slotsOf, suggest } from '../support/series.ts';

let stage: TestCore;
let core: Core;
let convener: Member;
let host: Member;
let member: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  convener = await addActive(core, { name: 'Carol', permission: 'convener' });
  host = await addHost(core, 'Ada');
  [member = host] = await addPeople(core, 1);
});
afterEach(() => stage.close());

async function at(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  const web = recordingOutbound('web');
  await settleAll(core, new Map([[web.platform, web]]));
}

const days = async () => (await slotsOf(core)).map(({ day, state }) => `${day} ${state}`);

test('a series puts the slots of eight weeks on the agenda, and each night those that came into sight', async () => {
  await setSeries(core, convener);
  expect(await days()).toEqual(['2027-03-30T11:30 open', '2027-04-13T11:30 open', '2027-04-27T11:30 open']);
  await suggest(core, member, 'Saying no');
  await at('2027-03-17T03:00Z');
  expect((await days()).slice(-2)).toEqual(['2027-04-27T11:30 open', '2027-05-11T11:30 open']);
  expect(await core.db.selectFrom('agenda').selectAll().where('kind', '=', 'series.plan').execute()).toHaveLength(2);
  expect((await comingSlots(core.db, core.clock.now())).map(({ startsAt }) => startsAt.getUTCMonth())).toEqual([
    2, 3, 3, 4,
  ]);
});

test('changing a series moves the slots that are open, and no other; the week of one that is asked for gets no second', async () => {
  const series = await setSeries(core, convener);
  await suggest(core, member, 'Saying no');
  await at('2027-03-09T10:00Z');
  const asked = await askedNow(core);
  await setSeries(core, convener, { series, weekday: '4', at: '09:00', minutes: '45' });
  expect(await days()).toEqual(['2027-03-30T11:30 asking', '2027-04-15T08:00 open', '2027-04-29T08:00 open']);
  expect(await askedNow(core)).toEqual(asked);
  const agenda = core.db.selectFrom('agenda').select('due_at').where('kind', '=', 'series.choose').orderBy('due_at');
  expect((await agenda.execute()).map(({ due_at: due }) => due.toISOString().slice(0, 16))).toContain(
    '2027-03-25T10:00',
  );
  await at('2027-04-08T09:00Z');
  // The slots that were moved away fell due as well, and nothing came of it.
  expect((await slotsOf(core)).slice(0, 3).map(({ day }) => day)).toEqual([
    '2027-03-30T11:30',
    '2027-04-15T08:00',
    '2027-04-29T08:00',
  ]);
});

test('a break takes its slots away in the night, and shows on the page; so do bank holidays', async () => {
  await setSeries(core, convener, { weekday: '1', everyWeeks: '1', firstDay: '2027-04-26' });
  expect(await days()).toEqual(['2027-04-26T11:30 open']);
  await ask(core, convener, {
    kind: 'calendar.break',
    name: 'Spring break',
    sort: 'break',
    first: '2027-04-24',
    last: '2027-04-26',
    nation: 'all',
    cohort: 'all',
  });
  await at('2027-03-10T03:00Z');
  expect(await days()).toEqual(['2027-05-03T11:30 open'].slice(1));
  const page = textOf(await ask(core, convener, { kind: 'series.all' }));
  expect(page).toContain('Monday 26 April 2027: left out, because it is a break');
  expect(page).toContain('Monday 3 May 2027: left out, because it is a bank holiday');
  expect(page).toContain('Every Monday, 12:30pm');
});

test('ending a series drops what is open or asked for; what is announced stays, and nothing falls due any more', async () => {
  const series = await setSeries(core, convener);
  const theme = 'collective-leadership/inclusive-leadership';
  await suggest(core, member, 'First', theme);
  await at('2027-03-09T10:00Z');
  const [slot] = await slotsOf(core);
  await ask(core, host, { kind: 'series.say-yes', slot: slot?.id ?? '', theme });
  await suggest(core, member, 'Second', theme);
  await at('2027-03-23T10:00Z');
  expect((await days()).slice(0, 2)).toEqual(['2027-03-30T11:30 hosted', '2027-04-13T11:30 asking']);
  const asked = (await slotsOf(core))[1]?.id ?? '';
  await ask(core, convener, { kind: 'series.end-series', series });
  expect(await days()).toEqual(['2027-03-30T11:30 hosted']);
  expect(textOf(await ask(core, host, { kind: 'series.say-yes', slot: asked, theme }))).toContain('no longer planned');
  expect(await askedNow(core)).toEqual([]);
  await at('2027-05-20T10:00Z');
  expect(await days()).toEqual(['2027-03-30T11:30 hosted']);
  expect(textOf(await ask(core, convener, { kind: 'series.end-series', series }))).toContain('has ended');
});

test('every mistake is named at once, and the same form sent twice makes one series', async () => {
  const wrong = { ...fortnightly, name: ' ', weekday: '6', at: '22:00', everyWeeks: '0', firstDay: '2027-02-30' };
  const reply = await ask(core, convener, {
    ...wrong,
    minutes: '5',
    capacity: '2',
    perCouncil: '16',
    link: '',
    place: '',
  });
  if (reply.kind !== 'invalid') throw new Error(textOf(reply));
  expect(reply.problems.map(({ field }) => field)).toEqual([
    'name',
    'weekday',
    'at',
    'everyWeeks',
    'firstDay',
    'minutes',
    'capacity',
    'perCouncil',
    'link',
  ]);
  expect(await ask(core, convener, { ...fortnightly, firstDay: '2027-03-01' })).toMatchObject({ kind: 'invalid' });
  expect(await ask(core, convener, { ...fortnightly, link: 'http://meet.example' })).toMatchObject({ kind: 'invalid' });
  await Promise.all([ask(core, convener, fortnightly), ask(core, convener, fortnightly)]);
  expect(await core.db.selectFrom('series').selectAll().execute()).toHaveLength(1);
  expect(textOf(await ask(core, host, fortnightly))).toContain('conveners');
  expect(textOf(await ask(core, convener, { kind: 'convening.console' }))).toContain('One series of conversations');
});

test('what one member suggested, voted for and was asked is theirs to read, and nobody else’s', async () => {
  const theme = 'collective-leadership/inclusive-leadership';
  const topic = await suggest(core, member, 'Saying no', theme);
  await ask(core, host, { kind: 'series.vote', topic });
  await setSeries(core, convener);
  await at('2027-03-09T10:00Z');
  const [suggester, asked, nobody] = await Promise.all([member, host, convener].map(({ id }) => heldSeries(core, id)));
  expect(suggester).toEqual({ votes: [], hostAsks: [] });
  expect(asked?.votes).toMatchObject([{ title: 'Saying no' }]);
  expect([...(asked?.hostAsks ?? []), ...(nobody?.hostAsks ?? [])]).toMatchObject([
    { series: 'Your agenda', startsAt: new Date('2027-03-30T11:30Z'), answer: null },
  ]);
});
