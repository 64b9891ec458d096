import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbound } from '../../../adapters/slack/outbound.ts';
import { oneWorkspace } from '../../../adapters/slack/workspaces.ts';
import { deliver } from '../../../src/delivery/deliver.ts';
import { reconcile } from '../../../src/delivery/reconcile.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import { sendingLeaseMs } from '../../../src/delivery/rules.ts';
import { createLog } from '../../../src/log.ts';
import { post } from '../../../src/store/outbox.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { addActive, recordingOutbound } from '../../support/people.ts';
import { openSlackEmulator, type SlackEmulator } from '../../support/slack-emulator.ts';
import { brokenDown, type Failure, refused, throttled } from '../../support/slack-emulator-faults.ts';

let testCore: TestCore;
let emulator: SlackEmulator;
let outbounds: Outbounds;

beforeAll(async () => {
  [testCore, emulator] = await Promise.all([openTestCore(), openSlackEmulator()]);
  const { botToken, apiUrl } = emulator.options;
  outbounds = new Map([['slack', createOutbound(oneWorkspace(botToken, apiUrl), createLog('silent'))]]);
});

afterAll(async () => {
  await Promise.all([emulator.close(), testCore.close()]);
});

/** A member with a Slack account, and a delivery to them that has not been sent. */
async function posted(): Promise<{ id: string; user: string; email: string }> {
  const { core } = testCore;
  const user = `U${randomUUID().replaceAll('-', '').toUpperCase().slice(0, 10)}`;
  const member = await addActive(core);
  emulator.addUser({ id: user, email: member.email });
  const account = { platform: 'slack', space: emulator.team, platform_user: user } as const;
  await core.db
    .insertInto('accounts')
    .values({ ...account, id: randomUUID(), member_id: member.id, address: '{}', seen_at: core.clock.now() })
    .execute();
  const key = randomUUID();
  await core.db.transaction().execute(async (tx) => {
    await post(tx, core.clock.now(), [{ key, kind: 'network.resumed', subject: member.id, memberId: member.id }]);
  });
  const row = await core.db.selectFrom('deliveries').select('id').where('key', '=', key).executeTakeFirstOrThrow();
  return { id: row.id, user, email: member.email };
}

async function stateOf(id: string) {
  const columns = ['status', 'reason', 'not_before', 'receipt', 'put_off'] as const;
  return await testCore.core.db.selectFrom('deliveries').select(columns).where('id', '=', id).executeTakeFirstOrThrow();
}

function later(ms: number): void {
  testCore.clock.set(new Date(testCore.clock.now().getTime() + ms));
}

describe('a delivery by Slack', () => {
  it('is posted once, however often it is asked for, and where it stands is kept', async () => {
    const { id, user } = await posted();
    expect(await deliver(testCore.core, outbounds, id)).toBe('sent');
    expect(await deliver(testCore.core, outbounds, id)).toBe('idle');
    const [card, ...others] = emulator.messagesTo(user);
    expect(others).toEqual([]);
    expect((await stateOf(id)).receipt).toEqual({ channel: card?.channel_id, ts: card?.ts });
  });

  it('waits exactly as long as Slack asks, and so does everything else for that workspace', async () => {
    const { id } = await posted();
    emulator.fail('chat.postMessage', throttled(37));
    expect(await deliver(testCore.core, outbounds, id)).toBe('later');
    const until = new Date(testCore.clock.now().getTime() + 37_000);
    expect(await stateOf(id)).toMatchObject({ status: 'pending', not_before: until, put_off: 1 });
    const lane = testCore.core.db.selectFrom('lanes').select('free_at').where('key', '=', `slack:${emulator.team}`);
    expect(await lane.executeTakeFirst()).toEqual({ free_at: until });
    later(37_000);
    expect(await deliver(testCore.core, outbounds, id)).toBe('sent');
  });

  it('waits for the operator, with what there is to do, while the token is no longer good', async () => {
    const { id } = await posted();
    emulator.fail('chat.postMessage', refused('token_revoked'));
    expect(await deliver(testCore.core, outbounds, id)).toBe('later');
    const reason = 'Slack: token_revoked. Install the app again.';
    expect(await stateOf(id)).toMatchObject({ status: 'pending', reason, put_off: 1 });
    later(60_000);
    expect(await deliver(testCore.core, outbounds, id)).toBe('sent');
  });

  it('takes the member’s next channel when they have left the workspace', async () => {
    const { id, user, email } = await posted();
    emulator.removeUser(user);
    const byEmail = recordingOutbound('email');
    expect(await deliver(testCore.core, new Map([...outbounds, ['email', byEmail]]), id)).toBe('sent');
    expect(byEmail.letters.map((letter) => letter.account.user)).toEqual([email]);
    const slack = testCore.core.db.selectFrom('accounts').select('reachable').where('platform_user', '=', user);
    expect(await slack.executeTakeFirst()).toEqual({ reachable: false });
  });
});

describe('after a broken line', () => {
  async function brokenOff(failure: Failure) {
    const { id, user } = await posted();
    emulator.fail('chat.postMessage', failure);
    expect(await deliver(testCore.core, outbounds, id)).toBe('later');
    expect((await stateOf(id)).status).toBe('sending');
    later(sendingLeaseMs + 1000);
    expect(await reconcile(testCore.core, outbounds)).toBe(1);
    return { id, user };
  }

  it('what had arrived is found, with where it stands, and is not sent again', async () => {
    const { id, user } = await brokenOff({ kind: 'break' });
    const [card, ...others] = emulator.messagesTo(user);
    const receipt = { channel: card?.channel_id, ts: card?.ts };
    expect(await stateOf(id)).toMatchObject({ status: 'sent', receipt });
    expect(await deliver(testCore.core, outbounds, id)).toBe('idle');
    expect(others).toEqual([]);
  });

  it.each<readonly [string, Failure]>([
    ['broke down', brokenDown],
    ['never heard of it', { kind: 'lost' }],
  ])('what had not arrived, because Slack %s, is sent', async (_, failure) => {
    const { id, user } = await brokenOff(failure);
    expect((await stateOf(id)).status).toBe('pending');
    expect(emulator.messagesTo(user)).toEqual([]);
    later(60_000);
    expect(await deliver(testCore.core, outbounds, id)).toBe('sent');
    expect(emulator.messagesTo(user)).toHaveLength(1);
  });
});
