import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import {
  addPeople,
  type ConversationStage,
  fullHouse,
  openConversations,
  proposal,
  propose,
  signUp,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { ask, type RecordingOutbound, saidTo } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let web: RecordingOutbound;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host, web } = stage);
});
afterEach(() => stage.close());

const reminder = 'Reminder: “Making room”, 10am to 11am on Tuesday 16 March.';

/** Moves the clock without a word being sent on the way, then sends what is due. */
async function at(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  await settleAll(core, stage.outbounds);
}

/** The messages with the link that this member was sent. */
function linksTo(member: Member): readonly string[] {
  const own = web.letters.filter(({ account }) => account.user === member.id);
  return own
    .filter(({ message }) => JSON.stringify(message).includes(proposal.link))
    .map(({ message }) => message.summary);
}

function briefings(): readonly string[] {
  return saidTo(web, host).filter((summary) => summary.startsWith('You are hosting'));
}

test('someone who signs up once the last reminders have gone is sent the link at once, once', async () => {
  const [early = host, late = host] = await addPeople(core, 2);
  const id = await propose(core, host);
  await signUp(core, early, id);
  await at('2027-03-16T09:45:00Z');
  stage.clock.set(new Date('2027-03-16T09:50:00Z'));
  await signUp(core, late, id);
  await signUp(core, late, id);
  await settleAll(core, stage.outbounds);
  expect(linksTo(late)).toEqual([reminder]);
  expect(linksTo(early)).toEqual([reminder]);
});

test.each(['2027-03-16T09:44:30Z', '2027-03-16T09:45:00Z'])(
  'someone who signs up at %s, as the last reminders go, is sent one of them',
  async (moment) => {
    const [person = host] = await addPeople(core, 1);
    const id = await propose(core, host);
    await at('2027-03-15T10:00:00Z');
    stage.clock.set(new Date(moment));
    await signUp(core, person, id);
    await settleAll(core, stage.outbounds);
    await at('2027-03-16T09:46:00Z');
    expect(linksTo(person)).toEqual([reminder]);
  },
);

test('whoever is given a freed seat once the last reminders have gone is sent the link too', async () => {
  const { id, people } = await fullHouse(stage);
  const [first = host, , , waiting = host] = people;
  await at('2027-03-16T09:50:00Z');
  expect(linksTo(waiting)).toEqual([]);
  await ask(core, first, { kind: 'conversations.withdraw', conversation: id });
  await settleAll(core, stage.outbounds);
  expect(linksTo(waiting)).toEqual([reminder]);
});

test('someone who gives their seat up before the reminder went, and takes another, is reminded', async () => {
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  stage.clock.set(new Date('2027-03-16T09:50:00Z'));
  await signUp(core, person, id);
  await ask(core, person, { kind: 'conversations.withdraw', conversation: id });
  await settleAll(core, stage.outbounds);
  expect(linksTo(person)).toEqual([]);
  await signUp(core, person, id);
  await settleAll(core, stage.outbounds);
  expect(linksTo(person)).toEqual([reminder]);
});

test('nobody who only waits for a seat is sent the link', async () => {
  const people = await addPeople(core, 4);
  const id = await propose(core, host);
  stage.clock.set(new Date('2027-03-16T09:55:00Z'));
  for (const person of people) await signUp(core, person, id);
  await settleAll(core, stage.outbounds);
  expect(people.map((person) => linksTo(person).length)).toEqual([1, 1, 1, 0]);
});

test('a conversation proposed ten minutes ahead: those who sign up get the link, the host the briefing at once', async () => {
  const [person = host] = await addPeople(core, 1);
  stage.clock.set(new Date('2027-03-16T09:50:00Z'));
  const id = await propose(core, host);
  await settleAll(core, stage.outbounds);
  expect(briefings()).toHaveLength(1);
  await signUp(core, person, id);
  await settleAll(core, stage.outbounds);
  expect(linksTo(person)).toEqual([reminder]);
});

test('the host of one proposed less than a day ahead is briefed with the last reminder, once', async () => {
  const [person = host] = await addPeople(core, 1);
  stage.clock.set(new Date('2027-03-16T08:00:00Z'));
  const id = await propose(core, host);
  await signUp(core, person, id);
  await settleAll(core, stage.outbounds);
  expect(briefings()).toEqual([]);
  await at('2027-03-16T09:45:00Z');
  expect(briefings()).toEqual([
    'You are hosting “Making room”, 10am to 11am on Tuesday 16 March. 1 person has a seat.',
  ]);
});

test('the host of one proposed earlier is briefed a day before, and not again', async () => {
  await propose(core, host);
  await at('2027-03-15T10:00:00Z');
  expect(briefings()).toHaveLength(1);
  await at('2027-03-16T09:45:00Z');
  expect(briefings()).toHaveLength(1);
});

test('of reminders that could not be sent in time, only the newest is', async () => {
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  await signUp(core, person, id);
  for (const moment of ['2027-03-09T10:00:00Z', '2027-03-15T10:00:00Z', '2027-03-16T09:45:00Z']) {
    web.outcomes.push(
      ...Array.from({ length: 4 }, () => ({ kind: 'throttled', afterMs: 7 * 86_400_000, reason: '' }) as const),
    );
    await at(moment);
  }
  web.outcomes.length = 0;
  web.letters.length = 0;
  await core.db
    .updateTable('deliveries')
    .set({ not_before: core.clock.now() })
    .where('status', '=', 'pending')
    .execute();
  await core.db.deleteFrom('lanes').execute();
  await settleAll(core, stage.outbounds);
  expect(linksTo(person)).toEqual([reminder]);
  const kinds = ['conversations.reminder-week', 'conversations.reminder-day', 'conversations.reminder-soon'] as const;
  const rows = core.db.selectFrom('deliveries').select(['kind', 'status', 'reason']).orderBy('kind');
  expect(await rows.where('subject', '=', id).where('kind', 'in', kinds).execute()).toEqual([
    { kind: 'conversations.reminder-day', status: 'dropped', reason: 'a later reminder has had its turn' },
    { kind: 'conversations.reminder-soon', status: 'sent', reason: '' },
    { kind: 'conversations.reminder-week', status: 'dropped', reason: 'a later reminder has had its turn' },
  ]);
});
