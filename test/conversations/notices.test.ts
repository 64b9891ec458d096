import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import { addChannel, type Channels, cardIn } from '../support/channel.ts';
import {
  addPeople,
  type ConversationStage,
  factOf,
  openConversations,
  proposal,
  propose,
  signUp,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { ask, type RecordingOutbound } from '../support/people.ts';

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

function labels(card: Message): readonly string[] {
  return card.buttons.map((button) => button.label);
}

function edits(): readonly Message[] {
  return slack.parcels.flatMap(({ act }) => (act.kind === 'edit' ? [act.message] : []));
}

test('a conversation stands once in every channel that announces, on the network’s clock and without the link', async () => {
  await core.db.updateTable('network').set({ zone: 'America/New_York' }).execute();
  await addChannel(core, 'T1', 'C1');
  await addChannel(core, 'T2', 'C2');
  const [person = host] = await addPeople(core, 1);
  await stage.settle();
  web.letters.length = 0;
  const id = await propose(core, host);
  await stage.settle();
  await stage.settle();

  const card = cardIn(slack, 'C1');
  expect(cardIn(slack, 'C2')).toEqual(card);
  expect(card).toMatchObject({
    summary: 'A conversation you can join: “Making room”, 6am to 7am on Tuesday 16 March (New York time).',
    heading: 'Making room',
    body: [{ kind: 'paragraph', text: proposal.about }, { kind: 'facts' }],
    buttons: [{ label: 'Sign up', intent: { kind: 'conversations.sign-up', conversation: id } }],
  });
  expect(factOf(card, 'Host')).toBe('Hari Host, Director of Place, Leeds City Council');
  expect(factOf(card, 'Seats')).toBe('3 of 3 left');
  expect(JSON.stringify(slack.parcels)).not.toContain(proposal.link);
  expect(web.letters.map((letter) => letter.account.user)).toEqual([person.id]);
});

test('forty who sign up at once redraw a channel’s card twice at most, and it shows the true seats', async () => {
  await addChannel(core, 'T1', 'C1');
  const people = await addPeople(core, 40);
  const id = await propose(core, host);
  await stage.settle();
  const half = Promise.all(people.map((member) => signUp(core, member, id)));
  await settleAll(core, stage.outbounds);
  await half;
  await stage.settle();

  expect(edits().length).toBeGreaterThan(0);
  expect(edits().length).toBeLessThanOrEqual(2);
  expect(factOf(cardIn(slack, 'C1'), 'Seats')).toBe('Full, with 37 waiting');
  expect(labels(cardIn(slack, 'C1'))).toEqual(['Join the waiting list']);
});

test('a seat given up, handed on or left behind is shown too', async () => {
  await addChannel(core, 'T1', 'C1');
  const [first = host, second = host, third = host, fourth = host] = await addPeople(core, 4);
  const id = await propose(core, host);
  for (const member of [first, second, third, fourth]) await signUp(core, member, id);
  await stage.settle();
  const seats = async (member: Member, intent: Intent) => {
    await ask(core, member, intent);
    await stage.settle();
    return factOf(cardIn(slack, 'C1'), 'Seats');
  };
  expect(factOf(cardIn(slack, 'C1'), 'Seats')).toBe('Full, with 1 waiting');
  expect(await seats(first, { kind: 'conversations.withdraw', conversation: id })).toBe('Full');
  expect(await seats(second, { kind: 'conversations.withdraw', conversation: id })).toBe('1 of 3 left');
  expect(await seats(third, { kind: 'network.confirm-leave' })).toBe('2 of 3 left');
  const before = edits().length;
  expect(await seats(first, { kind: 'conversations.withdraw', conversation: id })).toBe('2 of 3 left');
  expect(edits().length).toBe(before);
});

test('a card that is on its way in the words of before is put right afterwards', async () => {
  await addChannel(core, 'T1', 'C1');
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  const send = slack.send.bind(slack);
  // Whoever signs up while the card is being posted finds it composed and not yet sent.
  Object.assign(slack, {
    send: async (parcel: Parameters<Channels['send']>[0]) => {
      Object.assign(slack, { send });
      await signUp(core, person, id);
      return await send(parcel);
    },
  });
  await stage.settle();
  expect(factOf(cardIn(slack, 'C1'), 'Seats')).toBe('2 of 3 left');
});

test('once it begins its cards offer no seats, and say so', async () => {
  await addChannel(core, 'T1', 'C1');
  await propose(core, host);
  await stage.settle();
  stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  await stage.settle();
  const card = cardIn(slack, 'C1');
  expect(card.summary).toBe('“Making room”, 10am to 11am on Tuesday 16 March: it has begun.');
  expect(JSON.stringify(card.body)).toContain('This conversation has begun.');
  expect(labels(card)).toEqual([]);
  expect(JSON.stringify(slack.parcels)).not.toContain(proposal.link);
});

test('a card that could not be changed before the end says that it has taken place', async () => {
  await addChannel(core, 'T1', 'C1');
  await propose(core, host);
  await stage.settle();
  stage.clock.set(new Date('2027-03-16T11:00:00Z'));
  await stage.settle();
  expect(cardIn(slack, 'C1').summary).toContain('it has taken place');
});

test.each(['begun', 'cancelled'])('a conversation that is %s before its card goes is not announced', async (how) => {
  await addChannel(core, 'T1', 'C1');
  const id = await propose(core, host);
  if (how === 'begun') stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  else await ask(core, host, { kind: 'conversations.cancel', conversation: id, reason: '' });
  await stage.settle();
  expect(slack.parcels).toEqual([]);
  const row = core.db.selectFrom('deliveries').select(['status', 'reason']).where('kind', '=', 'conversations.notice');
  expect(await row.execute()).toEqual([{ status: 'dropped', reason: 'the conversation can no longer be joined' }]);
});

test('a channel that is taken away while someone signs up does not stand in their way', async () => {
  const room = await addChannel(core, 'T1', 'C1');
  await addChannel(core, 'T2', 'C2');
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  await stage.settle();
  let signedUp: Promise<unknown> = Promise.resolve();
  await core.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('rooms').where('id', '=', room).execute();
    signedUp = signUp(core, person, id);
    // It has found both channels by now, and waits for this one.
    await expect.poll(waitingForLocks).toBe(1);
  });
  expect(await signedUp).toMatchObject({ kind: 'replace' });
  await stage.settle();
  expect(factOf(cardIn(slack, 'C2'), 'Seats')).toBe('2 of 3 left');
});

async function waitingForLocks(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `.execute(core.db);
  return rows[0]?.count ?? 0;
}
