import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { limits } from '../../../adapters/teams/limits.ts';
import { deliver } from '../../../src/delivery/deliver.ts';
import type { Outcome, Parcel } from '../../../src/delivery/model.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import { paragraph } from '../../../src/messages/message.ts';
import type { Fault } from '../../support/connector-stub.ts';
import { stubBearer } from '../../support/connector-stub.ts';
import { settleAll } from '../../support/core.ts';
import { parcelOf, recordingOutbound } from '../../support/people.ts';
import { typed } from '../../support/teams-activity.ts';
import { type Joined, monday, openStage, type Stage } from './stage.ts';

let stage: Stage;
let joined: Joined;

beforeEach(async () => {
  stage = await openStage();
  joined = await stage.join();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await stage.close();
});

const message = { summary: 'A summary.', heading: 'Heading', body: [paragraph('Text of a message.')], buttons: [] };

async function addressOf({ person }: Joined) {
  const row = await stage.core.db
    .selectFrom('accounts')
    .selectAll()
    .where('platform_user', '=', person.objectId)
    .executeTakeFirstOrThrow();
  return { account: { platform: 'teams', space: row.space, user: row.platform_user }, address: row.address } as const;
}

async function parcelTo(to: Joined): Promise<Parcel> {
  return parcelOf({ deliveryId: 'd1', message, ...(await addressOf(to)) });
}

/** Sends one message while the platform misbehaves, and counts how often it was called. */
async function sendDuring(...faults: readonly Fault[]): Promise<{ readonly outcome: Outcome; readonly calls: number }> {
  const before = stage.rig.stub.calls.length;
  stage.rig.stub.misbehave(...faults);
  const outcome = await stage.rig.channel.outbound.send(await parcelTo(joined));
  return { outcome, calls: stage.rig.stub.calls.length - before };
}

function answer(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Fault {
  return { kind: 'answer', status, code, headers };
}

async function deliveries() {
  return await stage.core.db
    .selectFrom('deliveries')
    .select(['id', 'status', 'reason', 'receipt'])
    .where('kind', '=', 'reflections.prompt')
    .execute();
}

describe('a delivery', () => {
  test('comes to the private chat with a banner, and its receipt names it', async () => {
    stage.clock.set(monday);
    await stage.settle();
    const posted = stage.rig.stub.messages(joined.person.conversationId).at(-1);
    expect(posted?.activity).toMatchObject({ channelData: { notification: { alert: true } } });
    expect(posted?.activity.summary).toContain('Your reflection prompt for this week');
    const receipt = { conversationId: joined.person.conversationId, activityId: posted?.id };
    expect(await deliveries()).toMatchObject([{ status: 'sent', receipt }]);
  });

  test('that two workers take is sent once', async () => {
    stage.clock.set(monday);
    await settleAll(stage.core, new Map([['teams', { ...stage.rig.channel.outbound, send: async () => later }]]));
    const [{ id } = { id: '' }] = await deliveries();
    stage.clock.set(new Date('2027-03-08T10:00:00Z'));
    const before = stage.rig.stub.calls.length;
    const outcomes = await Promise.all([
      deliver(stage.core, stage.outbounds, id),
      deliver(stage.core, stage.outbounds, id),
    ]);
    expect(outcomes.toSorted()).toEqual(['idle', 'sent']);
    expect(stage.rig.stub.calls).toHaveLength(before + 1);
  });

  test('to somebody who blocked us goes to their next channel, and the next ones too until they write', async () => {
    const email = recordingOutbound('email');
    const both: Outbounds = new Map([...stage.outbounds, ['email', email]]);
    stage.clock.set(monday);
    stage.rig.stub.misbehave(answer(403, 'ConversationBlockedByUser'));
    await settleAll(stage.core, both);
    expect(email.letters).toHaveLength(1);
    stage.clock.set(new Date('2027-03-15T09:00:00Z'));
    await settleAll(stage.core, both);
    expect(email.letters).toHaveLength(2);
    await stage.post(joined.person, typed('help'));
    stage.clock.set(new Date('2027-03-22T09:00:00Z'));
    await settleAll(stage.core, both);
    expect(email.letters).toHaveLength(2);
  });

  test('that is throttled waits as long as Teams says, and is then sent once', async () => {
    stage.clock.set(monday);
    stage.rig.stub.misbehave(answer(429, 'Throttled', { 'retry-after': '90' }));
    await stage.settle();
    expect(await deliveries()).toMatchObject([{ status: 'pending' }]);
    stage.clock.set(new Date(monday.getTime() + 89_000));
    await stage.settle();
    expect(await deliveries()).toMatchObject([{ status: 'pending' }]);
    stage.clock.set(new Date(monday.getTime() + 91_000));
    await stage.settle();
    expect(await deliveries()).toMatchObject([{ status: 'sent' }]);
    const prompts = (await joined.client.messages()).filter((text) => text.includes('Your prompt for this week'));
    expect(prompts).toHaveLength(1);
  });
});

const later: Outcome = { kind: 'later', afterMs: 0, reason: 'not yet' };

describe('an answer of Teams', () => {
  test.each([
    [429, 'Throttled', { 'retry-after': '7' }, { kind: 'throttled', afterMs: 7000 }],
    [429, 'Throttled', { 'retry-after': 'Tue, 02 Mar 2027 12:00:30 GMT' }, { kind: 'throttled', afterMs: 30_000 }],
    [429, 'Throttled', {}, { kind: 'later', afterMs: 0 }],
    [412, 'PreconditionFailed', {}, { kind: 'later' }],
    [502, 'BadGateway', {}, { kind: 'later' }],
    [503, 'ServiceUnavailable', {}, { kind: 'later' }],
    [504, 'GatewayTimeout', {}, { kind: 'later' }],
    [403, 'ConversationBlockedByUser', {}, { kind: 'gone' }],
    [403, 'BotNotInConversationRoster', {}, { kind: 'gone' }],
    [403, 'BotDisabledByAdmin', {}, { kind: 'gone' }],
    [403, 'ForbiddenOperationException', {}, { kind: 'gone' }],
    [403, 'InvalidBotApiHost', {}, { kind: 'refused' }],
    [404, 'ConversationNotFound', {}, { kind: 'gone' }],
    [400, 'BadSyntax', {}, { kind: 'refused' }],
    [401, 'Unauthorized', {}, { kind: 'refused' }],
    [413, 'MessageSizeTooBig', {}, { kind: 'refused' }],
    [500, 'InternalServerError', {}, { kind: 'refused' }],
  ])('%i %s %j is one call and %j', async (status, code, headers, expected) => {
    const { outcome, calls } = await sendDuring(answer(status, code, headers));
    expect(outcome).toMatchObject(expected);
    expect(calls).toBe(1);
    expect(outcome).toMatchObject({ reason: expect.stringContaining(`(${status} ${code})`) });
    expect(`${JSON.stringify(outcome)}${stage.rig.logged()}`).not.toContain('must go nowhere');
  });

  test.each([
    ['is cut off after the message was taken', { kind: 'cut', taken: true }],
    ['is cut off before the message was taken', { kind: 'cut', taken: false }],
    ['does not come', { kind: 'silence' }],
    ['begins and does not end', { kind: 'half' }],
  ] as const)('that %s is in doubt, and the message is not sent again', async (_name, fault) => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      expect(ms).toBe(limits.deliveryCallMs);
      return soon();
    });
    const { outcome, calls } = await sendDuring(fault);
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect(calls).toBe(1);
    const trace = await stage.rig.channel.outbound.findTrace(await parcelTo(joined), stage.clock.now());
    expect(trace).toEqual({ kind: 'unknown' });
  });

  test('that leads elsewhere is not followed', async () => {
    const { outcome, calls } = await sendDuring(
      answer(307, 'Moved', { location: `${stage.rig.stub.origin}/elsewhere` }),
    );
    expect(outcome.kind).toBe('refused');
    expect(calls).toBe(1);
  });
});

/** The same signal, after a fifth of a second instead of after many. */
function soon(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), 200);
  return controller.signal;
}

describe('our own token', () => {
  test('goes with every call to Teams', () => {
    expect(stage.rig.stub.calls.length).toBeGreaterThan(0);
    for (const call of stage.rig.stub.calls) expect(call.authorization).toBe(`Bearer ${stubBearer}`);
  });

  test('goes nowhere else, even where a stored address says so', async () => {
    const { account, address } = await addressOf(joined);
    const before = stage.rig.stub.calls.length;
    const elsewhere = { ...address, serviceUrl: stage.rig.stub.serviceUrl.replace('127.0.0.1', 'localhost') };
    const parcel = parcelOf({ deliveryId: 'd1', account, address: elsewhere, message });
    const outcome = await stage.rig.channel.outbound.send(parcel);
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(stage.rig.stub.calls).toHaveLength(before);
  });

  test('is not even asked for where there is no chat', async () => {
    const { account } = await addressOf(joined);
    const parcel = parcelOf({ deliveryId: 'd1', account, address: {}, message });
    const outcome = await stage.rig.channel.outbound.send(parcel);
    expect(outcome).toMatchObject({ kind: 'gone' });
  });
});

test('a platform that is down was surely not given the message', async () => {
  const parcel = await parcelTo(joined);
  await stage.rig.stub.close();
  expect(await stage.rig.channel.outbound.send(parcel)).toMatchObject({
    kind: 'later',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});
