import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSeats, type SeatRow } from '../../src/conversations/seats.ts';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { openDatabase } from '../../src/store/database.ts';
import { cardsOn, chats, giveAccount } from '../support/chats.ts';
import { type ConversationStage, factOf, openConversations, propose } from '../support/conversations.ts';
import { addMember, settleAll } from '../support/core.ts';
import { ask, textOf } from '../support/people.ts';
import { expectNobodyPassed, expectSound } from './seat-model.ts';
import { press } from './seats-stage.ts';

/*
 * A hundred people who press at once, by three servers of their own on one database.
 */

const capacity = 7;
const perCouncil = 2;
const councils = 12;

let stage: ConversationStage;
let core: Core;
let pools: readonly pg.Pool[];
let cores: readonly Core[];
let people: readonly Member[];
let id: string;

beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
  pools = [1, 2, 3].map(() => new pg.Pool({ ...stage.connection, max: 8 }));
  cores = pools.map((pool) => ({ ...core, db: openDatabase(pool) }));
  people = await addChatting(100);
  id = await propose(core, stage.host);
  await core.db.updateTable('conversations').set({ capacity, per_council: perCouncil }).where('id', '=', id).execute();
});
afterEach(async () => {
  for (const pool of pools) await pool.end();
  await stage.close();
});

/** Every third: enough to see that cards are true. */
function hasChat(number: number): boolean {
  return number % 3 === 0;
}

async function addChatting(count: number): Promise<readonly Member[]> {
  const found: Member[] = [];
  for (let number = 0; number < count; number += 1) {
    const council = `Council ${number % councils}`;
    const member = await addMember(core, { status: 'active', name: `Person ${number}`, council });
    if (hasChat(number)) await giveAccount(core, member, 'slack');
    found.push(member);
  }
  return found;
}

/** Each is asked of another server. */
function atOnce(presses: readonly (readonly [Member, 'sign-up' | 'withdraw' | 'accept-seat' | 'decline-seat'])[]) {
  return Promise.all(
    presses.map(async ([member, what], index) => {
      const reply = await press(cores[index % cores.length] ?? core, member, id, what);
      return { member, what, text: textOf(reply) };
    }),
  );
}

function expectTrue(seats: readonly SeatRow[]): void {
  const book = { capacity, perCouncil, entries: seats };
  expectSound(book);
  expectNobodyPassed(book);
}

/** How somebody stands, in the words of their card. */
function standing(seats: readonly SeatRow[], member: Member): string {
  const own = seats.find(({ memberId }) => memberId === member.id);
  if (own === undefined) return 'A conversation you can join: ';
  if (own.state === 'seated') return 'You have a seat: ';
  if (own.state === 'offered') return 'A seat is kept for you: ';
  const position = seats.filter(({ state }) => state === 'waiting').indexOf(own) + 1;
  return `You are number ${position} on the waiting list: `;
}

test('they press at once, and then withdraw, answer and press again at once: nothing is overfilled, no order lost, and every card is true', {
  timeout: 120_000,
}, async () => {
  const slack = chats('slack');
  const settle = async () => {
    await settleAll(core, new Map([['slack', slack]]));
    stage.clock.set(new Date(core.clock.now().getTime() + 10_000));
    await settleAll(core, new Map([['slack', slack]]));
  };
  stage.clock.set(new Date('2027-03-04T12:00:00Z'));
  await settle();

  const first = await atOnce(people.map((member) => [member, 'sign-up']));
  const before = await readSeats(core.db, id);
  expectTrue(before);
  expect(before).toHaveLength(100);
  // What each was answered is what holds: their position did not change as others came behind them.
  for (const { member, text } of first) expect(text).toContain(standing(before, member));

  const seated = before.filter(({ state }) => state === 'seated').map(({ memberId }) => memberId);
  const goes = (member: Member, index: number) => seated.includes(member.id) || index % 5 === 0;
  for (const wave of [0, 1, 2]) {
    const held = await readSeats(core.db, id);
    const asked = held.filter(({ state }) => state === 'offered').map(({ memberId }) => memberId);
    await atOnce([
      ...people.flatMap((member, index) => (wave === 0 && goes(member, index) ? [[member, 'withdraw'] as const] : [])),
      ...people.flatMap((member, index) =>
        asked.includes(member.id) ? [[member, index % 2 === 0 ? 'accept-seat' : 'decline-seat'] as const] : [],
      ),
      ...people.flatMap((member, index) => (index % 4 === wave ? [[member, 'sign-up'] as const] : [])),
      ...people.flatMap((member, index) => (index % 9 === wave ? [[member, 'accept-seat'] as const] : [])),
    ]);
    const after = await readSeats(core.db, id);
    expectTrue(after);
    const stayed = held.filter(({ place }) => after.some((row) => row.place === place));
    expect(after.slice(0, stayed.length).map(({ place }) => place)).toEqual(stayed.map(({ place }) => place));
  }

  await settle();
  const seats = await readSeats(core.db, id);
  const taken = seats.filter(({ state }) => state !== 'waiting').length;
  for (const member of people.filter((_, number) => hasChat(number))) {
    const [card] = cardsOn(slack, member.id, 'Making room');
    expect(card?.summary.startsWith(standing(seats, member)), `${member.name}: ${card?.summary}`).toBe(true);
    const left = taken === capacity ? 'Full' : `${capacity - taken} of ${capacity} left`;
    expect(card === undefined ? '' : factOf(card, 'Seats')).toBe(`${left}, with ${seats.length - taken} waiting`);
  }
  const [anyone = stage.host] = people;
  expect(textOf(await ask(core, anyone, { kind: 'conversations.list' }))).toContain(standing(seats, anyone));

  // Each offer was told once, and nobody was told of a seat that is not theirs.
  const posted = core.db.selectFrom('deliveries').select(['key', 'member_id', 'kind']).where('subject', '=', id);
  const offers = await posted.where('kind', 'in', ['conversations.seat-offered', 'conversations.seat-freed']).execute();
  expect(offers.length).toBeGreaterThanOrEqual(capacity);
  expect(offers.every(({ kind }) => kind === 'conversations.seat-offered')).toBe(true);
  const placesNow = new Map(seats.map((row) => [`conversations.seat-offered:${id}:${row.place}`, row.state]));
  const stillKept = offers.filter(({ key }) => placesNow.get(key) === 'offered');
  expect(stillKept).toHaveLength(seats.filter(({ state }) => state === 'offered').length);
  expect(offers.some(({ key }) => placesNow.get(key) === 'waiting')).toBe(false);
});
