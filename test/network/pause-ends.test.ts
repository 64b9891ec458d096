import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { networkDue } from '../../src/network/due.ts';
import type { Member } from '../../src/network/model.ts';
import { leave, pause, resume } from '../../src/network/service.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { addActive, ask, mustFind, recordingOutbound, saidTo } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let member: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
  await ask(core, member, { kind: 'network.pause', weeks: '1' });
  stage.clock.set(new Date('2027-03-09T12:00:00Z'));
});
afterEach(() => stage.close());

const presses: readonly [string, () => Promise<unknown>][] = [
  ['pauses again', () => pause(core, member, '2')],
  ['resumes', () => resume(core, member)],
  ['leaves', () => leave(core, member)],
];

test.each(presses)(
  'a member %s at the moment their pause ends: neither is in the way of the other',
  async (_, press) => {
    let pressed: Promise<unknown> = Promise.resolve();
    // As what falls due is done, step by step: its place on the agenda is held first.
    await core.db.transaction().execute(async (tx) => {
      const row = tx
        .selectFrom('agenda')
        .select(['id', 'kind', 'subject', 'due_at'])
        .where('kind', '=', 'network.pause-ends');
      const due = await row.forUpdate().executeTakeFirstOrThrow();
      await tx.updateTable('agenda').set({ done_at: core.clock.now() }).where('id', '=', due.id).execute();
      pressed = press();
      await untilWaiting(core, tx, 1, pressed);
      await networkDue(core, tx, { kind: due.kind, subject: due.subject, at: due.due_at });
    });
    await pressed;
  },
);

test('a pause of the same moment stands, and its end is on the agenda', async () => {
  await pause(core, member, '2');
  expect((await mustFind(core, member.id)).pausedUntil).toEqual(new Date('2027-03-23T12:00:00Z'));
  const rows = core.db.selectFrom('agenda').select('due_at').where('kind', '=', 'network.pause-ends');
  expect(await rows.where('done_at', 'is', null).execute()).toEqual([{ due_at: new Date('2027-03-23T12:00:00Z') }]);
});

test('that messages are on again is not said to someone who has paused again since', async () => {
  await settleAll(core, new Map());
  const web = recordingOutbound();
  await core.db.updateTable('deliveries').set({ status: 'pending' }).where('kind', '=', 'network.resumed').execute();
  await ask(core, member, { kind: 'network.pause', weeks: '2' });
  await settleAll(core, new Map([['web', web]]));
  expect(saidTo(web, member)).not.toContain('Your messages are on again.');
  const rows = core.db.selectFrom('deliveries').select(['status', 'reason']).where('kind', '=', 'network.resumed');
  expect(await rows.execute()).toEqual([{ status: 'dropped', reason: 'the member is paused again' }]);
});
