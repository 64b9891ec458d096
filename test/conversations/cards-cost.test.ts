import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Member } from '../../src/network/model.ts';
import type { Schema } from '../../src/store/schema.ts';
import { type Chats, cardsOn, chats, editsOf, giveAccount } from '../support/chats.ts';
import { type ConversationStage, factOf, openConversations, propose, signUp } from '../support/conversations.ts';
import { addMember, settleAll } from '../support/core.ts';

/*
 * What it costs to keep the card of each member true.
 */

let stage: ConversationStage;
let core: Core;
let slack: Chats;
let teams: Chats;

beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
  slack = chats('slack');
  teams = chats('teams');
});
afterEach(() => stage.close());

const outbounds = () => new Map([slack, teams].map((outbound) => [outbound.platform, outbound] as const));

async function addChatting(count: number): Promise<readonly Member[]> {
  const people: Member[] = [];
  for (let number = 0; number < count; number += 1) {
    const member = await addMember(core, { status: 'active', name: `Person ${number}` });
    await giveAccount(core, member, number % 2 === 0 ? 'slack' : 'teams');
    people.push(member);
  }
  return people;
}

async function settle(): Promise<void> {
  await settleAll(core, outbounds());
  stage.clock.set(new Date(core.clock.now().getTime() + 10_000));
  await settleAll(core, outbounds());
}

/** They are told in groups, over some days: by then all have been. */
async function settleForAll(): Promise<void> {
  await settle();
  stage.clock.set(new Date('2027-03-11T12:00:00Z'));
  await settle();
}

async function updates(): Promise<number> {
  const rows = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'conversations.card-update');
  return (await rows.execute()).length;
}

function announced(people: readonly Member[]): readonly Message[] {
  return people.flatMap((member, number) => {
    const [card] = cardsOn(number % 2 === 0 ? slack : teams, member.id, 'Making room');
    return card === undefined ? [] : [card];
  });
}

test('forty of three hundred who sign up at once: two edits of each card at most, and every card is true', async () => {
  const people = await addChatting(300);
  const id = await propose(core, stage.host);
  await settleForAll();
  const signing = Promise.all(people.slice(0, 40).map((member) => signUp(core, member, id)));
  await settleAll(core, outbounds());
  await signing;
  expect(await updates()).toBe(0);
  await settle();
  await settle();

  const edits = [slack, teams].flatMap((chat) => [...editsOf(chat).values()].map((those) => those.length));
  expect(edits).toHaveLength(300);
  expect(Math.max(...edits)).toBeLessThanOrEqual(2);
  expect(await updates()).toBeLessThanOrEqual(600);
  const cards = announced(people);
  expect(cards.map((card) => factOf(card, 'Seats'))).toEqual(people.map(() => 'Full, with 37 waiting'));
  const offers = Map.groupBy(cards, ({ buttons }) => buttons.map(({ label }) => label).join());
  expect([...offers].map(([label, those]) => [label, those.length]).toSorted()).toEqual([
    ['Add to your calendar,Give up my seat', 3],
    ['Join the waiting list', 260],
    ['Leave the waiting list', 37],
  ]);
});

/** The statements and the rows that a sign-up costs. */
async function costOf(member: Member, conversation: string): Promise<{ statements: string[]; rows: number }> {
  const statements: string[] = [];
  const pool = new pg.Pool(stage.connection);
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void statements.push(query.sql),
  });
  const count = async () => {
    const tables = ['agenda', 'deliveries', 'seats'] as const;
    const found = tables.map((table) => core.db.selectFrom(table).selectAll().execute());
    return (await Promise.all(found)).flat().length;
  };
  const before = await count();
  await signUp({ ...core, db }, member, conversation);
  await db.destroy();
  return { statements, rows: (await count()) - before };
}

test('a sign-up costs the same, however many were sent the card', async () => {
  const [first, second] = await addChatting(2);
  const few = await propose(core, stage.host);
  await settle();
  const cheap = await costOf(first ?? stage.host, few);
  await addChatting(60);
  const many = await propose(core, stage.host, { title: 'For many' });
  await settleForAll();
  expect(await costOf(second ?? stage.host, many)).toEqual(cheap);
  // Their seat, what is sent to their calendar, and that the cards are out of date.
  expect(cheap.rows).toBe(3);
});
