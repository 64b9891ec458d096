import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver, type Outbounds, reconcile } from '../../../src/delivery/deliver.ts';
import type { Outbound, Parcel } from '../../../src/delivery/model.ts';
import { sendingLeaseMs } from '../../../src/delivery/rules.ts';
import { paragraph } from '../../../src/messages/message.ts';
import type { Member } from '../../../src/network/model.ts';
import { post } from '../../../src/store/outbox.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { openSlackStage, type SlackStage } from '../../support/slack-client.ts';
import type { SlackMember } from '../../support/slack-member.ts';

let testCore: TestCore;
let stage: SlackStage;
let outbounds: Outbounds;

beforeAll(async () => {
  testCore = await openTestCore();
  stage = await openSlackStage(testCore);
  outbounds = new Map([['slack', stage.outbound]]);
});

afterAll(async () => {
  await stage.close();
  await testCore.close();
});

/** Someone who joined in Slack and has read their welcome. */
async function joined(): Promise<{ member: Member; client: SlackMember }> {
  const email = `${randomUUID()}@council.example`;
  const member = await addMember(testCore.core, { email });
  const client = await stage.member(email);
  await client.type('join');
  await settleAll(testCore.core, outbounds);
  return { member, client };
}

/** Posts a message to a member and gives the delivery's id. */
async function posted(member: Member): Promise<string> {
  const { core } = testCore;
  const key = randomUUID();
  await core.db.transaction().execute(async (tx) => {
    await post(tx, core.clock.now(), [{ key, kind: 'network.resumed', subject: member.id, memberId: member.id }]);
  });
  const row = await core.db.selectFrom('deliveries').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  return row.id;
}

async function statusOf(id: string): Promise<{ status: string; reason: string; not_before: Date }> {
  const row = testCore.core.db.selectFrom('deliveries').select(['status', 'reason', 'not_before']).where('id', '=', id);
  return await row.executeTakeFirstOrThrow();
}

function parcelTo(user: string): Parcel {
  const message = { summary: 'Hello.', heading: 'Hello', body: [paragraph('Text')], buttons: [] };
  return {
    deliveryId: randomUUID(),
    account: { platform: 'slack', space: stage.emulator.team, user },
    address: {},
    message,
  };
}

describe('sending', () => {
  it('puts the message into the person’s direct messages, and says where it stands', async () => {
    const { client } = await joined();
    const outcome = await stage.outbound.send(parcelTo(client.user));
    const last = stage.emulator.messagesTo(client.user).at(-1);
    expect(outcome).toEqual({ kind: 'sent', receipt: { channel: last?.channel_id, ts: last?.ts } });
    expect((await client.messages()).at(-1)).toBe('Hello.\nHello\nText');
  });

  it('does nothing when the same delivery is sent again', async () => {
    const { member, client } = await joined();
    const id = await posted(member);
    const before = stage.emulator.messagesTo(client.user).length;
    expect(await deliver(testCore.core, outbounds, id)).toBe('sent');
    expect(await deliver(testCore.core, outbounds, id)).toBe('idle');
    expect(stage.emulator.messagesTo(client.user)).toHaveLength(before + 1);
  });

  it('waits exactly as long as Slack asks when there are too many messages', async () => {
    const { member, client } = await joined();
    const id = await posted(member);
    stage.emulator.fail('chat.postMessage', {
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '37' },
      body: '',
    });
    expect(await deliver(testCore.core, outbounds, id)).toBe('later');
    const { status, not_before } = await statusOf(id);
    expect([status, not_before.getTime() - testCore.clock.now().getTime()]).toEqual(['pending', 37_000]);
    const calls = stage.emulator.calls('chat.postMessage').filter((call) => call['channel'] === client.user);
    // The welcome and this one: nothing was tried again behind our back.
    expect(calls).toHaveLength(2);
  });

  it('leaves the waiting to us when Slack does not say how long', async () => {
    const { client } = await joined();
    stage.emulator.fail('chat.postMessage', { kind: 'answer', status: 429, headers: {}, body: '' });
    expect(await stage.outbound.send(parcelTo(client.user))).toMatchObject({ kind: 'later', afterMs: 0 });
  });

  it('takes the member’s next channel when they are no longer in the workspace', async () => {
    const { member, client } = await joined();
    const id = await posted(member);
    stage.emulator.removeUser(client.user);
    const sent: string[] = [];
    const email: Outbound = {
      platform: 'email',
      send: (parcel) => {
        sent.push(parcel.account.user);
        return Promise.resolve({ kind: 'sent', receipt: {} });
      },
      wasSent: () => Promise.resolve('no'),
    };
    expect(await deliver(testCore.core, new Map([...outbounds, ['email', email]]), id)).toBe('sent');
    expect(sent).toEqual([member.email]);
    const slack = testCore.core.db.selectFrom('accounts').select('reachable').where('platform_user', '=', client.user);
    expect(await slack.executeTakeFirst()).toEqual({ reachable: false });
  });

  it('tells the operator when the token is no longer good', async () => {
    const { member } = await joined();
    const id = await posted(member);
    const body = JSON.stringify({ ok: false, error: 'token_revoked' });
    stage.emulator.fail('chat.postMessage', {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await deliver(testCore.core, outbounds, id)).toBe('failed');
    expect(await statusOf(id)).toMatchObject({ status: 'failed', reason: 'Slack: token_revoked' });
  });
});

describe('after a broken line', () => {
  async function brokenOff(
    failure: Parameters<SlackStage['emulator']['fail']>[1],
  ): Promise<{ id: string; client: SlackMember }> {
    const { member, client } = await joined();
    const id = await posted(member);
    stage.emulator.fail('chat.postMessage', failure);
    expect(await deliver(testCore.core, outbounds, id)).toBe('later');
    expect((await statusOf(id)).status).toBe('sending');
    testCore.clock.set(new Date(testCore.clock.now().getTime() + sendingLeaseMs + 1000));
    return { id, client };
  }

  it('finds what had arrived, and does not send it again', async () => {
    const { id, client } = await brokenOff({ kind: 'break' });
    const before = stage.emulator.messagesTo(client.user).length;
    expect(await reconcile(testCore.core, outbounds)).toBe(1);
    expect((await statusOf(id)).status).toBe('sent');
    await settleAll(testCore.core, outbounds);
    expect(stage.emulator.messagesTo(client.user)).toHaveLength(before);
  });

  it('sends what had not arrived', async () => {
    const { id, client } = await brokenOff({ kind: 'answer', status: 500, headers: {}, body: 'oops' });
    const before = stage.emulator.messagesTo(client.user).length;
    await reconcile(testCore.core, outbounds);
    expect((await statusOf(id)).status).toBe('pending');
    await settleAll(testCore.core, outbounds);
    expect((await statusOf(id)).status).toBe('sent');
    expect(stage.emulator.messagesTo(client.user)).toHaveLength(before + 1);
  });

  it('asks for a minute more than it needs, with the metadata, and only as much as Slack gives any app', async () => {
    const { client } = await joined();
    const { message: _, ...parcel } = parcelTo(client.user);
    expect(await stage.outbound.wasSent(parcel, new Date('2027-03-02T12:00:00.900Z'))).toBe('no');
    expect(stage.emulator.calls('conversations.history').at(-1)).toMatchObject({
      channel: stage.emulator.messagesTo(client.user).at(-1)?.channel_id,
      oldest: String(Date.UTC(2027, 2, 2, 11, 59) / 1000),
      inclusive: 'true',
      include_all_metadata: 'true',
      limit: '15',
    });
  });

  it('cannot say when there is more history than it is shown', async () => {
    const { client } = await joined();
    for (let count = 0; count < 16; count += 1) await stage.outbound.send(parcelTo(client.user));
    const { message: _, ...parcel } = parcelTo(client.user);
    expect(await stage.outbound.wasSent(parcel, testCore.clock.now())).toBe('unknown');
  });

  it('is to be asked again when Slack does not answer now', async () => {
    const { client } = await joined();
    const { message: _, ...parcel } = parcelTo(client.user);
    stage.emulator.fail('conversations.open', { kind: 'answer', status: 500, headers: {}, body: '' });
    expect(await stage.outbound.wasSent(parcel, testCore.clock.now())).toBe('later');
  });

  it('cannot say when it is refused the look', async () => {
    const { client } = await joined();
    const { message: _, ...parcel } = parcelTo(client.user);
    const body = JSON.stringify({ ok: false, error: 'missing_scope' });
    const headers = { 'content-type': 'application/json' };
    stage.emulator.fail('conversations.open', { kind: 'answer', status: 200, headers, body });
    expect(await stage.outbound.wasSent(parcel, testCore.clock.now())).toBe('unknown');
  });
});
