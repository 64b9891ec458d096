import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../src/messages/message.ts';
import { cardsOn, editsOf, giveAccount, press } from '../support/chats.ts';
import { proposal, signUp } from '../support/conversations.ts';
import { pauseUntil } from '../support/pauses.ts';
import { ask } from '../support/people.ts';
import { type CardStage, openCards } from './cards-stage.ts';

/*
 * The card that each member was sent in their own chat says what is so, as long as it stands there.
 */

let stage: CardStage;
beforeEach(async () => {
  stage = await openCards();
});
afterEach(() => stage.close());

const labels = ({ buttons }: Message) => buttons.map(({ label }) => label);

test('everyone’s card follows the seats in place, on Slack and on Teams, and nobody is sent anything', async () => {
  const { core, id, one, two, onTeams, onWeb, seats, settle } = stage;
  const chatting = [one, two, onTeams];
  const all = (words: string) => chatting.map(() => words);
  for (const { parcels } of [stage.slack, stage.teams, stage.web]) parcels.length = 0;
  await signUp(core, onWeb, id);
  await settle();
  expect(chatting.map((member) => seats(member))).toEqual(all('2 of 3 left'));
  for (const member of chatting) await signUp(core, member, id);
  await settle();
  expect(chatting.map((member) => seats(member))).toEqual(all('Full, with 1 waiting'));
  expect(JSON.stringify(stage.cardOf(one).body)).toContain('You have a seat.');
  expect(labels(stage.cardOf(one))).toEqual(['Add to your calendar', 'Give up my seat']);
  expect(JSON.stringify(stage.cardOf(onTeams).body)).toContain('You are number 1 on the waiting list.');
  await ask(core, onWeb, { kind: 'conversations.withdraw', conversation: id });
  await settle();
  expect(chatting.map((member) => seats(member))).toEqual(all('Full'));
  expect(JSON.stringify(stage.cardOf(onTeams).body)).toContain('A seat is kept for you until');
  expect(labels(stage.cardOf(onTeams))).toEqual(['Take the seat', 'Let it go']);

  const acts = [stage.slack, stage.teams, stage.web].flatMap(({ parcels }) => parcels.map(({ act }) => act.kind));
  // Three changes of three cards, and the one who is offered the seat that came free is told.
  expect(acts.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'edit'), 'post']);
  expect((await stage.updates()).map(({ member_id }) => member_id)).not.toContain(onWeb.id);
  expect(JSON.stringify([stage.slack.parcels, stage.teams.parcels])).not.toContain(proposal.link);
});

test('the edit shows the one who pressed what the press showed them', async () => {
  const { core, id, one, onTeams, slack, teams, cardOf } = stage;
  for (const [member, chat] of [
    [one, slack],
    [onTeams, teams],
  ] as const) {
    const reply = await press(core, chat, member, { kind: 'conversations.sign-up', conversation: id });
    if (reply.kind !== 'replace') throw new Error('The card was not replaced');
    expect(cardOf(member)).toEqual(reply.message);
    await stage.settle();
    expect(editsOf(chat).get(member.id)?.at(-1)).toEqual(reply.message);
    expect(cardOf(member)).toEqual(reply.message);
  }
});

test('ten changes before its turn are one edit of each card', async () => {
  const { core, id, one, two, onWeb } = stage;
  for (let round = 0; round < 5; round += 1) {
    await signUp(core, onWeb, id);
    await ask(core, onWeb, { kind: 'conversations.withdraw', conversation: id });
  }
  await signUp(core, onWeb, id);
  await stage.settle();
  const edits = editsOf(stage.slack);
  expect([edits.get(one.id)?.length, edits.get(two.id)?.length]).toEqual([1, 1]);
  expect(stage.seats(one)).toBe('2 of 3 left');
});

test('when it is cancelled every card says so and offers nothing, and who had a place is told besides', async () => {
  const { core, host, id, one, two, onTeams, settle, cardOf } = stage;
  await signUp(core, one, id);
  await settle();
  await ask(core, host, { kind: 'conversations.cancel', conversation: id, reason: 'The trains are not running.' });
  await settle();

  const gone = '“Making room”, 10am to 11am on Tuesday 16 March, has been cancelled.';
  for (const member of [one, two, onTeams]) {
    expect(cardOf(member)).toMatchObject({ summary: gone, heading: 'Cancelled: Making room', buttons: [] });
    expect(JSON.stringify(cardOf(member).body)).toContain('The trains are not running.');
  }
  const [, told, ...others] = cardsOn(stage.slack, one.id, 'Making room');
  expect(told?.summary).toBe(gone);
  expect(JSON.stringify(told?.body)).toContain('The conversation you signed up for will not take place.');
  expect(others).toEqual([]);
  expect(cardsOn(stage.slack, two.id, 'Making room')).toHaveLength(1);
});

test('once it begins no card offers a seat, and each says so', async () => {
  const { core, id, one, two, onTeams, settle, cardOf } = stage;
  await signUp(core, one, id);
  stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  await settle();
  for (const member of [one, two, onTeams]) {
    expect(cardOf(member).summary).toBe('“Making room”, 10am to 11am on Tuesday 16 March: it has begun.');
    expect(labels(cardOf(member))).toEqual([]);
  }
});

test('a card that could not be changed before the end says that it has taken place', async () => {
  stage.clock.set(new Date('2027-03-16T11:00:00Z'));
  await stage.settle();
  expect(stage.cardOf(stage.one).summary).toContain('it has taken place');
});

test('when its host is erased every card about it goes, and their name with it', async () => {
  await ask(stage.core, stage.host, { kind: 'network.confirm-erase' });
  await stage.settle();
  const stands = [stage.slack, stage.teams].flatMap(({ cards }) => [...cards.values()].map((own) => [...own.values()]));
  // What is left is that they were welcomed.
  expect(stands.map((own) => own.map(({ summary }) => summary.includes('Welcome')))).toEqual([[true], [true], [true]]);
  expect(JSON.stringify(stands)).not.toContain('Hari');
  expect(new Set((await stage.updates()).map(({ status }) => status))).toEqual(new Set(['sent']));
});

test('when its host is erased once it is over, every card about it goes too', async () => {
  stage.clock.set(new Date('2027-03-17T10:00:00Z'));
  await stage.settle();
  await ask(stage.core, stage.host, { kind: 'network.confirm-erase' });
  await stage.settle();
  for (const [chat, { id }] of [
    [stage.slack, stage.one],
    [stage.teams, stage.onTeams],
  ] as const) {
    expect(JSON.stringify([...(chat.cards.get(id)?.values() ?? [])])).not.toContain('Hari');
  }
});

test('one who pauses has true cards all the same', async () => {
  const { core, id, one, onWeb } = stage;
  await ask(core, one, pauseUntil('2027-03-16'));
  await signUp(core, onWeb, id);
  await stage.settle();
  expect(stage.seats(one)).toBe('2 of 3 left');
});

test('a card is changed where it stands, not where its reader is best reached now', async () => {
  const { core, id, one, onWeb } = stage;
  stage.later(60_000);
  await giveAccount(core, one, 'teams');
  await signUp(core, onWeb, id);
  await stage.settle();
  expect(stage.seats(one)).toBe('2 of 3 left');
  expect(stage.teams.cards.get(one.id)).toBeUndefined();
});

test('the homes of those whose cards were changed are not drawn anew for it', async () => {
  const { core, id, slack, onWeb } = stage;
  await core.db.updateTable('accounts').set({ address: '{"home":"yes"}' }).where('platform', '=', 'slack').execute();
  await signUp(core, onWeb, id);
  await stage.settle();
  await stage.settle();
  expect(editsOf(slack).size).toBe(2);
  expect(slack.parcels.filter(({ act }) => act.kind === 'home')).toEqual([]);
});
