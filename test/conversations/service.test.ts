import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { addHost, addPeople, proposal, propose, proposeBy } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { ask, recordingOutbound, saidTo, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let host: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  host = await addHost(core);
});
afterEach(() => stage.close());

async function seats(): Promise<Readonly<Record<string, number>>> {
  const rows = await core.db.selectFrom('seats').select('state').execute();
  return {
    seated: rows.filter((row) => row.state === 'seated').length,
    offered: rows.filter((row) => row.state === 'offered').length,
    waiting: rows.filter((row) => row.state === 'waiting').length,
  };
}

test('a proposal is announced to everyone who joined but the host, once', async () => {
  const people = await addPeople(core, 3);
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  web.letters.length = 0;

  await propose(core, host);
  await settleAll(core, new Map([['web', web]]));
  await settleAll(core, new Map([['web', web]]));

  expect(web.letters.map((parcel) => parcel.account.user).toSorted()).toEqual(
    people.map((member) => member.id).toSorted(),
  );
  expect(web.letters[0]?.message.summary).toBe(
    'A conversation you can join: “Making room”, 10am to 11am on Tuesday 16 March.',
  );
  expect(JSON.stringify(web.letters)).not.toContain(proposal.link);
});

test('a member who is not a host may not propose, whatever their client sends', async () => {
  const [member = host] = await addPeople(core, 1);
  const reply = await proposeBy(core, member);
  expect(textOf(reply)).toContain('Only hosts can do that');
  expect(await core.db.selectFrom('conversations').selectAll().execute()).toEqual([]);
});

test('every answer that needs changing is named at once, and nothing is kept', async () => {
  const words = await proposeBy(core, host, { theme: 'none', title: ' ', about: '', audience: 'cohort:none' });
  expect(words.kind === 'invalid' && words.problems.map((problem) => problem.field)).toEqual([
    'theme',
    'title',
    'about',
    'audience',
  ]);
  expect(await core.db.selectFrom('proposals').selectAll().execute()).toEqual([]);
  const reply = await proposeBy(core, host, {
    date: '2027-02-30',
    capacity: '2',
    minutes: 'an hour',
    link: 'http://meet.example',
  });
  expect(reply.kind === 'invalid' && reply.problems.map((problem) => problem.field)).toEqual([
    'date',
    'minutes',
    'capacity',
    'link',
  ]);
  expect(await core.db.selectFrom('conversations').selectAll().execute()).toEqual([]);
});

test('a hundred people who press at once never overfill it, and each has a seat or a place in line', async () => {
  const id = await propose(core, host);
  const people = await addPeople(core, 20);
  // Everyone once, then everyone again: those who press at the same moment are different people.
  const presses = Array.from({ length: 5 }, () => people).flat();
  const replies = await Promise.all(
    presses.map((member) => ask(core, member, { kind: 'conversations.sign-up', conversation: id })),
  );
  expect(replies.every((reply) => reply.kind === 'replace')).toBe(true);
  expect(await seats()).toEqual({ seated: 3, offered: 0, waiting: 17 });
  const positions = new Set(replies.flatMap((reply) => textOf(reply).match(/number \d+ on the waiting list/g) ?? []));
  expect(positions.size).toBe(17);
});

test('a freed seat is offered to whoever has waited longest, who is told once, and nobody else', async () => {
  const id = await propose(core, host);
  const people = await addPeople(core, 5);
  for (const member of people) await ask(core, member, { kind: 'conversations.sign-up', conversation: id });
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  web.letters.length = 0;
  const [first = host, , , fourth = host, fifth = host] = people;

  await ask(core, first, { kind: 'conversations.withdraw', conversation: id });
  await settleAll(core, new Map([['web', web]]));

  expect(web.letters.map((parcel) => parcel.account.user)).toEqual([fourth.id]);
  expect(saidTo(web, fourth)).toEqual([
    'A seat came free: “Making room”. We keep it for you until midday on Wednesday 3 March.',
  ]);
  expect(textOf(await ask(core, fifth, { kind: 'conversations.list' }))).toContain(
    'You are number 1 on the waiting list',
  );
  expect(await seats()).toEqual({ seated: 2, offered: 1, waiting: 1 });
  await ask(core, fourth, { kind: 'conversations.accept-seat', conversation: id });
  expect(await seats()).toEqual({ seated: 3, offered: 0, waiting: 1 });
});

test('reminders go to those with a seat when they are sent, with the link; the host is told who is coming', async () => {
  const id = await propose(core, host);
  const people = await addPeople(core, 4);
  for (const member of people) await ask(core, member, { kind: 'conversations.sign-up', conversation: id });
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  web.letters.length = 0;

  stage.clock.set(new Date('2027-03-15T10:00Z'));
  await settleAll(core, new Map([['web', web]]));

  const posted = await core.db
    .selectFrom('deliveries')
    .select('id')
    .where('kind', '=', 'conversations.reminder-day')
    .execute();
  expect(posted).toHaveLength(3);
  const reminded = web.letters.filter((parcel) => parcel.message.summary.startsWith('Reminder'));
  const seated = people.slice(0, 3).map((member) => member.id);
  expect(new Set(reminded.map((parcel) => parcel.account.user))).toEqual(new Set(seated));
  expect(reminded.every((parcel) => JSON.stringify(parcel.message).includes(proposal.link))).toBe(true);
  const briefing = saidTo(web, host).filter((summary) => summary.includes('hosting'));
  expect(briefing).toEqual(['You are hosting “Making room”, 10am to 11am on Tuesday 16 March. 3 people have a seat.']);
});

test('leaving the network gives up one’s seat to the next', async () => {
  const id = await propose(core, host);
  const people = await addPeople(core, 4);
  for (const member of people) await ask(core, member, { kind: 'conversations.sign-up', conversation: id });
  const [first = host] = people;
  await ask(core, first, { kind: 'network.confirm-leave' });
  expect(await seats()).toEqual({ seated: 2, offered: 1, waiting: 0 });
});

test('of those who leave the network at the same moment, each gives a seat to somebody who waits', async () => {
  for (let round = 0; round < 5; round += 1) {
    await core.db.deleteFrom('conversations').execute();
    const id = await propose(core, host);
    const people = await addPeople(core, 6);
    for (const member of people) await ask(core, member, { kind: 'conversations.sign-up', conversation: id });
    await Promise.all(people.slice(0, 3).map((member) => ask(core, member, { kind: 'network.confirm-leave' })));
    expect(await seats()).toEqual({ seated: 0, offered: 3, waiting: 0 });
  }
});

test('an announcement whose turn comes once it has begun is not sent', async () => {
  await addPeople(core, 1);
  await propose(core, host);
  stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  expect(JSON.stringify(web.letters)).not.toContain('A conversation you can join');
});

test('a conversation that has started takes no more sign-ups', async () => {
  const id = await propose(core, host);
  const [member = host] = await addPeople(core, 1);
  stage.clock.set(new Date('2027-03-16T10:00Z'));
  expect(textOf(await ask(core, member, { kind: 'conversations.sign-up', conversation: id }))).toContain(
    'already started',
  );
});
