import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { limits } from '../../../adapters/teams/limits.ts';
import type { Act, Destination, Outcome, Receipt } from '../../../src/delivery/model.ts';
import { type Message, paragraph } from '../../../src/messages/message.ts';
import { bearerOf, type Fault } from '../../support/connector-stub.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { enrolWithOwn, network, openChannel, openChat } from '../../support/teams-places.ts';
import { openTeamsRig, type TeamsRig } from '../../support/teams-rig.ts';
import { textOf } from '../../support/teams-screen.ts';

let ground: TestCore;
let rig: TeamsRig;

beforeAll(async () => {
  ground = await openTestCore();
  rig = await openTeamsRig(ground.core);
});
beforeEach(() => rig.stub.mend());
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await rig.close();
  await ground.close();
});

function saying(word: string): Message {
  return { summary: `A card that says ${word}.`, heading: 'Heading', body: [paragraph(word)], buttons: [] };
}

const posting: Act = { kind: 'post', message: saying('before') };

async function send(to: Destination, act: Act = posting): Promise<Outcome> {
  return await rig.channel.outbound.send({ deliveryId: randomUUID(), to, act });
}

type Place = Exclude<Destination, { kind: 'group' }>;

function chat(owner = network): Place {
  return { kind: 'account', ...openChat(rig, owner) };
}

function channel(owner = network): Place {
  const address = openChannel(rig, owner);
  return { kind: 'room', space: owner.tenantId, room: address.conversationId, address };
}

const places = [
  { name: 'a private chat', open: chat, alert: true },
  { name: 'a channel', open: channel, alert: false },
] as const;

function receiptOf(outcome: Outcome): Receipt {
  if (outcome.kind !== 'sent') throw new Error(outcome.reason);
  return outcome.receipt;
}

function standing({ conversationId = '', activityId }: Receipt) {
  return rig.stub.messages(conversationId).find(({ id }) => id === activityId)?.activity;
}

function shown(receipt: Receipt): string {
  return (standing(receipt)?.attachments ?? []).map(({ content }) => textOf(content)).join();
}

/** The methods of the calls made meanwhile. */
async function callsDuring(act: () => Promise<unknown>): Promise<readonly string[]> {
  const before = rig.stub.calls.length;
  await act();
  return rig.stub.calls.slice(before).map(({ method }) => method);
}

describe.each(places)('in $name', ({ open, alert }) => {
  test('a card is posted, changed where it stands, and taken away, with one call each', async () => {
    const to = open();
    let receipt: Receipt = {};
    const posted = await callsDuring(async () => {
      receipt = receiptOf(await send(to));
    });
    expect(standing(receipt)).toMatchObject({
      channelData: { notification: { alert } },
      summary: posting.message.summary,
    });
    const edited = await callsDuring(async () => {
      expect(receiptOf(await send(to, { kind: 'edit', message: saying('after'), receipt }))).toEqual(receipt);
    });
    expect([shown(receipt).includes('after'), shown(receipt).includes('before')]).toEqual([true, false]);
    const removed = await callsDuring(() => send(to, { kind: 'remove', receipt }));
    expect(standing(receipt)).toBeUndefined();
    expect([posted, edited, removed]).toEqual([['POST'], ['PUT'], ['DELETE']]);
  });

  test('what is no longer there cannot be changed or taken away: said, and not thrown', async () => {
    const to = open();
    const receipt = receiptOf(await send(to));
    await send(to, { kind: 'remove', receipt });
    for (const act of [
      { kind: 'edit', message: saying('after'), receipt },
      { kind: 'remove', receipt },
    ] as const) {
      expect(await callsDuring(async () => expect((await send(to, act)).kind).toBe('gone'))).toHaveLength(1);
    }
  });

  test('a card that nobody knows the name of is gone without a call', async () => {
    const to = open();
    const receipt = { conversationId: 'a:1' };
    for (const act of [
      { kind: 'edit', message: saying('after'), receipt },
      { kind: 'remove', receipt },
    ] as const) {
      expect(await callsDuring(async () => expect((await send(to, act)).kind).toBe('gone'))).toEqual([]);
    }
  });

  test.each<Fault>([
    { kind: 'answer', status: 500, code: 'ServiceError' },
    { kind: 'answer', status: 503, code: 'ServiceUnavailable', headers: { 'retry-after': '0' } },
    { kind: 'answer', status: 429, code: 'Throttled', headers: { 'retry-after': '0' } },
    { kind: 'answer', status: 307, code: 'Moved', headers: { location: '/emea/v3/conversations/a/activities' } },
    { kind: 'cut', taken: true },
    { kind: 'cut', taken: false },
  ])('nothing is done twice by itself after %j', async (fault) => {
    const to = open();
    const receipt = receiptOf(await send(to));
    rig.stub.behave(() => fault);
    const acts = [posting, { kind: 'edit', message: saying('after'), receipt }, { kind: 'remove', receipt }] as const;
    for (const act of acts) expect(await callsDuring(() => send(to, act))).toHaveLength(1);
  });

  test('an answer that does not say what the card is called leaves it in doubt', async () => {
    for (const fault of [{ kind: 'nameless' }, { kind: 'page', status: 200 }] as const) {
      rig.stub.misbehave(fault);
      expect((await send(open())).kind).toBe('unknown');
    }
  });

  test.each<Fault>([{ kind: 'silence' }, { kind: 'half' }])(
    'an answer that does not come, or not to its end (%j), is waited for as long as we said',
    async (fault) => {
      const to = open();
      const waits: number[] = [];
      vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
        waits.push(ms);
        return soon();
      });
      rig.stub.behave(() => fault);
      expect(await callsDuring(async () => expect((await send(to)).kind).toBe('unknown'))).toEqual(['POST']);
      expect(waits).toEqual([limits.deliveryCallMs]);
    },
  );
});

/** The same signal, after a fifth of a second instead of after many. */
function soon(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), 200);
  return controller.signal;
}

test('whether something arrived cannot be asked', async () => {
  const asked = { deliveryId: randomUUID(), to: chat() };
  expect(await rig.channel.outbound.findTrace(asked, ground.core.clock.now())).toEqual({ kind: 'unknown' });
});

describe('what Teams has no place for is refused, and nothing is called', () => {
  const group: Destination = { kind: 'group', space: network.tenantId, users: ['a', 'b'] };
  const home: Act = { kind: 'home', page: { heading: 'Home', body: [], cards: [] } };

  test.each([
    ['a group', () => send(group)],
    ['a home', () => send(chat(), home)],
  ])('%s', async (_name, act) => {
    expect(await callsDuring(async () => expect((await act()).kind).toBe('refused'))).toEqual([]);
  });
});

describe('as whom', () => {
  async function expectGone(to: Destination, reason: string, what = posting): Promise<void> {
    const act = async () => expect(await send(to, what)).toEqual({ kind: 'gone', reason: `Teams: ${reason}` });
    expect(await callsDuring(act)).toEqual([]);
  }

  test.each(places)('$name is written to by the registration that serves its tenant', async ({ open }) => {
    const council = await enrolWithOwn(ground.core);
    for (const owner of [network, council]) {
      const { conversationId = '' } = receiptOf(await send(open(owner)));
      const calls = rig.stub.callsTo(conversationId);
      expect(calls.map(({ authorization }) => authorization)).toEqual([`Bearer ${bearerOf(owner.appId)}`]);
    }
  });

  test('an address from before there were others is the network’s own', async () => {
    const { account, address } = openChat(rig);
    expect((await send({ kind: 'account', account, address: { ...address, appId: '' } })).kind).toBe('sent');
    const council = await enrolWithOwn(ground.core);
    const moved = { ...openChat(rig).address, tenantId: council.tenantId, appId: '' };
    await expectGone({ kind: 'account', account, address: moved }, 'they have not opened the new app yet');
  });

  test.each(places)('$name of another registration than the tenant’s is left alone', async ({ open }) => {
    const council = await enrolWithOwn(ground.core);
    await expectGone(open({ ...council, appId: network.appId }), 'they have not opened the new app yet');
    await expectGone(open({ ...network, appId: council.appId }), 'they have not opened the new app yet');
  });

  test.each(places)('a card in $name is changed by the bot that posted it, and by no other', async ({ open }) => {
    const council = await enrolWithOwn(ground.core);
    const [old, now] = [receiptOf(await send(open())), open(council)];
    const { conversationId = '', activityId = '' } = old;
    const before = rig.stub.callsTo(conversationId).length;
    // What was kept before there were other registrations says nothing of them: it is of the network's.
    for (const receipt of [old, { conversationId, activityId }]) {
      await expectGone(now, 'the card is another app’s', { kind: 'edit', message: saying('after'), receipt });
      await expectGone(now, 'the card is another app’s', { kind: 'remove', receipt });
    }
    expect(rig.stub.callsTo(conversationId)).toHaveLength(before);
    expect(shown(old)).toContain('before');
    const theirs = receiptOf(await send(now));
    expect((await send(now, { kind: 'edit', message: saying('after'), receipt: theirs })).kind).toBe('sent');
    expect(shown(theirs)).toContain('after');
  });

  test('a card from before there were others is the network’s own, and is changed by it', async () => {
    const to = chat();
    const { appId: _, ...receipt } = receiptOf(await send(to));
    expect((await send(to, { kind: 'edit', message: saying('after'), receipt })).kind).toBe('sent');
    expect(shown(receipt)).toContain('after');
  });

  test.each(places)('$name of a tenant that is not enrolled is left alone', async ({ open }) => {
    await expectGone(open({ ...network, tenantId: randomUUID() }), 'their tenant is not enrolled');
  });

  test.each(places)('$name whose address cannot be read is left alone', async ({ open }) => {
    await expectGone({ ...open(), address: {} }, 'we do not know where to write to them');
  });

  test.each(places)('our token goes nowhere but to Teams, even where $name says so', async ({ open }) => {
    const to = open();
    const serviceUrl = rig.stub.serviceUrl.replace('127.0.0.1', 'localhost');
    const elsewhere = { ...to, address: { ...to.address, serviceUrl } };
    await expectGone(elsewhere, 'the stored address is not one that Teams answers at');
  });
});
