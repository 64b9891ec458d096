import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOutbound } from '../../../adapters/slack/outbound.ts';
import { oneWorkspace } from '../../../adapters/slack/workspaces.ts';
import type { Destination, Outbound, Trace } from '../../../src/delivery/model.ts';
import { Retryable } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import { openSlackEmulator, type SlackEmulator } from '../../support/slack-emulator.ts';
import { brokenDown, type Failure, refused, throttled } from '../../support/slack-emulator-faults.ts';
import { editing, posting, toGroup, toPerson, toRoom } from '../../support/slack-parcels.ts';

let emulator: SlackEmulator;
let outbound: Outbound;
const since = new Date('2027-03-02T12:00:00.900Z');
/** The calls made before the test. */
let before = 0;

beforeAll(async () => {
  emulator = await openSlackEmulator();
  const { botToken, apiUrl } = emulator.options;
  outbound = createOutbound(oneWorkspace(botToken, apiUrl), createLog('silent'));
  for (const id of ['UASHA', 'UBEN', 'UCARYS', 'UBUSY']) emulator.addUser({ id, email: `${id}@council.example` });
  emulator.addChannel({ id: 'COPEN', members: ['UASHA'], botIn: true });
});

afterAll(async () => {
  await emulator.close();
});

beforeEach(() => {
  emulator.mend();
  before = emulator.made().length;
});

async function trace(to: Destination, deliveryId: string = randomUUID()): Promise<Trace> {
  return await outbound.findTrace({ deliveryId, to }, since);
}

function askedFor(method: string): readonly Readonly<Record<string, string>>[] {
  return emulator
    .made()
    .slice(before)
    .flatMap((call) => (call.method === method ? [call.args] : []));
}

function accepted(body: Readonly<Record<string, unknown>>): Failure {
  const headers = { 'content-type': 'application/json' };
  return { kind: 'answer', status: 200, headers, body: JSON.stringify({ ok: true, ...body }) };
}

/** A message that carries the id of a delivery, whoever posted it. */
function carrying(deliveryId: string, author: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const metadata = { event_type: 'colloquy_delivery', event_payload: { delivery_id: deliveryId } };
  return { ts: '1.1', ...author, metadata };
}

describe('what was posted is found again', () => {
  it.each<readonly [string, Destination]>([
    ['a person’s direct messages', toPerson('UASHA')],
    ['a channel', toRoom('COPEN')],
    ['a group', toGroup('UASHA', 'UBEN', 'UCARYS')],
  ])('in %s', async (_, to) => {
    const sent = posting(to);
    const outcome = await outbound.send(sent);
    await outbound.send(posting(to, 'Later'));
    expect(outcome.kind).toBe('sent');
    expect(await trace(to, sent.deliveryId)).toEqual(outcome);
    expect(await trace(to)).toEqual({ kind: 'not-sent' });
  });

  it('after it was changed', async () => {
    const sent = posting(toRoom('COPEN'));
    const outcome = await outbound.send(sent);
    if (outcome.kind === 'sent') await outbound.send(editing(toRoom('COPEN'), outcome.receipt));
    expect(await trace(toRoom('COPEN'), sent.deliveryId)).toEqual(outcome);
  });

  it('in the conversation we know of, which need not be opened', async () => {
    const sent = posting(toPerson('UBEN'));
    await outbound.send(sent);
    const channel = emulator.messagesTo('UBEN').at(-1)?.channel_id ?? '';
    expect(await trace(toPerson('UBEN', { channel }), sent.deliveryId)).toMatchObject({ kind: 'sent' });
    expect(askedFor('conversations.open')).toEqual([]);
  });

  it('page by page, of fifteen messages each', async () => {
    const sent = posting(toPerson('UBUSY'));
    const outcome = await outbound.send(sent);
    for (let count = 0; count < 59; count += 1) await outbound.send(posting(toPerson('UBUSY')));
    before = emulator.made().length;
    expect(await trace(toPerson('UBUSY'), sent.deliveryId)).toEqual(outcome);
    const pages = askedFor('conversations.history');
    expect(pages.map(({ limit }) => limit)).toEqual(['15', '15', '15', '15']);
    expect(new Set(pages.map(({ cursor }) => cursor)).size).toBe(4);

    await outbound.send(posting(toPerson('UBUSY')));
    expect(await trace(toPerson('UBUSY'), sent.deliveryId)).toEqual({ kind: 'unknown' });
  });
});

describe('what is asked for', () => {
  it('is a minute before the sending until ten minutes after, and the metadata', async () => {
    expect(await trace(toRoom('COPEN'))).toEqual({ kind: 'not-sent' });
    expect(askedFor('conversations.history')).toEqual([
      {
        channel: 'COPEN',
        oldest: String(Date.UTC(2027, 2, 2, 11, 59) / 1000),
        latest: String(Date.UTC(2027, 2, 2, 12, 10) / 1000),
        inclusive: 'true',
        include_all_metadata: 'true',
        limit: '15',
      },
    ]);
  });

  it('is the group of the same people', async () => {
    await trace(toGroup('UASHA', 'UBEN'));
    expect(askedFor('conversations.open').map(({ users }) => users)).toEqual(['UASHA,UBEN']);
  });
});

describe('only what we posted ourselves counts', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, Trace['kind']]>([
    ['a person with our metadata', { user: 'UASHA' }, 'not-sent'],
    ['another bot with our metadata', { user: 'UOTHER', bot_id: 'BOTHER' }, 'not-sent'],
    ['nobody that Slack names', {}, 'not-sent'],
    ['our user', { user: 'UCOLLOQUY1' }, 'sent'],
    ['our bot, where Slack names no user', { bot_id: 'BUS' }, 'sent'],
  ])('%s', async (_, author, kind) => {
    const id = randomUUID();
    emulator.fail('auth.test', accepted({ user_id: 'UCOLLOQUY1', bot_id: 'BUS' }));
    emulator.fail('conversations.history', accepted({ messages: [carrying(id, author)] }));
    expect((await trace(toRoom('COPEN'), id)).kind).toBe(kind);
  });

  it('and only with the id of this delivery', async () => {
    const ours = { user: 'UCOLLOQUY1' };
    const messages = [carrying(randomUUID(), ours), { ts: '1.2', ...ours }, { ts: '1.3', ...ours, metadata: 'odd' }];
    emulator.fail('conversations.history', accepted({ messages }));
    expect(await trace(toRoom('COPEN'))).toEqual({ kind: 'not-sent' });
  });
});

describe('where Slack does not say', () => {
  const methods = ['auth.test', 'conversations.open', 'conversations.history'];
  const cases = methods.flatMap((method) => [
    ['breaks down', method, brokenDown, 'later'] as const,
    ['breaks off', method, { kind: 'break' } as const, 'later'] as const,
    ['is too busy', method, throttled(30), 'later'] as const,
    ['has revoked our token, which the operator can mend', method, refused('token_revoked'), 'later'] as const,
  ]);
  it.each([
    ...cases,
    ['gives no scope to look', 'conversations.open', refused('missing_scope'), 'unknown'],
    ['gives no scope to read', 'conversations.history', refused('missing_scope'), 'unknown'],
    ['knows no such channel', 'conversations.history', refused('channel_not_found'), 'unknown'],
    ['answers without messages', 'conversations.history', accepted({}), 'later'],
    ['has more, and no way to it', 'conversations.history', accepted({ messages: [], has_more: true }), 'unknown'],
  ] as const)('it %s (%s): we are to ask again, or never know', async (_, method, failure, kind) => {
    emulator.fail(method, failure);
    expect(await trace(toPerson('UASHA'))).toEqual({ kind });
  });

  it('gives only one page a minute: we would be stopped at the second each time, so we never know', async () => {
    const next = { messages: [], has_more: true, response_metadata: { next_cursor: 'x' } };
    emulator.fail('conversations.history', accepted(next));
    emulator.fail('conversations.history', throttled(60));
    expect(await trace(toRoom('COPEN'))).toEqual({ kind: 'unknown' });
  });

  it('breaks down at the second page: it is asked again', async () => {
    const next = { messages: [], has_more: true, response_metadata: { next_cursor: 'x' } };
    emulator.fail('conversations.history', accepted(next));
    emulator.fail('conversations.history', brokenDown);
    expect(await trace(toRoom('COPEN'))).toEqual({ kind: 'later' });
  });

  it('cannot be asked: for good where our app is gone, for now where its token is being renewed', async () => {
    const { authorize } = oneWorkspace('', 'http://127.0.0.1:9/api/');
    const silent = createLog('silent');
    const gone = createOutbound({ clientOf: () => Promise.resolve(undefined), authorize }, silent);
    const busy = createOutbound({ clientOf: () => Promise.reject(new Retryable('busy', 1)), authorize }, silent);
    const lost = { deliveryId: randomUUID(), to: toRoom('COPEN') };
    expect(await gone.findTrace(lost, since)).toEqual({ kind: 'unknown' });
    expect(await busy.findTrace(lost, since)).toEqual({ kind: 'later' });
  });
});
