import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Form } from '../../src/messages/form.ts';
import type { Page } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { addHost, addPeople, propose, proposeBy } from '../support/conversations.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { ask, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let host: Member;
let member: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  host = await addHost(core);
  [member = host] = await addPeople(core, 1);
});
afterEach(() => stage.close());

async function suggest(title: string, about = 'How do others do it?'): Promise<string> {
  stage.clock.set(new Date(core.clock.now().getTime() + 1000));
  await ask(core, member, { kind: 'series.suggest-topic', theme: '', title, about });
  const row = core.db.selectFrom('topics').select('id').where('title', '=', title);
  return (await row.executeTakeFirstOrThrow()).id;
}

async function listOf(reader: Member): Promise<Page> {
  const reply = await ask(core, reader, { kind: 'conversations.list' });
  if (reply.kind !== 'page') throw new Error(`Not a page: ${reply.kind}`);
  return reply.page;
}

async function topicsFor(reader: Member): Promise<readonly string[]> {
  const headings = (await listOf(reader)).cards.map((card) => card.heading);
  return headings.filter((heading) => heading.startsWith('Suggested topic: '));
}

async function formFor(text: string): Promise<Form> {
  const reply = await ask(core, member, { kind: 'series.open-topic', text });
  if (reply.kind !== 'form') throw new Error(`Not a form: ${reply.kind}`);
  return reply.form;
}

test('a topic is written from a chat message: its first line is the title, and all of it what it is about', async () => {
  const form = await formFor('\n Saying no to a minister \r\nHow do you do it?\n');
  expect(form.fields.map(({ name, value }) => [name, value])).toEqual([
    ['title', 'Saying no to a minister'],
    ['about', 'Saying no to a minister \r\nHow do you do it?'],
    ['theme', 'none'],
  ]);
  expect(form.completes).toEqual({ kind: 'series.suggest-topic' });
  expect(JSON.stringify(form.body)).toContain('They do not see who suggested it.');
});

test('a message that is too long is cut to what the form takes, and the form opens the same again', async () => {
  const form = await formFor('x'.repeat(4000));
  const sent = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
  expect(sent['title']).toHaveLength(100);
  expect(sent['about']).toHaveLength(1000);
  expect(await ask(core, member, form.openedBy)).toEqual({ kind: 'form', form });
  const reply = await ask(core, member, {
    kind: 'series.suggest-topic',
    theme: sent['theme'] ?? '',
    title: sent['title'] ?? '',
    about: sent['about'] ?? '',
  });
  expect(reply.kind).toBe('message');
});

test('what needs changing is named, and nothing is kept', async () => {
  const reply = await ask(core, member, {
    kind: 'series.suggest-topic',
    theme: 'no-such/theme',
    title: ' ',
    about: 'x'.repeat(1001),
  });
  expect(reply).toMatchObject({
    kind: 'invalid',
    problems: [{ field: 'title' }, { field: 'about' }, { field: 'theme' }],
  });
  expect(await core.db.selectFrom('topics').selectAll().execute()).toEqual([]);
});

test('hosts see what is open among the conversations, ten at most and those of most votes first, without who suggested it; members see none of it', async () => {
  for (let index = 1; index <= 10; index += 1) await suggest(`Topic ${index}`);
  await ask(core, host, { kind: 'series.vote', topic: await suggest('Topic 11') });
  const expected = [11, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((index) => `Suggested topic: Topic ${index}`);
  expect(await topicsFor(host)).toEqual(expected);
  expect(JSON.stringify(await listOf(host))).not.toContain(member.name);
  expect(JSON.stringify(await listOf(member))).not.toMatch(/Topic \d/);
  expect(JSON.stringify(await listOf(member))).toContain('Suggest a topic');
});

test('a host takes a topic up: the form holds it, and once announced it is offered to nobody else', async () => {
  const topic = await suggest('Saying no', 'To a minister, say.');
  const opened = await ask(core, host, { kind: 'series.host-topic', topic });
  if (opened.kind !== 'form') throw new Error(`Not a form: ${opened.kind}`);
  const { form } = opened;
  expect(form.fields.find(({ name }) => name === 'title')?.value).toBe('Saying no');
  expect(form.fields.find(({ name }) => name === 'about')?.value).toBe('To a minister, say.');
  expect(form.completes).toEqual({ kind: 'proposals.draft', topic, follows: '' });
  expect(form.openedBy).toEqual({ kind: 'series.host-topic', topic });

  const other = await suggest('Another');
  const id = await propose(core, host, { topic, title: 'Saying no' });
  expect(await topicsFor(host)).toEqual(['Suggested topic: Another']);
  const again = await ask(core, host, { kind: 'series.host-topic', topic });
  expect(textOf(again)).toContain('Someone has taken up that topic');
  await propose(core, host, { topic, title: 'Filled in before the topic went' });
  const links = await core.db.selectFrom('topics').select(['id', 'conversation_id']).execute();
  expect(new Map(links.map((row) => [row.id, row.conversation_id]))).toEqual(
    new Map([
      [topic, id],
      [other, null],
    ]),
  );
});

test('two hosts who take up one topic at once both announce; a topic whose conversation is cancelled is open again', async () => {
  const topic = await suggest('Saying no');
  const rival = await addHost(core, 'Rival');
  await Promise.all([proposeBy(core, host, { topic, title: 'One' }), proposeBy(core, rival, { topic, title: 'Two' })]);
  const rows = await core.db.selectFrom('conversations').select(['id', 'host_id']).execute();
  expect(rows).toHaveLength(2);
  const { conversation_id: linked } = await core.db.selectFrom('topics').selectAll().executeTakeFirstOrThrow();
  const winner = rows.find((row) => row.id === linked)?.host_id === host.id ? host : rival;
  expect(await topicsFor(host)).toEqual([]);
  await ask(core, winner, { kind: 'conversations.cancel', conversation: linked ?? '', reason: '' });
  expect(await topicsFor(host)).toEqual(['Suggested topic: Saying no']);
});

test('a member may not take a topic up, whatever their client sends', async () => {
  const topic = await suggest('Saying no');
  expect(textOf(await ask(core, member, { kind: 'series.host-topic', topic }))).toContain('Only hosts');
});
