import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import { takeForQueue } from '../../src/delivery/queueing.ts';
import { patienceMs } from '../../src/delivery/rules.ts';
import type { Member } from '../../src/network/model.ts';
import { refresh, refreshDelayMs } from '../../src/store/outbox.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addPeople, type Crowd, openCrowd } from '../support/crowd.ts';
import { postMessages } from '../support/jobs.ts';
import { noPace, recordingOutbound } from '../support/people.ts';

let stage: TestCore;
let crowd: Crowd;
let people: readonly Member[];

beforeEach(async () => {
  stage = await openTestCore();
  crowd = openCrowd({ ...noPace, inFlight: 8 });
  people = await addPeople(stage.core, 'A', 12);
});
afterEach(() => stage.close());

const outbounds = () => new Map([['slack', crowd.outbound] as const]);
const advance = (ms: number) => stage.clock.set(new Date(stage.clock.now().getTime() + ms));
const statuses = async () => {
  const rows = await stage.core.db.selectFrom('deliveries').select('status').execute();
  return Map.groupBy(rows, ({ status }) => status);
};

/** Plans and sends each second for so long. @returns the second of each call, from the beginning */
async function live(seconds: number, ways = outbounds()): Promise<readonly number[]> {
  const calls: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const before = crowd.calls.length;
    const { dispatches } = await takeForQueue(stage.core, ways, 60_000);
    await Promise.all(dispatches.map(({ id }) => deliver(stage.core, ways, id)));
    calls.push(...Array<number>(crowd.calls.length - before).fill(second));
    advance(1_000);
  }
  return calls;
}

async function postBacklog(): Promise<void> {
  for (const member of people) await postMessages(stage.core, member, 10);
}

test.each([
  ['does not answer', { kind: 'later', afterMs: 0, reason: 'no answer' }],
  ['breaks the line', { kind: 'unknown', reason: 'the line broke' }],
] as const)('a platform that %s is probed with one message, more and more seldom', async (_, outcome) => {
  await postBacklog();
  crowd.answer('A', () => outcome);
  const calls = await live(180);
  const together = calls.filter((second) => second === 0);
  expect(together.length).toBeGreaterThan(0);
  expect(together.length).toBeLessThanOrEqual(8);
  const probes = calls.filter((second) => second > 0);
  expect(probes.length).toBeLessThanOrEqual(5);
  expect(new Set(probes).size).toBe(probes.length);
  const gaps = [0, ...probes].slice(1).map((second, index) => second - (probes[index - 1] ?? 0));
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));

  crowd.answer('A', () => ({ kind: 'sent', receipt: {} }));
  await live(100);
  expect((await statuses()).get('pending')).toBe(undefined);
});

test('a probe that arrives opens the lane as wide as before', async () => {
  await postBacklog();
  const back = stage.clock.now().getTime() + 3_000;
  crowd.answer('A', () =>
    stage.clock.now().getTime() < back
      ? { kind: 'later', afterMs: 0, reason: 'no answer' }
      : { kind: 'sent', receipt: {} },
  );
  const calls = await live(7);
  expect(calls.filter((second) => second === 5)).toHaveLength(1);
  expect(calls.filter((second) => second === 6)).toHaveLength(8);
});

test('no other workspace is held, and the web never is', async () => {
  const [other] = await addPeople(stage.core, 'B', 1);
  if (other === undefined) throw new Error('There is nobody');
  crowd.answer('A', () => ({ kind: 'later', afterMs: 0, reason: 'no answer' }));
  await postMessages(stage.core, people[0] ?? other);
  await live(1);
  await postMessages(stage.core, other);
  await live(1);
  expect(crowd.callsOf('B')).toHaveLength(1);

  await stage.core.db.deleteFrom('deliveries').execute();
  const web = recordingOutbound('web');
  const ways = new Map([['web', web] as const]);
  web.outcomes.push({ kind: 'later', afterMs: 0, reason: 'no answer' });
  await postMessages(stage.core, other, 3);
  for (const { id } of (await takeForQueue(stage.core, ways, 60_000)).dispatches) {
    await deliver(stage.core, ways, id);
  }
  expect(web.parcels).toHaveLength(3);
});

test('a change is never given up: it is done when the platform is back, however long that takes', async () => {
  const { id: subject, member_id: memberId } = await stage.core.db
    .selectFrom('accounts')
    .select(['id', 'member_id'])
    .where('space', '=', 'A')
    .limit(1)
    .executeTakeFirstOrThrow();
  const stale = { kind: 'network.home', subject, memberId, via: 'slack' } as const;
  await stage.core.db.transaction().execute((tx) => refresh(tx, stage.clock.now(), stale));
  const { id } = await stage.core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
  advance(refreshDelayMs);
  const waits: number[] = [];
  for (const begun = stage.clock.now().getTime(); stage.clock.now().getTime() - begun <= 2 * patienceMs; ) {
    const kind = waits.length % 2 === 0 ? 'unknown' : 'later';
    crowd.answer('A', () => ({ kind, afterMs: 0, reason: 'no answer' }));
    expect(await deliver(stage.core, outbounds(), id)).toBe('later');
    const row = await stage.core.db.selectFrom('deliveries').select('not_before').executeTakeFirstOrThrow();
    waits.push(row.not_before.getTime() - stage.clock.now().getTime());
    advance(waits.at(-1) ?? 0);
  }
  expect(Math.max(...waits)).toBe(3_600_000);
  crowd.answer('A', () => ({ kind: 'sent', receipt: {} }));
  expect(await deliver(stage.core, outbounds(), id)).toBe('sent');
});
