import { afterEach, beforeEach, expect, test } from 'vitest';
import { cancelHostedBy, forgetHost } from '../../src/conversations/cancelling.ts';
import { freeSeatsOf } from '../../src/conversations/seating.ts';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { addChannel, type Channels } from '../support/channel.ts';
import {
  addHost,
  type ConversationStage,
  cancelledAt,
  fullHouse,
  openConversations,
  propose,
  signUp,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { mustFind, type RecordingOutbound, saidTo } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let slack: Channels;
let web: RecordingOutbound;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host, slack, web } = stage);
});
afterEach(() => stage.close());

const gone = '“Making room”, 10am to 11am on Tuesday 16 March, has been cancelled.';

test('a host who goes cancels what they host, and those who come to it are told why', async () => {
  const { id, people } = await fullHouse(stage);
  const elsewhere = await propose(core, await addHost(core, 'Olu Other'), { title: 'Elsewhere' });
  await signUp(core, host, elsewhere);
  await stage.settle();
  web.letters.length = 0;
  await core.db.transaction().execute((tx) => cancelHostedBy(core, tx, host.id));
  await core.db.transaction().execute((tx) => cancelHostedBy(core, tx, host.id));
  await stage.settle();
  expect([await cancelledAt(core, id), await cancelledAt(core, elsewhere)]).toEqual([expect.any(Date), null]);
  expect(people.map((member) => saidTo(web, member))).toEqual(people.map(() => [gone]));
  expect(JSON.stringify(web.letters[0]?.message.body)).toContain('The host has left the network.');
  expect(saidTo(web, host)).toEqual([]);
});

test('two hosts who each come to the other’s conversation can go at the same moment', async () => {
  const leave = (member: Member, order: 'seats' | 'hosted') =>
    core.db.transaction().execute(async (tx) => {
      if (order === 'hosted') await cancelHostedBy(core, tx, member.id);
      await freeSeatsOf(core, tx, member.id);
      if (order === 'seats') await cancelHostedBy(core, tx, member.id);
    });
  for (let round = 0; round < 10; round += 1) {
    const [one, two] = [await addHost(core, `One ${round}`), await addHost(core, `Two ${round}`)];
    const ofOne = await propose(core, one, { title: `Of one ${round}` });
    const ofTwo = await propose(core, two, { title: `Of two ${round}` });
    await signUp(core, one, ofTwo);
    await signUp(core, two, ofOne);
    const order = round % 2 === 0 ? 'seats' : 'hosted';
    await Promise.all([leave(one, order), leave(two, order)]);
    expect([await cancelledAt(core, ofOne), await cancelledAt(core, ofTwo)]).not.toContain(null);
  }
});

test('an erased host’s name and words are gone from every conversation and channel, and people are still told', async () => {
  await addChannel(core, 'T1', 'C1');
  const past = await propose(core, host, { title: 'Before', date: '2027-03-03' });
  const { id, people } = await fullHouse(stage);
  stage.clock.set(new Date('2027-03-04T10:00:00Z'));
  await stage.settle();
  await core.db.transaction().execute(async (tx) => {
    await forgetHost(core, tx, host.id);
    await tx.deleteFrom('members').where('id', '=', host.id).execute();
  });
  expect(slack.cards.get('C1')?.size).toBe(2);
  web.letters.length = 0;
  await stage.settle();

  expect(slack.cards.get('C1')?.size).toBe(0);
  const rows = await core.db.selectFrom('conversations').selectAll().orderBy('starts_at').execute();
  expect(rows.map((row) => row.id)).toEqual([past, id]);
  for (const row of rows) {
    expect(row).toMatchObject({ host_id: null, title: '', about: '', link: '', cancel_reason: '' });
  }
  expect(rows.map((row) => row.cancelled_at !== null)).toEqual([false, true]);
  const name = 'The conversation on Inclusive leadership on Tuesday 16 March has been cancelled.';
  expect(people.map((member) => saidTo(web, member))).toEqual(people.map(() => [name]));
  const letter = web.letters[0]?.message;
  expect(letter?.heading).toBe('Cancelled: a conversation on Inclusive leadership');
  expect(JSON.stringify(letter)).toContain('The host has left the network.');
  expect(JSON.stringify(letter)).not.toContain('Hari');
});

test('a host erased while their conversation runs leaves nobody a reminder without a link', async () => {
  const { id, people } = await fullHouse(stage);
  stage.clock.set(new Date('2027-03-16T09:45:00Z'));
  await settleAll(core, new Map());
  await core.db
    .updateTable('deliveries')
    .set({ status: 'pending' })
    .where('kind', '=', 'conversations.reminder-soon')
    .execute();
  stage.clock.set(new Date('2027-03-16T10:05:00Z'));
  await core.db.transaction().execute((tx) => forgetHost(core, tx, host.id));
  web.letters.length = 0;
  await stage.settle();
  expect(await cancelledAt(core, id)).toBeNull();
  expect(saidTo(web, await mustFind(core, people[0]?.id ?? ''))).toEqual([]);
});
