import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { networkDue } from '../../src/network/due.ts';
import type { Member, Programme } from '../../src/network/model.ts';
import { resume } from '../../src/network/pausing.ts';
import { leave } from '../../src/network/service.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, mustFind, type RecordingOutbound, recordingOutbound, saidTo } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let member: Member;
let web: RecordingOutbound;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
  web = recordingOutbound();
});
afterEach(() => stage.close());

async function pause(until: string, ...chosen: readonly Programme[]): Promise<void> {
  const reply = await ask(core, member, chosen.length === 0 ? pauseUntil(until) : pauseUntil(until, chosen));
  expect(reply.kind).toBe('message');
}

/** What the member was told of their pauses, once the clock shows this. */
async function toldBy(moment: string): Promise<readonly string[]> {
  stage.clock.set(new Date(moment));
  await settleAll(core, new Map([['web', web]]));
  return saidTo(web, member).filter((words) => words.startsWith('Your pause has ended'));
}

async function untils() {
  const { promptsPausedUntil, matchingPausedUntil, conversationsPausedUntil } = await mustFind(core, member.id);
  return [promptsPausedUntil, matchingPausedUntil, conversationsPausedUntil].map((until) => until?.toISOString());
}

test('what is paused together ends together at the start of that day, with one notice that names it', async () => {
  await pause('2027-03-16');
  expect(await toldBy('2027-03-15T23:59:59Z')).toEqual([]);
  const told = 'Your pause has ended. You get prompts to reflect on, matches and news of conversations again.';
  expect(await toldBy('2027-03-16T00:00:00Z')).toEqual([told]);
  expect(await toldBy('2027-03-20T00:00:00Z')).toEqual([told]);
  expect(await untils()).toEqual([undefined, undefined, undefined]);
});

test('pausing one programme leaves the others as they are; what ends at one moment is told once', async () => {
  await pause('2027-03-16', 'matching');
  await pause('2027-03-10', 'conversations');
  await pause('2027-03-16', 'prompts');
  expect(await untils()).toEqual(['2027-03-16T00:00:00.000Z', '2027-03-16T00:00:00.000Z', '2027-03-10T00:00:00.000Z']);
  const first = 'Your pause has ended. You get news of conversations again.';
  expect(await toldBy('2027-03-10T00:00:00Z')).toEqual([first]);
  const second = 'Your pause has ended. You get prompts to reflect on and matches again.';
  expect(await toldBy('2027-03-16T00:00:00Z')).toEqual([first, second]);
});

test('a pause made longer does not end early, and one made shorter not late', async () => {
  await pause('2027-03-10', 'prompts', 'matching');
  await pause('2027-03-20', 'matching');
  expect(await toldBy('2027-03-10T00:00:00Z')).toEqual(['Your pause has ended. You get prompts to reflect on again.']);
  expect(await untils()).toEqual([undefined, '2027-03-20T00:00:00.000Z', undefined]);
  await pause('2027-03-12', 'matching');
  const open = core.db.selectFrom('agenda').select('due_at').where('kind', '=', 'network.pause-ends');
  expect(await open.where('done_at', 'is', null).execute()).toEqual([{ due_at: new Date('2027-03-12T00:00:00Z') }]);
  expect(await toldBy('2027-03-12T00:00:00Z')).toContain('Your pause has ended. You get matches again.');
  expect(await toldBy('2027-03-21T00:00:00Z')).toHaveLength(2);
});

test('starting again ends them all, and nothing is told later', async () => {
  await pause('2027-03-10', 'prompts');
  await pause('2027-03-12', 'matching');
  await ask(core, member, { kind: 'network.resume' });
  expect(await untils()).toEqual([undefined, undefined, undefined]);
  expect(await toldBy('2027-03-13T00:00:00Z')).toEqual([]);
});

test('who moves takes the day along: it ends when that day begins on the new clock', async () => {
  await pause('2027-03-16');
  await ask(core, member, { kind: 'network.preferences', name: '', zone: 'America/New_York', locale: 'follow' });
  expect(await untils()).toEqual(Array(3).fill('2027-03-16T04:00:00.000Z'));
  expect(await toldBy('2027-03-16T03:59:00Z')).toEqual([]);
  expect(await toldBy('2027-03-16T04:00:00Z')).toHaveLength(1);
});

test('who moves to where that day has begun is on again at once', async () => {
  await pause('2027-03-03');
  stage.clock.set(new Date('2027-03-02T23:00:00Z'));
  await ask(core, member, { kind: 'network.preferences', name: '', zone: 'Asia/Tokyo', locale: 'follow' });
  expect(await toldBy('2027-03-02T23:00:00Z')).toHaveLength(1);
});

const presses: readonly [string, () => Promise<unknown>][] = [
  ['pauses again', () => pause('2027-03-23')],
  ['resumes', () => resume(core, member)],
  ['leaves', () => leave(core, member)],
];

test.each(presses)(
  'a member %s at the moment their pause ends: neither is in the way of the other',
  async (_, press) => {
    await pause('2027-03-09');
    stage.clock.set(new Date('2027-03-09T12:00:00Z'));
    let pressed: Promise<unknown> = Promise.resolve();
    // As what falls due is done, step by step: its place on the agenda is held first.
    await core.db.transaction().execute(async (tx) => {
      const row = tx.selectFrom('agenda').select(['id', 'subject', 'due_at']).where('kind', '=', 'network.pause-ends');
      const due = await row.forUpdate().executeTakeFirstOrThrow();
      await tx.updateTable('agenda').set({ done_at: core.clock.now() }).where('id', '=', due.id).execute();
      pressed = press();
      await untilWaiting(core, tx, 1, pressed);
      await networkDue(core, tx, { kind: 'network.pause-ends', subject: due.subject, at: due.due_at });
    });
    await pressed;
  },
);

test('what is on again is not said of what has been paused again since', async () => {
  await pause('2027-03-09');
  stage.clock.set(new Date('2027-03-09T00:00:00Z'));
  await settleAll(core, new Map());
  await core.db.updateTable('deliveries').set({ status: 'pending' }).where('kind', '=', 'network.resumed').execute();
  await pause('2027-03-23', 'prompts');
  expect(await toldBy('2027-03-09T00:00:00Z')).toEqual([
    'Your pause has ended. You get matches and news of conversations again.',
  ]);
  await core.db.updateTable('deliveries').set({ status: 'pending' }).where('kind', '=', 'network.resumed').execute();
  await pause('2027-03-23');
  expect(await toldBy('2027-03-09T00:00:00Z')).toHaveLength(1);
  const rows = core.db.selectFrom('deliveries').select(['status', 'reason']).where('kind', '=', 'network.resumed');
  expect(await rows.execute()).toEqual([{ status: 'dropped', reason: 'the member is paused again' }]);
});
