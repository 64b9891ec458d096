import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { updateCards } from '../../src/conversations/cards.ts';
import type { Pace } from '../../src/delivery/model.ts';
import { takeForQueue } from '../../src/delivery/queueing.ts';
import type { Member } from '../../src/network/model.ts';
import { post, refresh } from '../../src/store/outbox.ts';
import { addRoom } from '../../src/store/rooms.ts';
import { giveAccount } from '../support/chats.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addPeople, openCrowd } from '../support/crowd.ts';
import { postMessages } from '../support/jobs.ts';

/*
 * Where the updates of cards that members were sent stand in line.
 */

const pace: Pace = { inFlight: 100, spaceMs: 500, burst: 2, placeMs: 0, changeMs: 1_200 };
const outbounds = new Map([['slack', openCrowd(pace).outbound] as const]);

let stage: TestCore;
let people: readonly Member[];

beforeEach(async () => {
  stage = await openTestCore();
  people = await addPeople(stage.core, 'A', 4);
});
afterEach(() => stage.close());

const advance = (ms: number) => stage.clock.set(new Date(stage.clock.now().getTime() + ms));

/** The kinds of what may go now. */
async function take(): Promise<readonly string[]> {
  const { dispatches } = await takeForQueue(stage.core, outbounds, 60_000);
  const ids = dispatches.map(({ id }) => id);
  const rows = await stage.core.db.selectFrom('deliveries').select(['id', 'kind']).execute();
  return rows.flatMap(({ id, kind }) => (ids.includes(id) ? [kind] : [])).toSorted();
}

async function streams(): Promise<readonly (string | null)[]> {
  const rows = await stage.core.db.selectFrom('deliveries').select('stream').orderBy('stream').execute();
  return rows.map(({ stream }) => stream);
}

/** Every card that these people were sent in workspace A is out of date. */
async function outdate(readers: readonly Member[]): Promise<void> {
  const subject = randomUUID();
  const said = { kind: 'conversations.announcement', subject } as const;
  const now = stage.clock.now();
  await stage.core.db.transaction().execute(async (tx) => {
    for (const { id: memberId } of readers) {
      await post(tx, now, [{ ...said, key: memberId, memberId }]);
      const account = tx.selectFrom('accounts').select('id').where('space', '=', 'A').where('member_id', '=', memberId);
      const { id } = await account.executeTakeFirstOrThrow();
      const sent = tx.updateTable('deliveries').set({ status: 'sent', account_id: id, receipt: '{}' });
      await sent.where('key', '=', memberId).execute();
    }
    await updateCards(tx, now, subject);
  });
}

test('many of them delay no message, no home and no channel’s card, and use what that one leaves of its pace', async () => {
  await outdate(people);
  expect(await take()).toEqual(['conversations.card-update']);
  await stage.core.db.transaction().execute(async (tx) => {
    const now = stage.clock.now();
    const rows = await tx.selectFrom('accounts').selectAll().where('space', '=', 'A').execute();
    for (const { id, member_id: memberId } of rows) {
      await refresh(tx, now, { kind: 'network.home', subject: id, memberId, via: 'slack' });
    }
    const channel = { platform: 'slack', space: 'A', purpose: 'announcements', room: 'C1', subject: '' } as const;
    const roomId = await addRoom(tx, { ...channel, address: {}, chosenBy: null, createdAt: now });
    await refresh(tx, now, { kind: 'conversations.notice-update', subject: roomId, roomId });
  });
  advance(2_000);
  for (const member of people.slice(0, 1)) await postMessages(stage.core, member);
  expect(await take()).toEqual(['conversations.notice-update', 'network.home', 'network.welcome']);
  advance(1_199);
  expect(await take()).toEqual([]);
  advance(1);
  expect(await take()).toEqual(['conversations.card-update', 'network.home']);
  const each = ['cards', 'changes', 'homes', 'messages'].map((stream) => `slack:A#${stream}`);
  expect((await streams()).filter((stream) => stream !== null)).toEqual(expect.arrayContaining(each));
});

test('each stands in the line of the account that has the card, not of the one its reader is best reached by', async () => {
  const [reader] = people;
  if (reader === undefined) throw new Error('There is nobody');
  await outdate([reader]);
  advance(60_000);
  await giveAccount(stage.core, reader, 'slack', 'elsewhere');
  expect(await take()).toEqual(['conversations.card-update']);
  expect(await streams()).toEqual(['slack:A#cards', null]);
});

test('one whose account is gone is taken all the same, for the sender to say so', async () => {
  const [reader] = people;
  if (reader === undefined) throw new Error('There is nobody');
  await outdate([reader]);
  await stage.core.db.deleteFrom('accounts').where('space', '=', 'A').execute();
  expect(await take()).toEqual(['conversations.card-update']);
  expect(await streams()).toEqual(['', null]);
});
