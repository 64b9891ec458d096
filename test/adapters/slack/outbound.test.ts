import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbound } from '../../../adapters/slack/outbound.ts';
import { oneWorkspace } from '../../../adapters/slack/workspaces.ts';
import type { Outbound, Outcome, Receipt } from '../../../src/delivery/model.ts';
import { createLog } from '../../../src/log.ts';
import { openSlackEmulator, type SlackEmulator } from '../../support/slack-emulator.ts';
import { brokenDown, type Failure, refused, throttled } from '../../support/slack-emulator-faults.ts';
import { editing, homeSaying, parcel, posting, toGroup, toPerson, toRoom } from '../../support/slack-parcels.ts';
import { readBlocks, textOf } from '../../support/slack-screen.ts';

const people = ['UASHA', 'UBEN', 'UCARYS'] as const;

let emulator: SlackEmulator;
let outbound: Outbound;
let logged = '';

beforeAll(async () => {
  emulator = await openSlackEmulator();
  for (const id of people) emulator.addUser({ id, email: `${id}@council.example` });
  emulator.addChannel({ id: 'COPEN', members: ['UASHA'], botIn: true });
  emulator.addChannel({ id: 'CCLOSED', members: ['UASHA'], botIn: false });
  const destination = new Writable({
    write(line, _encoding, done) {
      logged += String(line);
      done();
    },
  });
  const { botToken, apiUrl } = emulator.options;
  outbound = createOutbound(oneWorkspace(botToken, apiUrl), createLog('debug', destination));
});

afterAll(async () => {
  await emulator.close();
});

function accepted(body: Readonly<Record<string, unknown>>): Failure {
  const headers = { 'content-type': 'application/json' };
  return { kind: 'answer', status: 200, headers, body: JSON.stringify({ ok: true, ...body }) };
}

function receiptOf(outcome: Outcome): Receipt {
  if (outcome.kind !== 'sent') throw new Error(outcome.reason);
  return outcome.receipt;
}

async function post(to: Parameters<typeof posting>[0], word?: string): Promise<Receipt> {
  return receiptOf(await outbound.send(posting(to, word)));
}

describe('a message', () => {
  it('goes to a person’s direct messages, and says where it stands', async () => {
    const outcome = await outbound.send(posting(toPerson('UASHA')));
    const last = emulator.messagesTo('UASHA').at(-1);
    expect(outcome).toEqual({ kind: 'sent', receipt: { channel: last?.channel_id, ts: last?.ts } });
    expect(textOf(readBlocks(last?.blocks ?? []))).toBe('Hello\nText\nOpen your home');
  });

  it('goes with a sentence for screen readers, without previews, and with its own id and no word in its metadata', async () => {
    const sent = posting(toPerson('UASHA'));
    await outbound.send(sent);
    const call = emulator.calls('chat.postMessage').at(-1);
    expect(call).toMatchObject({ text: 'We say Hello.', unfurl_links: 'false', unfurl_media: 'false' });
    expect(JSON.parse(call?.['metadata'] ?? '')).toEqual({
      event_type: 'colloquy_delivery',
      event_payload: { delivery_id: sent.deliveryId },
    });
  });

  it('goes to a channel the app was invited to', async () => {
    const receipt = await post(toRoom('COPEN'));
    expect(receipt).toEqual({ channel: 'COPEN', ts: emulator.messagesIn('COPEN').at(-1)?.ts });
  });

  it('finds a channel the app is not in gone, and says what to do', async () => {
    expect(await outbound.send(posting(toRoom('CCLOSED')))).toEqual({
      kind: 'gone',
      reason: 'Slack: not_in_channel. Invite the app to the channel.',
    });
  });

  it('that Slack cannot read is refused, and no fault of the channel; nor is a person gone who may not be written to', async () => {
    emulator.fail('chat.postMessage', refused('invalid_blocks'));
    expect((await outbound.send(posting(toRoom('COPEN')))).kind).toBe('refused');
    emulator.fail('chat.postMessage', refused('restricted_action'));
    expect((await outbound.send(posting(toPerson('UASHA')))).kind).toBe('refused');
  });

  it('goes to the one group that its people have, in whatever order they are named', async () => {
    const first = await post(toGroup('UASHA', 'UBEN', 'UCARYS'), 'One');
    const second = await post(toGroup('UCARYS', 'UASHA', 'UBEN'), 'Two');
    expect(second['channel']).toBe(first['channel']);
    expect(emulator.groups()).toEqual([{ id: first['channel'], members: [...people] }]);
    expect(emulator.messagesIn(first['channel'] ?? '').map(({ text }) => text)).toEqual(['We say One.', 'We say Two.']);
  });

  it.each<readonly [string, Failure, Partial<Outcome>]>([
    ['someone has left', refused('user_disabled'), { kind: 'gone' }],
    ['they may not talk to each other', refused('invalid_user_combination'), { kind: 'refused' }],
    ['there are too many', refused('too_many_users'), { kind: 'refused' }],
    ['an older install may not make groups', refused('missing_scope'), { kind: 'refused' }],
    ['Slack breaks down: nothing was posted, so it may be tried again', brokenDown, { kind: 'later' }],
    ['there are too many calls', throttled(9), { kind: 'throttled', afterMs: 9000 }],
    ['the answer names no conversation', accepted({}), { kind: 'later' }],
  ])('is not posted where no group can be opened: %s', async (_, failure, expected) => {
    const before = emulator.calls('chat.postMessage').length;
    emulator.fail('conversations.open', failure);
    expect(await outbound.send(posting(toGroup('UASHA', 'UBEN')))).toMatchObject(expected);
    expect(emulator.calls('chat.postMessage')).toHaveLength(before);
  });

  it.each<readonly [string, Failure]>([
    ['no time', accepted({ channel: 'D1' })],
    ['no conversation', accepted({ ts: '1.1' })],
  ])('counts as sent only where the answer says so: %s', async (_, answer) => {
    emulator.fail('chat.postMessage', answer);
    expect((await outbound.send(posting(toPerson('UASHA')))).kind).toBe('unknown');
  });

  it('counts as sent where Slack has something to say about it, which is logged', async () => {
    const response_metadata = { warnings: ['message_truncated'] };
    emulator.fail('chat.postMessage', accepted({ channel: 'D1', ts: '1.1', response_metadata }));
    const sent = posting(toPerson('UASHA'));
    expect(await outbound.send(sent)).toEqual({ kind: 'sent', receipt: { channel: 'D1', ts: '1.1' } });
    expect(logged).toContain('message_truncated');
    expect(logged).toContain(sent.deliveryId);
  });

  it.each<readonly [Failure, Partial<Outcome>]>([
    [throttled(37), { kind: 'throttled', afterMs: 37_000 }],
    [
      { kind: 'answer', status: 429, headers: {}, body: '' },
      { kind: 'throttled', afterMs: 60_000 },
    ],
    [refused('service_unavailable'), { kind: 'throttled', afterMs: 60_000 }],
    [brokenDown, { kind: 'unknown' }],
    [{ kind: 'break' }, { kind: 'unknown' }],
    [refused('token_revoked'), { kind: 'blocked', reason: 'Slack: token_revoked. Install the app again.' }],
    [refused('channel_not_found'), { kind: 'gone' }],
  ])('is tried once, whatever comes of it: %j', async (failure, expected) => {
    const before = emulator.calls('chat.postMessage').length;
    emulator.fail('chat.postMessage', failure);
    expect(await outbound.send(posting(toPerson('UBEN')))).toMatchObject(expected);
    expect(emulator.calls('chat.postMessage')).toHaveLength(before + 1);
  });
});

describe('a card that stands', () => {
  it('is changed where it stands, and keeps the id of the delivery that posted it', async () => {
    const sent = posting(toRoom('COPEN'), 'Before');
    const receipt = receiptOf(await outbound.send(sent));
    expect(await outbound.send(editing(toRoom('COPEN'), receipt, 'After'))).toEqual({ kind: 'sent', receipt });
    const card = emulator.messagesIn('COPEN').find(({ ts }) => ts === receipt['ts']);
    expect(textOf(readBlocks(card?.blocks ?? []))).toBe('After\nText\nOpen your home');
    expect(card?.metadata).toMatchObject({ event_payload: { delivery_id: sent.deliveryId } });
  });

  it('is changed without a word about its metadata, which Slack then keeps, and without links made of its text', async () => {
    const receipt = await post(toPerson('UASHA'));
    await outbound.send(editing(toPerson('UASHA'), receipt));
    const call = emulator.calls('chat.update').at(-1);
    expect(Object.keys(call ?? {}).toSorted()).toEqual(['blocks', 'channel', 'parse', 'text', 'ts']);
    expect(call).toMatchObject({ ...receipt, text: 'We say Changed.', parse: 'none' });
  });

  it('is removed', async () => {
    const receipt = await post(toRoom('COPEN'));
    expect(await outbound.send(parcel(toRoom('COPEN'), { kind: 'remove', receipt }))).toEqual({
      kind: 'sent',
      receipt,
    });
    expect(emulator.messagesIn('COPEN').filter(({ ts }) => ts === receipt['ts'])).toEqual([]);
  });

  it('is gone where somebody removed it before', async () => {
    const receipt = await post(toRoom('COPEN'));
    emulator.removeMessage('COPEN', receipt['ts'] ?? '');
    expect(await outbound.send(editing(toRoom('COPEN'), receipt))).toMatchObject({ kind: 'gone' });
    expect(await outbound.send(parcel(toRoom('COPEN'), { kind: 'remove', receipt }))).toMatchObject({ kind: 'gone' });
  });

  it('is gone where it is not ours to change', async () => {
    const receipt = await post(toRoom('COPEN'));
    emulator.fail('chat.update', refused('cant_update_message'));
    emulator.fail('chat.delete', refused('cant_delete_message'));
    expect(await outbound.send(editing(toRoom('COPEN'), receipt))).toMatchObject({ kind: 'gone' });
    expect(await outbound.send(parcel(toRoom('COPEN'), { kind: 'remove', receipt }))).toMatchObject({ kind: 'gone' });
  });

  it.each<Receipt>([{}, { channel: 'COPEN' }, { channel: '', ts: '' }])(
    'is gone where %j is all we know of it: Slack is not asked',
    async (receipt) => {
      const before = emulator.made().length;
      expect(await outbound.send(editing(toRoom('COPEN'), receipt))).toMatchObject({ kind: 'gone' });
      expect(await outbound.send(parcel(toRoom('COPEN'), { kind: 'remove', receipt }))).toMatchObject({ kind: 'gone' });
      expect(emulator.made()).toHaveLength(before);
    },
  );
});

describe('a home', () => {
  it('is shown to its person under its heading, and takes the place of the one before', async () => {
    await outbound.send(parcel(toPerson('UBEN'), { kind: 'home', page: homeSaying('old') }));
    const outcome = await outbound.send(parcel(toPerson('UBEN'), { kind: 'home', page: homeSaying('new') }));
    expect(outcome).toEqual({ kind: 'sent', receipt: {} });
    const shown = textOf(readBlocks(emulator.homeOf('UBEN')?.blocks ?? []));
    expect(shown).toBe('Your network\nWelcome.\nnew\nText\nOpen your home\nnew again\nText\nOpen your home');
    expect(emulator.homeOf('UASHA')).toBeUndefined();
  });

  it('does not hold up anyone’s messages where homes are switched off', async () => {
    emulator.fail('views.publish', refused('not_enabled'));
    expect(await outbound.send(parcel(toPerson('UBEN'), { kind: 'home', page: homeSaying('x') }))).toEqual({
      kind: 'refused',
      reason: 'Slack: not_enabled. Switch on the Home tab in the app’s settings.',
    });
  });

  it('is a person’s alone', async () => {
    const outcome = await outbound.send(parcel(toRoom('COPEN'), { kind: 'home', page: homeSaying('x') }));
    expect(outcome.kind).toBe('refused');
  });
});
