import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { leave } from '../../src/network/service.ts';
import { readWords } from '../../src/words.ts';
import { addHost, addPeople, factOf, propose } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { ask, recordingOutbound, textOf } from '../support/people.ts';
import { suggest } from '../support/series.ts';

let stage: TestCore;
let core: Core;
let host: Member;
let first: Member;
let second: Member;
let third: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  host = await addHost(core);
  const people = await addPeople(core, 3);
  [first = host, second = host, third = host] = people;
});
afterEach(() => stage.close());

const dayMs = 24 * 3_600_000;

function pass(ms: number): void {
  stage.clock.set(new Date(core.clock.now().getTime() + ms));
}

async function pageOf(reader: Member): Promise<readonly Message[]> {
  const reply = await ask(core, reader, readWords('topics'));
  if (reply.kind !== 'page') throw new Error(textOf(reply));
  return reply.page.cards.slice(0, -1);
}

const headings = async (reader: Member) => (await pageOf(reader)).map(({ heading }) => heading);
const vote = (member: Member, topic: string) => ask(core, member, { kind: 'series.vote', topic });
const unvote = (member: Member, topic: string) => ask(core, member, { kind: 'series.unvote', topic });

async function cardOf(reader: Member, title: string) {
  const card = (await pageOf(reader)).find(({ heading }) => heading === title);
  return {
    votes: card && factOf(card, 'Votes'),
    buttons: card?.buttons.map(({ label }) => label),
    text: JSON.stringify(card),
  };
}

test('topics come by votes and then by age; one vote each, however often and at once they press; it can be taken back', async () => {
  const old = await suggest(core, first, 'Old');
  pass(1000);
  const young = await suggest(core, first, 'Young');
  expect(await headings(second)).toEqual(['Old', 'Young']);
  await Promise.all([vote(second, young), vote(second, young), vote(second, young)]);
  expect(await headings(second)).toEqual(['Young', 'Old']);
  expect(await cardOf(second, 'Young')).toMatchObject({ votes: '2', buttons: ['Take back your vote'] });
  expect(await cardOf(third, 'Young')).toMatchObject({ votes: '2', buttons: ['Vote'] });
  expect(await cardOf(host, 'Young')).toMatchObject({ votes: '2', buttons: ['Vote', 'Host this'] });
  await vote(second, old);
  await vote(third, old);
  await unvote(second, young);
  expect(textOf(await unvote(second, young))).toContain('"label":"Vote"');
  expect(await headings(second)).toEqual(['Old', 'Young']);
  expect((await cardOf(third, 'Young')).votes).toBe('1');
});

test('one’s own topic has one’s vote; nobody sees whose it is, nor who voted', async () => {
  const topic = await suggest(core, first, 'Saying no');
  expect(textOf(await vote(first, topic))).toContain('it has your vote already');
  await vote(second, topic);
  expect(await cardOf(first, 'Saying no')).toMatchObject({ votes: '2', buttons: ['Withdraw it'] });
  const [seen, alike] = [await cardOf(third, 'Saying no'), await cardOf(host, 'Saying no')];
  for (const { id, name } of [first, second])
    expect(`${seen.text}${alike.text}`).not.toMatch(new RegExp(`${id}|${name}`));
});

test('the votes of who left do not count until they are back', async () => {
  const topic = await suggest(core, first, 'Saying no');
  await vote(second, topic);
  await leave(core, second);
  expect((await cardOf(third, 'Saying no')).votes).toBe('1');
  await leave(core, first);
  expect((await cardOf(third, 'Saying no')).votes).toBe('0');
});

test('only whoever suggested a topic can withdraw it, and its votes go with it', async () => {
  const topic = await suggest(core, first, 'Saying no');
  await vote(second, topic);
  expect(textOf(await ask(core, second, { kind: 'series.withdraw-topic', topic }))).toContain('Only whoever suggested');
  expect(textOf(await ask(core, first, { kind: 'series.withdraw-topic', topic }))).toContain('Topic taken back');
  expect(await core.db.selectFrom('topic_votes').selectAll().execute()).toEqual([]);
  expect(textOf(await vote(second, topic))).toContain('no longer there');
  expect(await headings(second)).toEqual([]);
});

test('a topic wears off twelve weeks after anybody wanted it; who suggested it sees that, and can put it up again', async () => {
  const topic = await suggest(core, first, 'Saying no');
  pass(50 * dayMs);
  await vote(second, topic);
  pass(84 * dayMs - 1);
  expect(await headings(third)).toEqual(['Saying no']);
  pass(1);
  expect(await headings(third)).toEqual([]);
  expect(textOf(await vote(third, topic))).toContain('no longer there');
  expect(await cardOf(first, 'Saying no')).toMatchObject({ buttons: ['Put it up again', 'Withdraw it'] });
  await vote(first, topic);
  expect(await cardOf(third, 'Saying no')).toMatchObject({ votes: '2', buttons: ['Vote'] });
});

test('a topic whose conversation is cancelled is open again, for another twelve weeks', async () => {
  const topic = await suggest(core, first, 'Saying no');
  const conversation = await propose(core, host, { topic });
  expect(await headings(third)).toEqual([]);
  pass(10 * dayMs);
  await ask(core, host, { kind: 'conversations.cancel', conversation, reason: '' });
  pass(84 * dayMs - 1);
  expect(await headings(third)).toEqual(['Saying no']);
});

test('a host takes a topic up by themselves: whoever wanted it is told in the same words, once, and the host is not', async () => {
  const topic = await suggest(core, first, 'Saying no');
  await vote(second, topic);
  await vote(host, topic);
  await propose(core, host, { topic });
  const web = recordingOutbound('web');
  await settleAll(core, new Map([[web.platform, web]]));
  const told = web.letters.filter(({ message }) => message.heading === 'A topic you wanted has a host');
  expect(told.map(({ account }) => account.user).toSorted()).toEqual([first.id, second.id].toSorted());
});

test('with many topics the page shows those of most votes and the newest, and says how many there are beside', async () => {
  for (let index = 1; index <= 30; index += 1) {
    await suggest(core, first, `Topic ${index}`);
    pass(1000);
  }
  const shown = await headings(third);
  expect(shown).toHaveLength(25);
  expect(shown.slice(13, 17)).toEqual(['Topic 14', 'Topic 15', 'Topic 30', 'Topic 29']);
  expect(textOf(await ask(core, third, { kind: 'series.topics' }))).toContain('There are 5 more.');
});
