import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { addChannel } from '../support/channel.ts';
import {
  addHost,
  addPeople,
  type ConversationStage,
  openConversations,
  propose,
  proposeBy,
  signUp,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { edit } from '../support/edits.ts';
import { ask, saidTo, textOf } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;

beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
});
afterEach(() => stage.close());

test('another length leaves alone what is due already: the last reminder still comes, with the link', async () => {
  const [person = stage.host] = await addPeople(core, 1);
  const id = await propose(core, stage.host, { date: '2027-03-02', time: '18:00' });
  await signUp(core, person, id);
  stage.clock.set(new Date('2027-03-02T17:46:00Z'));
  await edit(core, stage.host, id, { minutes: '45' });
  await settleAll(core, stage.outbounds);
  const reminder = stage.web.letters.find(
    ({ account, message }) => account.user === person.id && JSON.stringify(message).includes('https://meet.example'),
  );
  expect(reminder).toBeDefined();
  const over = core.db.selectFrom('agenda').select('due_at').where('kind', '=', 'afterwards.over');
  expect(await over.execute()).toEqual([{ due_at: new Date('2027-03-02T18:45:00Z') }]);
});

test('moved to sooner, it is told in time also to those who were to hear of it later', async () => {
  const people = await addPeople(core, 20);
  const id = await propose(core, stage.host);
  await settleAll(core, stage.outbounds);
  const hear = () => people.filter((member) => saidTo(stage.web, member).some((said) => said.includes('Making room')));
  expect(hear()).toHaveLength(9);
  await edit(core, stage.host, id, { date: '2027-03-02', time: '18:00' });
  await settleAll(core, stage.outbounds);
  expect(hear()).toHaveLength(20);
});

test('who takes a seat in the second conversation waits no longer for one in the first, and whoever was behind moves up', async () => {
  const people = await addPeople(core, 5);
  const full = await propose(core, stage.host);
  for (const member of people) await signUp(core, member, full);
  await proposeBy(core, stage.host, { follows: full, title: 'Making more room', date: '2027-03-23' });
  const second = await core.db
    .selectFrom('conversations')
    .select('id')
    .where('follows_id', '=', full)
    .executeTakeFirstOrThrow();
  const [fourth = stage.host, fifth = stage.host] = people.slice(3);
  await ask(core, fourth, { kind: 'conversations.accept-seat', conversation: second.id });
  const seats = core.db.selectFrom('seats').select(['member_id', 'state']).where('conversation_id', '=', full);
  const waiting = (await seats.execute()).filter(({ state }) => state === 'waiting');
  expect(waiting).toEqual([{ member_id: fifth.id, state: 'waiting' }]);
});

test('what is for one level stands in no channel, and its page is not for others', async () => {
  const other = await addHost(core, 'Olu Other');
  const [director = stage.host] = await addPeople(core, 1);
  await addChannel(core, 'T1', 'C1');
  await proposeBy(core, stage.host, { audience: 'level:chief executive', title: 'For chief executives' });
  const row = core.db.selectFrom('conversations').select('id').where('title', '=', 'For chief executives');
  const { id } = await row.executeTakeFirstOrThrow();
  const notices = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'conversations.notice');
  expect(await notices.execute()).toEqual([]);
  await propose(core, stage.host);
  expect(await notices.execute()).toHaveLength(1);
  const page = { kind: 'conversations.view', conversation: id } as const;
  for (const member of [director, other]) {
    expect(textOf(await ask(core, member, page))).toContain('We could not find that conversation');
  }
  expect(textOf(await ask(core, stage.host, page))).toContain('For chief executives');
});
