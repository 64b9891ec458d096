import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import {
  addHost,
  addPeople,
  type ConversationStage,
  fullHouse,
  openConversations,
  proposal,
  propose,
  signUp,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { edit } from '../support/edits.ts';
import { ask, type RecordingOutbound, textOf } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let web: RecordingOutbound;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host, web } = stage);
});
afterEach(() => stage.close());

async function at(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  await settleAll(core, stage.outbounds);
}

function warnings(): readonly Message[] {
  return web.letters.map(({ message }) => message).filter(({ heading }) => heading.startsWith('Few have signed up'));
}

test('two days before, the host of a conversation with few people is asked what to do: once each time it starts', async () => {
  const [first = host, second = host] = await addPeople(core, 2);
  const id = await propose(core, host);
  for (const member of [first, second]) await signUp(core, member, id);
  await at('2027-03-14T09:59:00Z');
  expect(warnings()).toEqual([]);
  await at('2027-03-14T10:00:00Z');
  await at('2027-03-14T10:01:00Z');
  expect(warnings().map(({ summary }) => summary)).toEqual([
    'Only 2 people have signed up for “Making room”, 10am to 11am on Tuesday 16 March.',
  ]);
  const [warning] = warnings();
  expect(warning?.buttons.map(({ label }) => label)).toEqual(['Go on', 'Move it', 'Hand it over', 'Cancel it']);
  const reply = await ask(core, host, { kind: 'conversations.go-on', conversation: id });
  expect(reply).toMatchObject({ kind: 'replace', message: { summary: '“Making room” goes on as planned.' } });
  await edit(core, host, id, { date: '2027-03-23' });
  await at('2027-03-21T10:00:00Z');
  expect(warnings()).toHaveLength(2);
});

test('with as many as the network would like, and where more have come before it is sent, nobody is asked', async () => {
  const { id } = await fullHouse(stage);
  await at('2027-03-14T10:00:00Z');
  expect(warnings()).toEqual([]);
  const next = await propose(core, host, { title: 'Next', date: '2027-03-23' });
  stage.clock.set(new Date('2027-03-21T10:00:00Z'));
  await settleAll(core, new Map());
  await core.db.updateTable('deliveries').set({ status: 'pending', not_before: core.clock.now() }).execute();
  for (const member of await addPeople(core, 3)) await signUp(core, member, next);
  await settleAll(core, stage.outbounds);
  expect(warnings()).toEqual([]);
  const posted = core.db
    .selectFrom('deliveries')
    .select(['subject', 'reason'])
    .where('kind', '=', 'conversations.too-few');
  expect(await posted.execute()).toEqual([{ subject: next, reason: 'enough people have signed up' }]);
  expect(id).not.toBe(next);
});

test('the host sees who is coming at any time: roles and councils, how many wait, questions; no names, no link', async () => {
  const { id, people } = await fullHouse(stage);
  const page = await ask(core, host, { kind: 'conversations.who-is-coming', conversation: id });
  expect(page.kind).toBe('page');
  const text = textOf(page);
  expect(text).toContain('Director of Place, Council 0');
  expect(text).toContain('Director of Place, Council 2');
  expect(text).not.toContain('Council 3');
  expect(text).toContain('1 person is waiting for a seat.');
  expect(text).toContain('Questions you could open with:');
  expect(text).not.toContain(proposal.link);
  for (const { name, email } of people) {
    expect(text).not.toContain(name);
    expect(text).not.toContain(email);
  }
  const [member = host] = people;
  for (const one of [member, await addHost(core, 'Olu Other')]) {
    for (const kind of ['conversations.who-is-coming', 'conversations.go-on'] as const) {
      expect(textOf(await ask(core, one, { kind, conversation: id }))).toContain('Only the host or a convener');
    }
  }
});

test('the host is briefed with who is coming and questions to open with, and those alone have the link with them', async () => {
  const { id, people } = await fullHouse(stage);
  await edit(core, host, id, { link: 'https://meet.example/other', place: 'Leeds Town Hall' });
  await at('2027-03-15T10:00:00Z');
  const having = web.letters.filter(({ message }) => JSON.stringify(message).includes('meet.example'));
  expect(having.map(({ account }) => account.user).toSorted()).toEqual(
    [host, ...people.slice(0, 3)].map((member) => member.id).toSorted(),
  );
  const briefing = having.find(({ account }) => account.user === host.id)?.message;
  expect(JSON.stringify(briefing)).toContain('Questions you could open with:');
  await edit(core, host, id, { link: '' });
  await at('2027-03-16T09:45:00Z');
  const last = web.letters.filter(({ message }) => message.heading.startsWith('Soon')).at(-1)?.message;
  expect(last?.buttons.map(({ label }) => label)).not.toContain('Join the conversation');
  expect(JSON.stringify(last)).toContain('Leeds Town Hall');
});
