import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { announcing, needApproval, stateOf as proposalState, words } from '../proposals/stage.ts';
import { addHost, addPeople } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, saidTo, textOf } from '../support/people.ts';
import { askedNow, setSeries, slotsOf, suggest } from '../support/series.ts';

/*
 * Where conveners look at what a host said yes to, its date belongs to that host's proposal, and to no other on the same
 * topic.
 */

const inclusive = 'collective-leadership/inclusive-leadership';

let stage: TestCore;
let core: Core;
let web: RecordingOutbound;
let convener: Member;
let ada: Member;
let ben: Member;
let people: readonly Member[];
let topic: string;
let slot: string;
/** Of Ben, on the same topic: from before it was chosen. */
let bens: string;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  web = recordingOutbound('web');
  convener = await addActive(core, { name: 'Carol', permission: 'convener' });
  ada = await addHost(core, 'Ada');
  ben = await addHost(core, 'Ben');
  people = await addPeople(core, 2);
  await needApproval(core);
  topic = await suggest(core, people[0] ?? ada, 'Saying no', inclusive);
  const form = await ask(core, ben, { kind: 'proposals.draft', topic, follows: '', ...words });
  bens = form.kind === 'form' ? (form.form.completes['proposal'] ?? '') : '';
  await setSeries(core, convener);
  // Conveners are asked last, and so is Ben.
  for (const member of [ben, convener, convener]) await hasHosted(member);
  await at('2027-03-09T10:00Z');
  slot = (await slotsOf(core))[0]?.id ?? '';
  expect(await askedNow(core)).toEqual(['Ada']);
});
afterEach(() => stage.close());

async function hasHosted(member: Member): Promise<void> {
  const moment = new Date('2027-01-12T10:00Z');
  const row = { id: crypto.randomUUID(), host_id: member.id, theme: inclusive, title: 'Past', about: '', link: '' };
  const when = { zone: 'Europe/London', minutes: 60, capacity: 8, starts_at: moment, created_at: moment };
  await core.db
    .insertInto('conversations')
    .values({ ...row, ...when, cancelled_at: null })
    .execute();
}

async function at(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  await settleAll(core, new Map([[web.platform, web]]));
}

const yes = (member: Member) => ask(core, member, { kind: 'series.say-yes', slot, theme: inclusive });
const slotNow = async () => (await slotsOf(core)).find(({ id }) => id === slot);

async function waitingOf(member: Member): Promise<{ readonly proposal: string; readonly revision: string }> {
  const rows = core.db.selectFrom('proposals').select(['id', 'revision']).where('host_id', '=', member.id);
  const { id, revision } = await rows.where('state', '=', 'awaiting').executeTakeFirstOrThrow();
  return { proposal: id, revision: String(revision) };
}

async function approve(member: Member): Promise<string> {
  const waiting = await waitingOf(member);
  expect(textOf(await ask(core, convener, { kind: 'proposals.approve', ...waiting }))).toContain('announc');
  return waiting.proposal;
}

async function refuse(member: Member): Promise<string> {
  const waiting = await waitingOf(member);
  await ask(core, convener, { kind: 'proposals.refuse', ...waiting, reason: 'Not now' });
  return waiting.proposal;
}

test('a convener refuses it: the next host is asked; its time passes unread: it is empty, and the topic is free', async () => {
  await yes(ada);
  const refused = await refuse(ada);
  expect(await proposalState(core, refused)).toBe('draft');
  expect(await slotNow()).toMatchObject({ state: 'asking', topic, conversation: null });
  expect(await askedNow(core)).toEqual(['Ben']);
  await yes(ben);
  await at('2027-03-30T11:31Z');
  expect(await slotNow()).toMatchObject({ state: 'empty', conversation: null });
  const page = textOf(await ask(core, ada, { kind: 'series.topics' }));
  expect(page).toContain(`{"kind":"series.host-topic","topic":"${topic}"}`);
});

test('refused when there is no time left: it is empty, and conveners are told', async () => {
  await yes(ada);
  await at('2027-03-28T12:00Z');
  await refuse(ada);
  expect(await slotNow()).toMatchObject({ state: 'empty', conversation: null });
  await at('2027-03-28T12:01Z');
  expect(saidTo(web, convener).filter((said) => said.startsWith('We found no host'))).toHaveLength(1);
});

test('another host’s conversation on the same topic leaves the date to who said yes', async () => {
  await yes(ada);
  await ask(core, ben, await announcing(core, ben, bens, { date: '2027-04-20' }));
  await approve(ben);
  expect(await slotNow()).toMatchObject({ state: 'hosted', topic, conversation: null });
  const hers = await approve(ada);
  expect(await slotNow()).toMatchObject({ state: 'hosted', conversation: hers });
  const [row] = await core.db.selectFrom('topics').select('conversation_id').where('id', '=', topic).execute();
  expect(row?.conversation_id).toBe(bens);
});

test('what was said yes to is dropped while another host has a draft on the same topic: the next is asked', async () => {
  await yes(ada);
  await ask(core, ada, { kind: 'proposals.drop', proposal: (await waitingOf(ada)).proposal });
  expect(await slotNow()).toMatchObject({ state: 'asking', topic });
  expect(await askedNow(core)).toEqual(['Ben']);
});

test('dropped when another conversation has the topic by now: another topic is asked about', async () => {
  const second = await suggest(core, people[1] ?? ada, 'Second best', inclusive);
  await yes(ada);
  await ask(core, ben, await announcing(core, ben, bens, { date: '2027-04-20' }));
  await approve(ben);
  await ask(core, ada, { kind: 'proposals.drop', proposal: (await waitingOf(ada)).proposal });
  expect(await slotNow()).toMatchObject({ state: 'asking', topic: second });
});

test('its topic goes for good while conveners look at it: it is still the conversation of that date', async () => {
  await yes(ada);
  await core.db.updateTable('proposals').set({ topic_id: null }).execute();
  await core.db.deleteFrom('topics').where('id', '=', topic).execute();
  const hers = await approve(ada);
  expect(await slotNow()).toMatchObject({ state: 'hosted', topic: null, conversation: hers });
});

test('a host is asked anew while the message about another topic is still on its way: they read one question', async () => {
  const second = await suggest(core, people[1] ?? ada, 'Second best', inclusive);
  const third = await suggest(core, ben, 'Third', inclusive);
  const asked = () => saidTo(web, ada).filter((said) => said.includes('Could you host it'));
  expect(asked()).toHaveLength(1);
  await ask(core, people[0] ?? ada, { kind: 'series.withdraw-topic', topic });
  await ask(core, people[1] ?? ada, { kind: 'series.withdraw-topic', topic: second });
  expect(await slotNow()).toMatchObject({ state: 'asking', topic: third });
  expect(await askedNow(core)).toEqual(['Ada']);
  await at('2027-03-09T10:01Z');
  expect(asked()).toHaveLength(2);
});

test('a date that has passed does not keep its topic', async () => {
  await core.db.updateTable('series_slots').set({ starts_at: core.clock.now() }).where('id', '=', slot).execute();
  const page = textOf(await ask(core, ben, { kind: 'series.topics' }));
  expect(page).toContain(`{"kind":"series.host-topic","topic":"${topic}"}`);
});
