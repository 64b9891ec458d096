import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import { patienceMs } from '../../src/delivery/rules.ts';
import { post } from '../../src/store/outbox.ts';
import { addRoom } from '../../src/store/rooms.ts';

import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test('two runs of one delivery at once send it once', async () => {
  const results = await Promise.all(Array.from({ length: 5 }, () => deliver(stage.core, stage.outbounds, stage.id)));
  expect(results.toSorted()).toEqual(['idle', 'idle', 'idle', 'idle', 'sent']);
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('idle');
  expect(stage.slack.letters).toHaveLength(1);
  expect(stage.web.letters).toEqual([]);
});

test('a platform that says when is tried again then, and not before', async () => {
  stage.slack.outcomes.push({ kind: 'later', afterMs: 30_000, reason: 'throttled' });
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('later');
  stage.later(29_999);
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('idle');
  stage.later(1);
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('sent');
});

test('without a time said it waits longer each time, and after a day fails in sight of the operator', async () => {
  const waits: number[] = [];
  const begun = stage.core.clock.now().getTime();
  while ((await stage.row()).status === 'pending') {
    expect(stage.core.clock.now().getTime() - begun).toBeLessThanOrEqual(patienceMs + 3_600_000);
    stage.slack.outcomes.push({ kind: 'later', afterMs: 0, reason: 'no answer' });
    await deliver(stage.core, stage.outbounds, stage.id);
    const wait = (await stage.row()).not_before.getTime() - stage.core.clock.now().getTime();
    waits.push(wait);
    stage.later(Math.max(wait, 0));
  }
  expect(waits.slice(0, 12)).toEqual(
    [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600].map((seconds) => seconds * 1000),
  );
  expect(stage.core.clock.now().getTime() - begun).toBeGreaterThanOrEqual(patienceMs);
  expect(await stage.row()).toMatchObject({ status: 'failed', reason: 'gave up: no answer' });
});

test('an account that is gone is marked, and the next one is tried at once', async () => {
  stage.slack.outcomes.push({ kind: 'gone', reason: 'account_inactive' });
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('sent');
  expect(stage.web.letters).toHaveLength(1);
  const reachable = await stage.core.db
    .selectFrom('accounts')
    .select(['platform', 'reachable'])
    .where('platform', '=', 'slack')
    .execute();
  expect(reachable).toEqual([{ platform: 'slack', reachable: false }]);
});

test('with nowhere left to go it fails with the reason', async () => {
  stage.slack.outcomes.push({ kind: 'gone', reason: 'account_inactive' });
  expect(await deliver(stage.core, new Map([['slack', stage.slack]]), stage.id)).toBe('failed');
  expect(await stage.row()).toMatchObject({ status: 'failed', reason: 'no channel reaches this member' });
});

test('what the platform refuses fails with its reason', async () => {
  stage.slack.outcomes.push({ kind: 'refused', reason: 'missing_scope' });
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('failed');
  expect(await stage.row()).toMatchObject({ status: 'failed', reason: 'missing_scope' });
});

test.each([
  ['turns us away', { kind: 'gone', reason: 'channel_not_found' }, 0],
  ['is away too long', { kind: 'later', afterMs: 1, reason: 'no answer' }, 1],
] as const)(
  'a channel whose platform %s is given up only if it is the platform that said so',
  async (_, outcome, rooms) => {
    const room = {
      platform: 'slack',
      space: 'T',
      purpose: 'announcements',
      room: 'C1',
      address: {},
      subject: '',
    } as const;
    await stage.core.db.transaction().execute(async (tx) => {
      const roomId = await addRoom(tx, { ...room, chosenBy: stage.member.id, createdAt: stage.core.clock.now() });
      const kind = 'network.announcements-here';
      await post(tx, stage.core.clock.now(), [{ key: kind, kind, subject: roomId, roomId }]);
    });
    const posted = await stage.core.db
      .selectFrom('deliveries')
      .select('id')
      .where('room_id', 'is not', null)
      .executeTakeFirst();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      stage.slack.outcomes.push(outcome);
      await deliver(stage.core, stage.outbounds, posted?.id ?? '');
      stage.later(patienceMs);
    }
    expect(await stage.core.db.selectFrom('rooms').select('id').where('retired_at', 'is', null).execute()).toHaveLength(
      rooms,
    );
    const told = await stage.core.db
      .selectFrom('deliveries')
      .select('member_id')
      .where('kind', '=', 'network.announcements-failed')
      .execute();
    expect(told.map(({ member_id }) => member_id)).toEqual(rooms === 0 ? [stage.member.id] : []);
  },
);
