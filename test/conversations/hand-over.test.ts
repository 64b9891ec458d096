import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { addHost, type ConversationStage, fullHouse, openConversations, signUp } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { edit, filled, formOf, stored } from '../support/edits.ts';
import { addActive, ask, type RecordingOutbound, saidTo, textOf } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let other: Member;
let id: string;
let people: readonly Member[];
let web: RecordingOutbound;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host, web } = stage);
  other = await addHost(core, 'Olu Other');
  ({ id, people } = await fullHouse(stage));
});
afterEach(() => stage.close());

function handOver(to: Member, by = host): Promise<Reply> {
  return ask(core, by, { kind: 'conversations.hand-over', conversation: id, to: to.id });
}

function answer(member: Member, says: 'take-over' | 'decline-hand-over'): Promise<Reply> {
  return ask(core, member, { kind: `conversations.${says}`, conversation: id });
}

async function settle(): Promise<void> {
  await stage.settle();
  await stage.settle();
}

const asked = 'Hari Host asks you to take over a conversation: “Making room”, 10am to 11am on Tuesday 16 March.';

const cannot = 'The host who was asked cannot take over “Making room”.';

test('another host takes it over: everyone is told once, and everything says so', async () => {
  // They have a seat themselves, which goes to the next who waits.
  const [first = host, second = host, third = host, waiting = host] = people;
  await ask(core, first, { kind: 'conversations.withdraw', conversation: id });
  await ask(core, waiting, { kind: 'conversations.accept-seat', conversation: id });
  await ask(core, third, { kind: 'conversations.withdraw', conversation: id });
  await signUp(core, other, id);
  await signUp(core, first, id);
  await settle();
  web.letters.length = 0;

  const form = formOf(await ask(core, host, { kind: 'conversations.open-hand-over', conversation: id }));
  const [to] = form.fields;
  expect(to?.kind === 'choice' && to.options.map(({ value }) => value)).toEqual([other.id]);
  expect(textOf(await ask(core, host, filled(form, { to: other.id })))).toContain('We are asking Olu Other');
  await handOver(other);
  await settle();
  expect(saidTo(web, other)).toEqual([asked]);
  expect(await stored(core, id)).toMatchObject({ host_id: host.id, revision: 1 });
  expect(saidTo(web, host)).toEqual([]);

  const both = [await answer(other, 'take-over'), await answer(other, 'take-over')];
  for (const reply of both) expect(reply).toMatchObject({ kind: 'replace' });
  expect(textOf(both[0] ?? { kind: 'invalid', problems: [] })).toContain('You are hosting “Making room” now.');
  await settle();
  expect(await stored(core, id)).toMatchObject({ host_id: other.id, revision: 2, sequence: 1 });
  const news = 'Olu Other hosts “Making room” now.';
  for (const member of [second, waiting]) expect(saidTo(web, member)).toEqual([news]);
  expect(saidTo(web, first)).toEqual(expect.arrayContaining([news, expect.stringContaining('A seat')]));
  expect(saidTo(web, first)).toHaveLength(2);
  expect(saidTo(web, host)).toEqual(['Olu Other has taken over “Making room”.']);
  expect(saidTo(web, other)).toEqual([asked]);
  const seats = await core.db.selectFrom('seats').select('member_id').where('conversation_id', '=', id).execute();
  expect(seats.map(({ member_id }) => member_id)).not.toContain(other.id);
  expect(textOf(await edit(core, other, id, { title: 'Mine now' }))).toContain('We have saved your changes');
  const old = { kind: 'conversations.open-edit', conversation: id, revision: '', asked: '' } as const;
  expect(textOf(await ask(core, host, old))).toContain('Only the host or a convener');

  // Each host is briefed for what they host: the new one alone from now on.
  stage.clock.set(new Date('2027-03-15T10:00:00Z'));
  await settleAll(core, stage.outbounds);
  expect(saidTo(web, other).at(-1)).toContain('You are hosting “Mine now”');
  expect(saidTo(web, host).filter((said) => said.startsWith('You are hosting “'))).toEqual([]);
});

test('who takes it over after the briefing went is briefed at once', async () => {
  stage.clock.set(new Date('2027-03-15T10:00:00Z'));
  await settleAll(core, stage.outbounds);
  await handOver(other);
  await answer(other, 'take-over');
  await settle();
  expect(saidTo(web, other).at(-1)).toContain('You are hosting “Making room”');
});

test('who cannot says so: the host is told, hosts it still, and may ask them or another again', async () => {
  await handOver(other);
  await settle();
  expect(textOf(await answer(other, 'decline-hand-over'))).toContain('You said that you cannot take over');
  expect(textOf(await answer(other, 'decline-hand-over'))).toContain('You are not asked to take over');
  expect(textOf(await answer(other, 'take-over'))).toContain('You are not asked to take over');
  await settle();
  expect(saidTo(web, host)).toEqual([cannot]);
  expect(await stored(core, id)).toMatchObject({ host_id: host.id, revision: 1 });
  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  await handOver(other);
  await settle();
  expect(saidTo(web, other)).toEqual([asked, asked]);
});

test('of two who are asked one after the other, only the second can take it over', async () => {
  const third = await addHost(core, 'Theo Third');
  await handOver(other);
  await handOver(third);
  await settle();
  expect(saidTo(web, other).filter((said) => said.includes('Making room'))).toEqual([]);
  expect(saidTo(web, third)).toContain(asked);
  const opened = await ask(core, host, { kind: 'conversations.open-hand-over', conversation: id });
  expect(textOf(opened)).toContain('Theo Third is asked already.');
  const replies = await Promise.all([answer(other, 'take-over'), answer(third, 'take-over')]);
  expect(textOf(replies[0])).toContain('You are not asked to take over');
  expect(await stored(core, id)).toMatchObject({ host_id: third.id });
});

test('a member, oneself, and someone who hosts no more cannot be asked; who is asked may find it over', async () => {
  const member = people[0] ?? host;
  for (const to of [member, host]) {
    expect(await handOver(to)).toMatchObject({ kind: 'invalid', problems: [{ field: 'to' }] });
  }
  expect(textOf(await handOver(host, other))).toContain('Only the host or a convener can do that.');
  expect(textOf(await handOver(other, member))).toContain('Only hosts');
  await handOver(other);
  await ask(core, host, { kind: 'conversations.cancel', conversation: id, reason: '' });
  await settle();
  expect(saidTo(web, other)).toEqual([]);
  for (const says of ['take-over', 'decline-hand-over'] as const) {
    expect(textOf(await answer(other, says))).toContain('That conversation has been cancelled.');
  }
  expect(await core.db.selectFrom('hand_overs').select('to_id').execute()).toEqual([]);
});

test('a host who leaves while somebody is asked: it is cancelled, and everyone is told', async () => {
  await handOver(other);
  await settle();
  web.letters.length = 0;
  await ask(core, host, { kind: 'network.confirm-leave' });
  await settle();
  for (const member of people) {
    expect(saidTo(web, member)).toEqual(['“Making room”, 10am to 11am on Tuesday 16 March, has been cancelled.']);
  }
  expect(textOf(await answer(other, 'take-over'))).toContain('cancelled');
});

test('a convener may find a host for what another hosts; where nobody else hosts, they are told so', async () => {
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  await handOver(other, convener);
  await settle();
  const words = JSON.stringify(web.letters.findLast(({ account }) => account.user === other.id)?.message);
  expect(words).toContain('Cerys Convener asks whether you can host this conversation in place of Hari Host.');
  expect(words).not.toContain('cannot host');
  await answer(other, 'decline-hand-over');
  await settle();
  // Whoever asked is told as the host is.
  for (const one of [host, convener]) expect(saidTo(web, one).filter((said) => said === cannot)).toHaveLength(1);
  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  await handOver(other, convener);
  await answer(other, 'take-over');
  await settle();
  for (const one of [host, convener]) expect(saidTo(web, one)).toContain('Olu Other has taken over “Making room”.');
  expect(await core.db.selectFrom('audit').select(['actor_id', 'action', 'detail']).execute()).toEqual([
    ...Array(2).fill({ actor_id: convener.id, action: 'conversation.changed', detail: { fields: 'host' } }),
  ]);
  for (const one of [convener, host]) {
    await core.db.updateTable('members').set({ permission: 'member' }).where('id', '=', one.id).execute();
  }
  const opened = await ask(core, other, { kind: 'conversations.open-hand-over', conversation: id });
  expect(textOf(opened)).toContain('Nobody else can host at the moment.');
});

test('whoever is asked and leaves, or is erased, cannot take over: the host is told, and may ask another', async () => {
  const third = await addHost(core, 'Theo Third');
  await handOver(other);
  await ask(core, other, { kind: 'network.confirm-leave' });
  await settle();
  expect(saidTo(web, host)).toEqual([cannot]);
  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  await handOver(third);
  await ask(core, third, { kind: 'network.confirm-erase' });
  await settle();
  expect(saidTo(web, host)).toEqual([cannot, cannot]);
  expect(await core.db.selectFrom('hand_overs').select('to_id').execute()).toEqual([]);
});

test('a convener who asked and leaves is asked for nothing: the one who was asked still answers the host', async () => {
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  await handOver(other, convener);
  await ask(core, convener, { kind: 'network.confirm-erase' });
  await settle();
  expect(saidTo(web, other)).toContain(asked.replace('Hari Host', 'A convener'));
  await answer(other, 'decline-hand-over');
  await settle();
  expect(saidTo(web, host)).toContain(cannot);
});

test('a host who is by now only a member is not offered to hand it over', async () => {
  const labels = async () => {
    const member = (await findMember(core.db, host.id)) ?? host;
    return textOf(await ask(core, member, { kind: 'conversations.view', conversation: id }));
  };
  expect(await labels()).toContain('Hand it over');
  await core.db.updateTable('members').set({ permission: 'member' }).where('id', '=', host.id).execute();
  expect(await labels()).not.toContain('Hand it over');
  expect(await labels()).not.toContain('Let a guest host it');
  expect(await labels()).toContain('Cancel it');
});
