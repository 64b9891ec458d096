import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
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
import { formOf, posted } from './stage.ts';

let stage: ConversationStage;
let core: Core;
beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
});
afterEach(() => stage.close());

async function second(full: string, title: string): Promise<string> {
  const rows = core.db.selectFrom('conversations').select('id').where('follows_id', '=', full);
  return (await rows.where('title', '=', title).executeTakeFirstOrThrow()).id;
}

async function places(conversation: string) {
  const rows = core.db.selectFrom('seats').select(['member_id as id', 'state']);
  return await rows.where('conversation_id', '=', conversation).orderBy('place').execute();
}

test('a second conversation is offered first to those who wait for the full one, in order, who keep their place there', async () => {
  const people = await addPeople(core, 9);
  const full = await propose(core, stage.host);
  for (const member of people.slice(0, 8)) await signUp(core, member, full);
  await stage.settle();
  stage.web.letters.length = 0;
  const before = await places(full);
  const waiting = people.slice(3, 8);

  const opened = { kind: 'proposals.open', topic: '', follows: full, theme: '' } as const;
  const form = formOf(await ask(core, stage.host, opened));
  expect(form.fields.find(({ name }) => name === 'title')?.value).toBe('Making room');
  expect(textOf(await ask(core, await addHost(core, 'Olu Other'), opened))).toContain('We could not find');
  await proposeBy(core, stage.host, { follows: full, title: 'Making more room', date: '2027-03-23' });
  const id = await second(full, 'Making more room');
  expect(await places(id)).toEqual(waiting.slice(0, 3).map((member) => ({ id: member.id, state: 'offered' })));
  expect(await places(full)).toEqual(before);

  await stage.settle();
  for (const member of waiting.slice(0, 3)) {
    const said = saidTo(stage.web, member).filter((summary) => summary.includes('Making more room'));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(
      'There is a second conversation on “Making more room”, 10am to 11am on Tuesday 23 March.',
    );
  }
  // The others hear of it as of any other.
  const told = await posted(core, 'conversations.announcement', id);
  expect(told).not.toContain(waiting[0]?.id);
  expect(told).toContain(waiting[4]?.id);
  expect(told).toHaveLength(7);

  // Who lets the time pass keeps their place in the first, and is told so.
  stage.clock.set(new Date(core.clock.now().getTime() + 25 * 3_600_000));
  await settleAll(core, stage.outbounds);
  await settleAll(core, stage.outbounds);
  expect(await places(id)).toEqual([]);
  const ended = stage.web.letters.filter(({ message }) => message.summary.startsWith('The seat we kept'));
  expect(ended.map(({ account }) => account.user).toSorted()).toEqual(
    waiting
      .slice(0, 3)
      .map(({ id }) => id)
      .toSorted(),
  );
  for (const { message } of ended) expect(JSON.stringify(message)).toContain('you keep your place in the first');
  expect(await places(full)).toEqual(before);
});

test('nobody who waits for the full one has a seat in a second one that they did not take', async () => {
  const people = await addPeople(core, 5);
  const full = await propose(core, stage.host, { date: '2027-03-30', capacity: '3' });
  for (const member of people) await signUp(core, member, full);
  stage.clock.set(new Date('2027-03-16T09:30:00Z'));
  await proposeBy(core, stage.host, { follows: full, title: 'Soon', date: '2027-03-16', time: '10:00' });
  const soon = await second(full, 'Soon');
  expect(await places(soon)).toEqual([]);
  expect(await posted(core, 'conversations.announcement', soon)).toHaveLength(5);

  await proposeBy(core, stage.host, { follows: full, title: 'Later', date: '2027-03-23', time: '10:00' });
  const later = await second(full, 'Later');
  expect((await places(later)).map(({ state }) => state)).toEqual(['offered', 'offered']);
  await edit(core, stage.host, later, { date: '2027-03-16', time: '10:20' });
  expect((await places(later)).map(({ state }) => state)).toEqual(['offered', 'offered']);
  await edit(core, stage.host, later, { date: '2027-03-16', time: '10:10' });
  expect(await places(later)).toEqual([]);
});

test('with nobody waiting there is no second one to be made', async () => {
  const full = await propose(core, stage.host);
  const opened = { kind: 'proposals.open', topic: '', follows: full, theme: '' } as const;
  expect(textOf(await ask(core, stage.host, opened))).toContain('Nobody is waiting');
});
