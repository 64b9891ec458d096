import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Message, Page } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { addHost, addPeople, factOf, proposal, propose, signUp } from '../support/conversations.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let host: Member;
let people: readonly Member[];

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  host = await addHost(core);
  people = await addPeople(core, 2);
});
afterEach(() => stage.close());

async function pageFor(member: Member, conversation = ''): Promise<Page> {
  const asked = conversation === '' ? { kind: 'conversations.list' as const } : undefined;
  const reply = await ask(core, member, asked ?? { kind: 'conversations.view', conversation });
  if (reply.kind !== 'page') throw new Error(`Not a page: ${textOf(reply)}`);
  return reply.page;
}

function kindsOn(card: Message | undefined): readonly string[] {
  return card?.buttons.map((button) => (button.kind === 'does' ? button.intent.kind : button.label)) ?? [];
}

const [member, other] = [() => people[0] ?? host, () => people[1] ?? host];

test('what is coming is listed soonest first, with the reader’s standing, short, and each with the way to its page', async () => {
  const long = `${'Who is not in the room? '.repeat(30)}Nobody.`;
  const late = await propose(core, host, { title: 'Later', date: '2027-03-20', about: long });
  const soon = await propose(core, host, { title: 'Sooner' });
  await signUp(core, member(), late);
  const { cards } = await pageFor(member());
  expect(cards.slice(0, 2).map(({ heading }) => heading)).toEqual(['Sooner', 'Later']);
  expect(cards[0]?.summary).toContain('A conversation you can join');
  expect(cards[1]?.summary).toContain('You have a seat');
  expect(JSON.stringify(cards[1])).not.toContain('Nobody.');
  for (const [index, id] of [soon, late].entries()) {
    expect(cards[index]?.buttons).toContainEqual(
      expect.objectContaining({ intent: { kind: 'conversations.view', conversation: id } }),
    );
  }
  expect(kindsOn(cards[2])).toEqual(['diary.show', 'series.topics']);
});

test('an empty list says so; a host’s own drafts are linked, and nobody else’s', async () => {
  const none = await pageFor(member());
  expect(textOf({ kind: 'page', page: none })).toContain('There are no conversations coming up.');
  const { theme, title, about, audience, chathamHouse } = proposal;
  const words = { topic: '', follows: '', theme, title, about, audience, chathamHouse };
  await ask(core, host, { kind: 'proposals.draft', ...words });
  const [around] = (await pageFor(host)).cards;
  expect(JSON.stringify(around)).toContain('You have 1 draft.');
  expect(kindsOn(around)).toContain('proposals.mine');
  const rival = await addHost(core, 'Rita Rival');
  expect(kindsOn((await pageFor(rival)).cards[0])).not.toContain('proposals.mine');
});

test('what is for others alone is not listed, but for who has a place in it and for conveners', async () => {
  await propose(core, host, { title: 'For managers', audience: 'level:manager' });
  const headings = async (reader: Member) => (await pageFor(reader)).cards.map(({ heading }) => heading);
  const convener = await addActive(core, { permission: 'convener' });
  const manager = await addActive(core, { level: 'manager' });
  expect(await headings(member())).not.toContain('For managers');
  expect(await headings(manager)).toContain('For managers');
  expect(await headings(convener)).toContain('For managers');
  expect(await headings(host)).toContain('For managers');
});

test('its page has all of it, and the buttons of each reader', async () => {
  const id = await propose(core, host, {
    chathamHouse: 'yes',
    perCouncil: '2',
    capacity: '4',
    link: '',
    place: 'Leeds Town Hall',
  });
  await signUp(core, member(), id);
  const page = await pageFor(other(), id);
  const text = textOf({ kind: 'page', page });
  expect(page.heading).toBe('Making room');
  for (const words of [
    'Who is not in the room?',
    'Leeds Town Hall',
    'Everyone',
    'Hari Host',
    '60 minutes',
    '3 of 4 left',
  ]) {
    expect(text).toContain(words);
  }
  expect(text).toContain('you never say who said it');
  expect(kindsOn(page.cards[0])).toEqual(['conversations.sign-up']);
  expect(kindsOn((await pageFor(member(), id)).cards[0])).toEqual(['diary.file', 'conversations.withdraw']);
  const managing = [
    'conversations.who-is-coming',
    'conversations.open-edit',
    'conversations.open-hand-over',
    'proposals.open-guest',
    'conversations.open-cancel',
  ];
  expect(kindsOn((await pageFor(host, id)).cards[0])).toEqual(expect.arrayContaining([...managing, 'diary.file']));
  const convener = await addActive(core, { permission: 'convener' });
  expect(kindsOn((await pageFor(convener, id)).cards[0])).toContain('conversations.open-cancel');
});

test('its page never holds the link to join, and stays when it is over or cancelled', async () => {
  const id = await propose(core, host);
  const gone = await propose(core, host, { title: 'Called off' });
  await signUp(core, member(), id);
  await ask(core, host, { kind: 'conversations.cancel', conversation: gone, reason: 'I am ill.' });
  expect(JSON.stringify(await pageFor(member(), id))).not.toContain('meet.example');
  const cancelled = textOf({ kind: 'page', page: await pageFor(member(), gone) });
  expect(cancelled).toContain('has been cancelled');
  expect(cancelled).toContain('I am ill.');
  stage.clock.set(new Date('2027-03-16T10:30:00Z'));
  expect(textOf({ kind: 'page', page: await pageFor(member(), id) })).toContain('has begun');
  stage.clock.set(new Date('2027-03-16T11:00:00Z'));
  const over = await pageFor(member(), id);
  expect(textOf({ kind: 'page', page: over })).toContain('has taken place');
  expect(kindsOn(over.cards[0])).toEqual(['afterwards.open-takeaway', 'conversations.list']);
  expect(factOf({ summary: '', heading: '', body: over.body, buttons: [] }, 'Where')).toBe('Online');
});

test('once it is over, its page offers nobody what they would be refused', async () => {
  const id = await propose(core, host);
  const empty = await propose(core, host, { title: 'Nobody came' });
  await signUp(core, member(), id);
  await signUp(core, other(), id);
  stage.clock.set(new Date('2027-03-16T12:00:00Z'));
  const offered = async (reader: Member, of = id) => kindsOn((await pageFor(reader, of)).cards[0]).slice(0, -1);
  await ask(core, host, { kind: 'afterwards.who-came', conversation: id, came: member().id });
  expect(await offered(member())).toEqual(['afterwards.open-takeaway']);
  expect(await offered(other())).toEqual([]);
  expect(await offered(host)).toEqual(['afterwards.open-who-came', 'afterwards.open-summary']);
  expect(await offered(host, empty)).toEqual([]);
  stage.clock.set(new Date('2027-03-30T11:00:00Z'));
  expect(await offered(host)).toEqual([]);
  expect(await offered(member())).toEqual(['afterwards.open-takeaway']);
});
