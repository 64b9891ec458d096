import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Act, Destination, Outcome, Receipt } from '../../src/delivery/model.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { type Message, paragraph } from '../../src/messages/message.ts';
import { resumed } from '../../src/network/messages.ts';
import { recordingOutbound } from '../support/people.ts';
import { copies, delivery, type Ground, posted, prepare, run } from './contract-ground.ts';
import { can, type Platform, type PlatformStage, reason } from './contract-platform.ts';

export function describeSending<Stage extends PlatformStage>(platform: Platform<Stage>): void {
  describe(`${platform.name}: sending`, () => {
    const ground = prepare(platform);
    const { throttle, lose } = platform;

    test('what is sent stands at the other side, where its receipt says', async () => {
      const person = await ground().joined();
      const id = await posted(ground(), person);
      expect(await run(ground(), id)).toBe('sent');
      const { receipt } = await delivery(ground(), id);
      expect(await platform.find(ground().stage, receipt ?? {})).toContain(resumed().summary);
      expect(await copies(person)).toBe(1);
    });

    test('of several runs at once, one sends', async () => {
      const person = await ground().joined();
      const id = await posted(ground(), person);
      const runs = await Promise.all(Array.from({ length: 4 }, () => run(ground(), id)));
      expect(runs.toSorted()).toEqual(['idle', 'idle', 'idle', 'sent']);
      expect(await run(ground(), id)).toBe('idle');
      expect(await copies(person)).toBe(1);
    });

    test.skipIf(!can(throttle))(
      `a platform that asks us to wait is left alone for exactly as long, and no try is lost${reason(platform.name, throttle)}`,
      async () => {
        if (!can(throttle)) return;
        const person = await ground().joined();
        const id = await posted(ground(), person);
        throttle.begin(ground().stage);
        expect(await run(ground(), id)).toBe('later');
        throttle.end(ground().stage);
        const { status, not_before, attempts, put_off } = await delivery(ground(), id);
        expect([status, not_before.getTime() - ground().core.clock.now().getTime()]).toEqual([
          'pending',
          throttle.afterMs,
        ]);
        expect(attempts - put_off).toBe(throttle.outcome === 'throttled' ? 0 : 1);
        ground().pass(throttle.afterMs - 1);
        await ground().settle();
        expect(await copies(person)).toBe(0);
        ground().pass(1);
        await ground().settle();
        expect([(await delivery(ground(), id)).status, await copies(person)]).toEqual(['sent', 1]);
      },
    );

    test.skipIf(!can(lose))(
      `a person who is gone from it is written to by their next channel${reason(platform.name, lose)}`,
      async () => {
        if (!can(lose)) return;
        const person = await ground().joined();
        const id = await posted(ground(), person);
        lose.begin(ground().stage, person);
        const next = recordingOutbound(ground().stage.outbound.platform === 'email' ? 'web' : 'email');
        const both: Outbounds = new Map([...ground().outbounds, [next.platform, next]]);
        expect(await run(ground(), id, both)).toBe('sent');
        lose.end(ground().stage);
        expect(next.letters.map(({ deliveryId }) => deliveryId)).toEqual([id]);
        // The account is left alone from now on.
        expect(await run(ground(), await posted(ground(), person), both)).toBe('sent');
        expect(next.letters).toHaveLength(2);
        expect(await copies(person)).toBe(0);
      },
    );

    describeChanges(platform, ground);
  });
}

function card(word: string): Message {
  return { summary: `A card that says ${word}.`, heading: word, body: [paragraph(word)], buttons: [] };
}

function describeChanges<Stage extends PlatformStage>(platform: Platform<Stage>, ground: () => Ground<Stage>): void {
  const { rooms } = platform;
  const send = async (to: Destination, act: Act): Promise<Outcome> =>
    await ground().stage.outbound.send({ deliveryId: randomUUID(), to, act });
  const receiptOf = (outcome: Outcome): Receipt => {
    if (outcome.kind !== 'sent') throw new Error(`not sent: ${outcome.reason}`);
    return outcome.receipt;
  };
  const find = async (receipt: Receipt) => await platform.find(ground().stage, receipt);

  test.skipIf(!can(rooms))(
    `a card in a channel is changed where it stands, and removed, however often${reason(platform.name, rooms)}`,
    async () => {
      if (!can(rooms)) return;
      const to: Destination = { kind: 'room', ...rooms.open(ground().stage) };
      const receipt = receiptOf(await send(to, { kind: 'post', message: card('before') }));
      expect(await find(receipt)).toContain('before');
      for (const _ of [1, 2]) {
        const edited = receiptOf(await send(to, { kind: 'edit', message: card('after'), receipt }));
        expect(await find(edited)).toContain('after');
        expect(await find(edited)).not.toContain('before');
      }
      receiptOf(await send(to, { kind: 'remove', receipt }));
      expect(await find(receipt)).toBeUndefined();
      // What is no longer there cannot be changed: said, and not thrown.
      expect((await send(to, { kind: 'edit', message: card('again'), receipt })).kind).toBe('gone');
      expect((await send(to, { kind: 'remove', receipt })).kind).toBe('gone');
    },
  );

  if (can(rooms)) return;
  test('what it has no place for is refused, and nothing is sent', async () => {
    const person = await ground().joined();
    const before = await person.client.messages();
    const { platform: name } = ground().stage.outbound;
    const account: Destination = { kind: 'account', account: { platform: name, space: '', user: 'x' }, address: {} };
    const room: Destination = { kind: 'room', space: '', room: 'x' };
    const group: Destination = { kind: 'group', space: '', users: ['x', 'y'] };
    const message = card('any');
    const outcomes = await Promise.all([
      send(room, { kind: 'post', message }),
      send(group, { kind: 'post', message }),
      send(account, { kind: 'edit', message, receipt: {} }),
      send(account, { kind: 'remove', receipt: {} }),
      send(account, { kind: 'home', page: { heading: 'Home', body: [], cards: [] } }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'refused'));
    expect(await person.client.messages()).toEqual(before);
  });
}
