import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { deliver, reconcile } from '../../src/delivery/deliver.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { sendingLeaseMs } from '../../src/delivery/rules.ts';
import { handle } from '../../src/handle.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { type RecordingOutbound, recordingOutbound } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let member: Member;
let slack: RecordingOutbound;
let web: RecordingOutbound;
let id: string;

/** A member on Slack and the web with one delivery to be sent: their welcome. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addMember(core, { email: 'asha@leeds.example' });
  const profile = () => Promise.resolve({ email: member.email, zone: '' });
  await handle(
    core,
    { account: { platform: 'slack', space: 'T', user: 'U' }, address: {}, profile },
    { kind: 'network.join' },
  );
  slack = recordingOutbound('slack');
  web = recordingOutbound('web');
  ({ id } = await core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow());
});
afterEach(() => stage.close());

const outbounds = () => new Map([slack, web].map((outbound) => [outbound.platform, outbound] as const));
const row = () =>
  core.db
    .selectFrom('deliveries')
    .select(['status', 'reason', 'attempts', 'not_before'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
const later = (ms: number) => stage.clock.set(new Date(core.clock.now().getTime() + ms));

test('two runs of one delivery at once send it once', async () => {
  const results = await Promise.all(Array.from({ length: 5 }, () => deliver(core, outbounds(), id)));
  expect(results.toSorted()).toEqual(['idle', 'idle', 'idle', 'idle', 'sent']);
  expect(await deliver(core, outbounds(), id)).toBe('idle');
  expect(slack.parcels).toHaveLength(1);
  expect(web.parcels).toEqual([]);
});

test('a platform that says when is tried again then, and not before', async () => {
  slack.outcomes.push({ kind: 'later', afterMs: 30_000, reason: 'throttled' });
  expect(await deliver(core, outbounds(), id)).toBe('later');
  later(29_999);
  expect(await deliver(core, outbounds(), id)).toBe('idle');
  later(1);
  expect(await deliver(core, outbounds(), id)).toBe('sent');
});

test('without a time said it waits longer each time, and in the end fails in sight of the operator', async () => {
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    slack.outcomes.push({ kind: 'later', afterMs: 0, reason: 'no answer' });
    await deliver(core, outbounds(), id);
    const wait = (await row()).not_before.getTime() - core.clock.now().getTime();
    waits.push(wait);
    later(Math.max(wait, 0));
  }
  expect(waits.slice(0, 7)).toEqual([5, 10, 20, 40, 80, 160, 320].map((seconds) => seconds * 1000));
  expect(await row()).toMatchObject({ status: 'failed', reason: 'gave up: no answer', attempts: 8 });
});

test('an account that is gone is marked, and the next one is tried at once', async () => {
  slack.outcomes.push({ kind: 'gone', reason: 'account_inactive' });
  expect(await deliver(core, outbounds(), id)).toBe('sent');
  expect(web.parcels).toHaveLength(1);
  const reachable = await core.db
    .selectFrom('accounts')
    .select(['platform', 'reachable'])
    .where('platform', '=', 'slack')
    .execute();
  expect(reachable).toEqual([{ platform: 'slack', reachable: false }]);
});

test('with nowhere left to go it fails with the reason', async () => {
  slack.outcomes.push({ kind: 'gone', reason: 'account_inactive' });
  expect(await deliver(core, new Map([['slack', slack]]), id)).toBe('failed');
  expect(await row()).toMatchObject({ status: 'failed', reason: 'no channel reaches this member' });
});

test('what the platform refuses fails with its reason', async () => {
  slack.outcomes.push({ kind: 'refused', reason: 'missing_scope' });
  expect(await deliver(core, outbounds(), id)).toBe('failed');
  expect(await row()).toMatchObject({ status: 'failed', reason: 'missing_scope' });
});

test.each([
  ['yes', 'sent', 1],
  ['no', 'sent', 2],
  ['unknown', 'failed', 1],
  ['later', 'sending', 1],
] as const)(
  'after a broken line, a platform that answers “%s” leaves it %s after %i sending(s)',
  async (answer, status, sendings) => {
    slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(core, outbounds(), id);
    expect(await reconcile(core, outbounds())).toBe(0);
    later(sendingLeaseMs + 1);
    slack.answer = answer;
    expect(await reconcile(core, outbounds())).toBe(1);
    await deliver(core, outbounds(), id);
    expect((await row()).status).toBe(status);
    expect(slack.parcels).toHaveLength(sendings);
  },
);

test('a crash before it was known where it goes cannot have sent anything, so it is sent', async () => {
  await core.db
    .updateTable('deliveries')
    .set({ status: 'sending', sending_at: core.clock.now() })
    .where('id', '=', id)
    .execute();
  later(sendingLeaseMs + 1);
  await reconcile(core, outbounds());
  expect(await deliver(core, outbounds(), id)).toBe('sent');
});

test('a platform that does not answer is asked again, and its answer then counts', async () => {
  const began = core.clock.now();
  slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
  await deliver(core, outbounds(), id);
  slack.answer = 'later';
  later(sendingLeaseMs + 1);
  await reconcile(core, outbounds());
  expect(await reconcile(core, outbounds())).toBe(0);
  slack.answer = 'yes';
  later(sendingLeaseMs + 1);
  await reconcile(core, outbounds());
  expect((await row()).status).toBe('sent');
  expect(slack.parcels).toHaveLength(1);
  // Both times the look goes back to when it was sent: a later one would miss the message.
  expect(slack.asked).toEqual([began, began]);
});

test('what is cut off again and again is given up, in sight of the operator', async () => {
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    expect((await row()).status).toBe('pending');
    slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(core, outbounds(), id);
    slack.answer = 'no';
    later(sendingLeaseMs + 1);
    await reconcile(core, outbounds());
  }
  expect(await row()).toMatchObject({ status: 'failed', reason: 'gave up: cut off, and not sent' });
});

test('a look that breaks does not keep the others from being decided', async () => {
  const other = await addMember(core, { email: 'bo@york.example', council: 'York' });
  const profile = () => Promise.resolve({ email: other.email, zone: '' });
  await handle(
    core,
    { account: { platform: 'slack', space: 'T', user: 'V' }, address: {}, profile },
    { kind: 'network.join' },
  );
  const rows = await core.db.selectFrom('deliveries').select('id').execute();
  for (const each of rows) {
    slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(core, outbounds(), each.id);
  }
  later(sendingLeaseMs + 1);
  const breaks: Outbound = {
    ...slack,
    wasSent: ({ account }) => (account.user === 'U' ? Promise.reject(new Error('bug')) : Promise.resolve('yes')),
  };
  await expect(reconcile(core, new Map([['slack', breaks]]))).rejects.toThrow('could not be looked up');
  const statuses = await core.db.selectFrom('deliveries').select('status').orderBy('status').execute();
  expect(statuses.map(({ status }) => status)).toEqual(['sending', 'sent']);
});
