import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { home } from '../../src/home.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { addChannel, type Channels, cardIn } from '../support/channel.ts';
import {
  addHost,
  addPeople,
  type ConversationStage,
  cancelledAt,
  fullHouse,
  openConversations,
  proposal,
  propose,
  signUp,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { addActive, ask, type RecordingOutbound, saidTo, textOf } from '../support/people.ts';

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

function cancel(member: Member, conversation: string, reason = 'The trains are not running.'): Promise<Reply> {
  return ask(core, member, { kind: 'conversations.cancel', conversation, reason });
}

const gone = '“Making room”, 10am to 11am on Tuesday 16 March, has been cancelled.';

test('everyone with a place is told once and why, and the host how many they are', async () => {
  const { id, people } = await fullHouse(stage);
  const reply = await cancel(host, id);
  await stage.settle();
  await stage.settle();

  expect(textOf(reply)).toContain('is cancelled. We are telling 4 people.');
  for (const member of people) expect(saidTo(web, member)).toEqual([gone]);
  expect(web.letters).toHaveLength(4);
  const said = JSON.stringify(web.letters);
  expect(said).toContain('The trains are not running.');
  expect(said).not.toContain(proposal.link);
  expect(saidTo(web, host)).toEqual([]);
});

test('nothing is left of it: no reminder, no place in lists and homes, no seat to take or give up', async () => {
  const { id, people } = await fullHouse(stage);
  const [member = host] = people;
  await cancel(host, id);
  await stage.settle();
  web.letters.length = 0;

  const shown = [await ask(core, member, { kind: 'conversations.list' }), await home(core, member)];
  expect(JSON.stringify(shown)).not.toContain('Making room');
  expect(textOf(await signUp(core, member, id))).toContain('That conversation has been cancelled.');
  const withdrawn = await ask(core, member, { kind: 'conversations.withdraw', conversation: id });
  expect(textOf(withdrawn)).toContain('That conversation has been cancelled.');
  const standing = core.db.selectFrom('agenda').select('key').where('subject', '=', id).where('done_at', 'is', null);
  expect(await standing.execute()).toEqual([]);
  stage.clock.set(new Date('2027-03-16T09:50:00Z'));
  await stage.settle();
  const late = web.letters.filter(({ message }) => message.summary.includes('Making room'));
  expect(late).toEqual([]);
});

test('what was posted before it was cancelled, and not yet sent, is not sent', async () => {
  const people = await addPeople(core, 4);
  const id = await propose(core, host);
  for (const member of people) await signUp(core, member, id);
  await stage.settle();
  stage.clock.set(new Date('2027-03-15T10:00:00Z'));
  await settleAll(core, new Map());
  await core.db.updateTable('deliveries').set({ status: 'pending', not_before: core.clock.now() }).execute();
  const [first = host] = people;
  await ask(core, first, { kind: 'conversations.withdraw', conversation: id });
  await cancel(host, id);
  web.letters.length = 0;
  await stage.settle();

  const about = await core.db.selectFrom('deliveries').select(['kind', 'status']).where('subject', '=', id).execute();
  const kinds = new Set(about.map(({ kind, status }) => `${kind} ${status}`));
  expect([...kinds].toSorted()).toEqual([
    'conversations.announcement dropped',
    'conversations.cancelled sent',
    'conversations.host-briefing dropped',
    'conversations.reminder-day dropped',
    'conversations.reminder-week dropped',
    'conversations.seat-offered dropped',
    'diary.call-off dropped',
    'diary.invite dropped',
  ]);
});

test('its cards in channels are struck through, and offer nothing', async () => {
  await addChannel(core, 'T1', 'C1');
  const { id } = await fullHouse(stage);
  await cancel(host, id);
  await stage.settle();
  const card = cardIn(slack, 'C1');
  expect(card).toMatchObject({ summary: gone, heading: 'Cancelled: Making room', buttons: [] });
  const struck = card.body.flatMap((block) => (block.kind === 'struck' ? [block.text] : [])).join('');
  expect(struck).toContain(proposal.about);
  expect(struck).toContain('10am to 11am on Tuesday 16 March');
  expect(struck).toContain('Hari Host');
  expect(card.body).toContainEqual({ kind: 'quote', text: 'The trains are not running.' });
  expect(JSON.stringify(slack.parcels)).not.toContain(proposal.link);
});

test('a host cancels what they host, and nobody else’s; a convener anybody’s, and then the host is told', async () => {
  const { id, people } = await fullHouse(stage);
  const other = await addHost(core, 'Olu Other');
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  const [member = host] = people;
  for (const [who, words] of [
    [other, 'Only the host or a convener'],
    [member, 'Only the host or a convener'],
  ] as const) {
    expect(textOf(await cancel(who, id))).toContain(words);
    const opened = await ask(core, who, { kind: 'conversations.open-cancel', conversation: id });
    expect(textOf(opened)).toContain(words);
    expect(textOf(await ask(core, who, { kind: 'conversations.list' }))).not.toContain('Cancel it');
  }
  expect(await cancelledAt(core, id)).toBeNull();
  expect(textOf(await ask(core, host, { kind: 'conversations.list' }))).toContain('Cancel it');
  expect(textOf(await ask(core, convener, { kind: 'conversations.list' }))).toContain('Cancel it');
  await stage.settle();
  web.letters.length = 0;

  expect(textOf(await cancel(convener, id, ''))).toContain('We are telling 5 people.');
  await stage.settle();
  expect(saidTo(web, host)).toEqual([gone]);
  expect(saidTo(web, convener)).toEqual([]);
  expect(JSON.stringify(web.letters)).not.toContain('Why it was cancelled');
});

test('the form says whom it concerns, takes no reason as an answer, and names one that is too long', async () => {
  const { id } = await fullHouse(stage);
  const opened = await ask(core, host, { kind: 'conversations.open-cancel', conversation: id });
  expect(opened).toMatchObject({
    kind: 'form',
    form: {
      completes: { kind: 'conversations.cancel', conversation: id },
      openedBy: { kind: 'conversations.open-cancel', conversation: id },
      fields: [{ name: 'reason', required: false, maxLength: 500 }],
    },
  });
  expect(textOf(opened)).toContain('We will tell the 4 people who signed up.');
  expect(textOf(opened)).toContain('Everyone it was announced to can read it.');
  const long = await cancel(host, id, 'x'.repeat(501));
  expect(long).toMatchObject({ kind: 'invalid', problems: [{ field: 'reason' }] });
  expect(await cancelledAt(core, id)).toBeNull();
  expect(textOf(await cancel(host, id, ` ${'x'.repeat(500)} `))).toContain('We are telling 4 people.');
});

test('it is cancelled once, and not once it has begun', async () => {
  const { id } = await fullHouse(stage);
  const both = await Promise.all([cancel(host, id, 'One'), cancel(host, id, 'Two')]);
  expect(both.filter((reply) => textOf(reply).includes('That conversation has been cancelled.'))).toHaveLength(1);
  expect(textOf(await ask(core, host, { kind: 'conversations.open-cancel', conversation: id }))).toContain(
    'cancelled.',
  );
  await stage.settle();
  expect(web.letters).toHaveLength(4);

  const next = await propose(core, host, { title: 'Next', date: '2027-03-17' });
  stage.clock.set(new Date('2027-03-17T10:00:00Z'));
  expect(textOf(await cancel(host, next))).toContain('already started');
  expect(await cancelledAt(core, next)).toBeNull();
});

test('of a cancellation and sign-ups at the same moment, nobody is left with a seat and not told', async () => {
  const people = await addPeople(core, 12);
  for (let round = 0; round < 8; round += 1) {
    const id = await propose(core, host, { title: `Round ${round}`, capacity: '15' });
    const acts: (() => Promise<Reply>)[] = people.map((member) => () => signUp(core, member, id));
    acts.splice(round + 2, 0, () => cancel(host, id));
    const replies = await Promise.all(acts.map((act) => act()));
    const inTime = replies.filter(({ kind }) => kind === 'replace').length;
    const about = { seats: core.db.selectFrom('seats').select('member_id').where('conversation_id', '=', id) };
    const seated = (await about.seats.execute()).map((row) => row.member_id).toSorted();
    const told = await core.db
      .selectFrom('deliveries')
      .select('member_id')
      .where('kind', '=', 'conversations.cancelled')
      .where('subject', '=', id)
      .execute();
    expect(seated).toHaveLength(inTime);
    expect(told.map((row) => row.member_id).toSorted()).toEqual(seated);
  }
});
