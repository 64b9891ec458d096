import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import { forgetLaneTimes, holdLane } from '../../src/delivery/lane-times.ts';
import { laneKey } from '../../src/delivery/lanes.ts';
import type { Pace } from '../../src/delivery/model.ts';
import { moreWaits, putBack, takeForQueue } from '../../src/delivery/queueing.ts';
import { underWayMs } from '../../src/delivery/rules.ts';
import type { Member } from '../../src/network/model.ts';
import { post, refresh } from '../../src/store/outbox.ts';
import { addRoom } from '../../src/store/rooms.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { addPeople, type Crowd, openCrowd } from '../support/crowd.ts';
import { postMessages } from '../support/jobs.ts';
import { noPace, recordingOutbound } from '../support/people.ts';

const leaseMs = 60_000;
const pace: Pace = { inFlight: 3, spaceMs: 500, burst: 2, placeMs: 1_000, changeMs: 1_200 };

let stage: TestCore;
let crowd: Crowd;
let inA: readonly Member[];
let inB: readonly Member[];

beforeEach(async () => {
  stage = await openTestCore();
  crowd = openCrowd(pace);
  inA = await addPeople(stage.core, 'A', 4);
  inB = await addPeople(stage.core, 'B', 4);
});
afterEach(() => stage.close());

const outbounds = () => new Map([['slack', crowd.outbound] as const]);
const take = () => takeForQueue(stage.core, outbounds(), leaseMs);
const advance = (ms: number) => stage.clock.set(new Date(stage.clock.now().getTime() + ms));
const postTo = async (people: readonly Member[]) => {
  for (const member of people) await postMessages(stage.core, member);
};
const streams = async () => {
  const rows = await stage.core.db.selectFrom('deliveries').select('stream').orderBy('stream').execute();
  return rows.map(({ stream }) => stream);
};

test('takes a burst of each workspace, says when the next may go, and gives no more before', async () => {
  await postTo([...inA, ...inB]);
  expect(await take()).toMatchObject({ dispatches: { length: 4 }, nextInMs: 500 });
  advance(499);
  expect(await take()).toMatchObject({ dispatches: [], nextInMs: 1 });
  advance(1);
  // The third of each; now as many are on their way as may be.
  expect((await take()).dispatches).toHaveLength(2);
  advance(500);
  expect((await take()).dispatches).toHaveLength(0);
});

test('what was sent makes room for the next at once, what was cut off or is in doubt after a while', async () => {
  await postTo(inA);
  const first = (await take()).dispatches;
  advance(500);
  const third = (await take()).dispatches;
  advance(500);
  expect((await take()).dispatches).toEqual([]);
  const [one, two] = first.map(({ id }) => id);
  await deliver(stage.core, outbounds(), one ?? '');
  expect((await take()).dispatches).toHaveLength(1);

  const now = stage.clock.now();
  await stage.core.db
    .updateTable('deliveries')
    .set({ status: 'sending', sending_at: now, checked_at: now })
    .where('id', 'in', [two ?? '', ...third.map(({ id }) => id)])
    .execute();
  await postTo(inA);
  advance(underWayMs);
  expect((await take()).dispatches).toEqual([]);
  advance(1);
  expect((await take()).dispatches).toHaveLength(2);
});

test('a workspace that is held keeps its deliveries, and then begins without a burst', async () => {
  await postTo(inA);
  const until = new Date(stage.clock.now().getTime() + 30_000);
  await holdLane(stage.core.db, laneKey('slack', 'A'), until, pace);
  expect(await take()).toMatchObject({ dispatches: [], nextInMs: 30_000 });
  advance(30_000);
  expect(await take()).toMatchObject({ dispatches: { length: 1 }, nextInMs: 500 });
});

test('a backlog for one person or one workspace stands in nobody else’s way', async () => {
  const [hermit, ...others] = inA;
  if (hermit === undefined) throw new Error('There is nobody');
  await postMessages(stage.core, hermit, 400);
  advance(1);
  await postTo([...others.slice(0, 2), ...inB.slice(0, 1)]);
  advance(10_000);
  const taken = (await take()).dispatches.map(({ id }) => id);
  const rows = await stage.core.db.selectFrom('deliveries').select('member_id').where('id', 'in', taken).execute();
  const first = rows.map(({ member_id }) => member_id);
  expect(first).toContain(hermit.id);
  expect(first).toContain(inB[0]?.id);
  advance(500);
  const next = (await take()).dispatches.map(({ id }) => id);
  const then = await stage.core.db.selectFrom('deliveries').select('member_id').where('id', 'in', next).execute();
  expect(others.map(({ id }) => id)).toContain(then[0]?.member_id);
});

test('changes wait in a line of their own', async () => {
  const rows = await stage.core.db.selectFrom('accounts').selectAll().where('space', '=', 'A').execute();
  await stage.core.db.transaction().execute(async (tx) => {
    for (const { id, member_id: memberId } of rows) {
      await refresh(tx, stage.clock.now(), { kind: 'network.home', subject: id, memberId, via: 'slack' });
    }
  });
  expect(await take()).toMatchObject({ dispatches: [], nextInMs: 2_000 });
  await postTo(inA.slice(0, 1));
  await take();
  advance(2_000);
  expect(await take()).toMatchObject({ dispatches: { length: 1 }, nextInMs: 1_000 });
  expect(new Set(await streams())).toEqual(new Set(['slack:A#homes', 'slack:A#messages']));
});

test('a card that is to be changed does not wait behind homes', async () => {
  await stage.core.db.transaction().execute(async (tx) => {
    const now = stage.clock.now();
    const rows = await tx.selectFrom('accounts').selectAll().where('space', '=', 'A').execute();
    for (const { id, member_id: memberId } of rows) {
      await refresh(tx, now, { kind: 'network.home', subject: id, memberId, via: 'slack' });
    }
    const room = {
      platform: 'slack',
      space: 'A',
      purpose: 'announcements',
      room: 'C1',
      address: {},
      subject: '',
    } as const;
    const roomId = await addRoom(tx, { ...room, chosenBy: null, createdAt: now });
    await refresh(tx, now, { kind: 'conversations.notice-update', subject: roomId, roomId });
  });
  advance(2_000);
  const gone = (await take()).dispatches.map(({ id }) => id);
  const rows = await stage.core.db.selectFrom('deliveries').select('kind').where('id', 'in', gone).execute();
  expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['conversations.notice-update', 'network.home']);
});

test.each([
  ['messages', 'homes', 'A', true],
  ['homes', 'changes', 'A', true],
  ['changes', 'messages', 'A', true],
  ['changes', 'cards', 'A', true],
  ['cards', 'homes', 'A', true],
  ['messages', 'messages', 'A', true],
  ['messages', 'messages', 'B', false],
] as const)('one of the %s that ends wakes what waits among the %s of %s: %s', async (ended, waits, lane, woken) => {
  await postTo(inA.slice(0, 2));
  const [done = '', next = ''] = (await stage.core.db.selectFrom('deliveries').select('id').execute()).map(
    ({ id }) => id,
  );
  const put = (id: string, stream: string, status: 'sent' | 'pending') =>
    stage.core.db.updateTable('deliveries').set({ stream, status }).where('id', '=', id).execute();
  await put(done, `slack:A#${ended}`, 'sent');
  await put(next, `slack:${lane}#${waits}`, 'pending');
  expect(await moreWaits(stage.core, done)).toBe(woken);
});

test('goes to the member’s best channel that is on, or to the one it must go by', async () => {
  const nobody = await addMember(stage.core, { status: 'active' });
  await postTo([...inA.slice(0, 1), nobody]);
  const posting = { kind: 'network.welcome', subject: nobody.id, memberId: inA[0]?.id ?? '' } as const;
  await stage.core.db
    .transaction()
    .execute((tx) => post(tx, stage.clock.now(), [{ ...posting, key: 'by e-mail', via: 'email' }]));
  expect((await take()).dispatches).toHaveLength(3);
  // Nothing is on that could reach two of them: they are taken all the same, for the sender to say so.
  expect(await streams()).toEqual(['', '', 'slack:A#messages']);
});

test('what finds another way when its turn comes is put into the line of that way, unsent', async () => {
  const web = recordingOutbound('web');
  const all = new Map([...outbounds(), ['web', web] as const]);
  await postTo(inA.slice(0, 1));
  const [taken] = (await takeForQueue(stage.core, all, leaseMs)).dispatches;
  await stage.core.db.updateTable('accounts').set({ reachable: false }).where('space', '=', 'A').execute();
  expect(await deliver(stage.core, all, taken?.id ?? '')).toBe('later');
  expect([web.parcels, await streams()]).toEqual([[], ['web:#messages']]);
  const [again] = (await takeForQueue(stage.core, all, leaseMs)).dispatches;
  expect(again).toEqual({ id: taken?.id, attempt: 1 });
  expect(await deliver(stage.core, all, again?.id ?? '')).toBe('sent');
});

test('one process plans at a time; the other is told to come back soon', async () => {
  await postTo([...inA, ...inB]);
  const plans = await Promise.all(Array.from({ length: 6 }, take));
  const ids = plans.flatMap(({ dispatches }) => dispatches.map(({ id }) => id));
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
  expect(Math.max(...plans.map(({ nextInMs }) => nextInMs ?? Infinity))).toBeLessThanOrEqual(500);
});

test.each([
  ['has its place in line', 'slack:A#messages'],
  ['has none yet', null],
])('what a use case has locked holds nobody up, whether it %s', async (_, stream) => {
  await postTo([...inA.slice(0, 1), ...inB.slice(0, 1)]);
  const ofA = inA[0]?.id ?? '';
  await stage.core.db.updateTable('deliveries').set({ stream }).where('member_id', '=', ofA).execute();
  await stage.core.db.transaction().execute(async (tx) => {
    await tx.selectFrom('deliveries').select('id').where('member_id', '=', ofA).forUpdate().execute();
    expect((await take()).dispatches).toHaveLength(1);
  });
  advance(pace.placeMs);
  expect((await take()).dispatches).toHaveLength(1);
});

test('what could not be queued, and what was lost from the queue, is taken again', async () => {
  crowd = openCrowd(noPace);
  await postTo(inA);
  const { dispatches } = await take();
  await putBack(stage.core.db, dispatches);
  expect(await take()).toMatchObject({ dispatches });
  advance(leaseMs);
  expect((await take()).dispatches).toEqual([]);
  advance(1);
  expect((await take()).dispatches).toHaveLength(4);
});

test('times that are long past are forgotten, and no others', async () => {
  const held = laneKey('slack', 'A');
  await holdLane(stage.core.db, held, stage.clock.now(), noPace);
  await holdLane(stage.core.db, laneKey('slack', 'B'), new Date(stage.clock.now().getTime() + 1), noPace);
  // A time is never set back.
  await holdLane(stage.core.db, laneKey('slack', 'B'), stage.clock.now(), noPace);
  advance(60_001);
  await forgetLaneTimes(stage.core.db, stage.clock.now());
  const rows = await stage.core.db.selectFrom('lanes').select('key').execute();
  expect(rows).toEqual([{ key: laneKey('slack', 'B') }]);
});

test('one that went with its room when it ended wakes what waits, as its lane is no longer known', async () => {
  const { core } = stage;
  const now = core.clock.now();
  await core.db.transaction().execute(async (tx) => {
    const place = { platform: 'slack', space: 'A', room: 'U1', subject: '', address: {} } as const;
    const roomId = await addRoom(tx, { ...place, purpose: 'farewell', chosenBy: null, createdAt: now });
    await refresh(tx, now, { kind: 'network.blank-home', subject: roomId, roomId });
  });
  advance(2_000);
  const { id = '' } = (await take()).dispatches[0] ?? {};
  expect(await deliver(core, outbounds(), id)).toBe('sent');
  expect(await moreWaits(core, id)).toBe(true);
});
