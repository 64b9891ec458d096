import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Act, Destination, Outcome, Receipt } from '../../src/delivery/model.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { type Message, paragraph } from '../../src/messages/message.ts';
import { resumed } from '../../src/network/pause-messages.ts';
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

  const { groups } = platform;
  test.skipIf(!can(groups))(
    `a group of people is made once, and reads what is posted to it${reason(platform.name, groups)}`,
    async () => {
      if (!can(groups)) return;
      const people = [await ground().joined(), await ground().joined()];
      const to: Destination = { kind: 'group', ...groups.open(ground().stage, people) };
      const receipts = [
        receiptOf(await send(to, { kind: 'post', message: card('first') })),
        receiptOf(await send(to, { kind: 'post', message: card('second') })),
      ];
      expect(await Promise.all(receipts.map(find))).toEqual([
        expect.stringContaining('first'),
        expect.stringContaining('second'),
      ]);
      expect(new Set(receipts.map(({ channel }) => channel)).size).toBe(1);
    },
  );

  describeImpossible(platform, ground);
}

type Asked = readonly [string, Destination, Act];

/** What this platform has no place for. */
function impossible<Stage>({ rooms, groups, homes }: Platform<Stage & PlatformStage>): readonly Asked[] {
  const account: Destination = { kind: 'account', account: { platform: 'web', space: '', user: 'x' }, address: {} };
  const message = card('any');
  const inRooms: readonly Asked[] = [
    ['a message to a channel', { kind: 'room', space: '', room: 'x', address: {} }, { kind: 'post', message }],
    ['an edit', account, { kind: 'edit', message, receipt: {} }],
    ['a removal', account, { kind: 'remove', receipt: {} }],
  ];
  const inGroups: readonly Asked[] = [
    ['a message to a group', { kind: 'group', space: '', users: ['x', 'y'] }, { kind: 'post', message }],
  ];
  const page = { heading: 'Home', body: [], cards: [] };
  const atHome: readonly Asked[] = [['a home', account, { kind: 'home', page }]];
  return [...(can(rooms) ? [] : inRooms), ...(can(groups) ? [] : inGroups), ...(can(homes) ? [] : atHome)];
}

function describeImpossible<Stage extends PlatformStage>(platform: Platform<Stage>, ground: () => Ground<Stage>): void {
  for (const [what, to, act] of impossible(platform)) {
    test(`${what} is refused, and nothing is sent`, async () => {
      const person = await ground().joined();
      const before = await person.client.messages();
      const outcome = await ground().stage.outbound.send({ deliveryId: randomUUID(), to, act });
      expect(outcome.kind).toBe('refused');
      expect(await person.client.messages()).toEqual(before);
    });
  }
}
