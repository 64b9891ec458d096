import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineNetwork } from '../../src/commands/doctor.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { blockedMs, doubtMs, sendingLeaseMs } from '../../src/delivery/rules.ts';
import { addPeople } from '../support/crowd.ts';
import { postMessages } from '../support/jobs.ts';

import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

/** Another message to the same person, both of them in doubt. */
async function twoInDoubt(): Promise<readonly string[]> {
  const ids = [stage.id, await stage.another()];
  for (const id of ids) {
    stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(stage.core, stage.outbounds, id);
    stage.later(blockedMs);
  }
  stage.later(sendingLeaseMs + 1);
  return ids;
}

test('one look-up that is never answered blocks no other of its workspace', async () => {
  const [first, second] = await twoInDoubt();
  const stubborn: Outbound = {
    ...stage.slack,
    findTrace: ({ deliveryId }) =>
      Promise.resolve(deliveryId === first ? { kind: 'later' } : { kind: 'sent', receipt: {} }),
  };
  const ways = new Map([['slack', stubborn] as const]);
  await reconcile(stage.core, ways);
  await reconcile(stage.core, ways);
  const sent = await stage.core.db.selectFrom('deliveries').select('id').where('status', '=', 'sent').execute();
  expect(sent).toEqual([{ id: second }]);
});

test('a backlog of one silent workspace keeps no other from being looked up', async () => {
  const began = stage.core.clock.now();
  await postMessages(stage.core, stage.member, 250);
  await stage.core.db
    .updateTable('deliveries')
    .set((set) => ({
      status: 'sending',
      sending_at: began,
      stream: 'slack:T#messages',
      account_id: set.selectFrom('accounts').select('accounts.id').where('accounts.space', '=', 'T'),
    }))
    .execute();
  const [other] = await addPeople(stage.core, 'U', 1);
  if (other === undefined) throw new Error('There is nobody');
  await postMessages(stage.core, other);
  const { id } = await stage.core.db
    .selectFrom('deliveries')
    .select('id')
    .where('status', '=', 'pending')
    .executeTakeFirstOrThrow();
  await stage.core.db.updateTable('deliveries').set({ stream: 'slack:U#messages' }).where('id', '=', id).execute();
  stage.later(1);
  stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
  await deliver(stage.core, stage.outbounds, id);
  stage.later(sendingLeaseMs + 1);
  const silent: Outbound = {
    ...stage.slack,
    findTrace: ({ to }) =>
      Promise.resolve(
        to.kind === 'account' && to.account.space === 'U' ? { kind: 'sent', receipt: {} } : { kind: 'later' },
      ),
  };
  await reconcile(stage.core, new Map([['slack', silent]]));
  const sent = await stage.core.db.selectFrom('deliveries').select('id').where('status', '=', 'sent').execute();
  expect(sent).toEqual([{ id }]);
});

test('two who look at once ask about each once', async () => {
  await twoInDoubt();
  stage.slack.answer = { kind: 'sent', receipt: {} };
  await Promise.all([1, 2, 3].map(() => reconcile(stage.core, stage.outbounds)));
  expect(stage.slack.asked).toHaveLength(2);
});

test('what stays in doubt is shown to the operator, and given up after some hours', async () => {
  stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
  await deliver(stage.core, stage.outbounds, stage.id);
  const inDoubt = async () =>
    (await examineNetwork(stage.core)).filter(({ what }) => what === 'Messages in doubt').map(({ found }) => found);
  stage.slack.answer = { kind: 'later' };
  stage.later(2 * sendingLeaseMs);
  await reconcile(stage.core, stage.outbounds);
  expect(await inDoubt()).toEqual([]);
  stage.later(3 * sendingLeaseMs + 1);
  await reconcile(stage.core, stage.outbounds);
  expect(await inDoubt()).toEqual(['1 not settled for 10 minutes or more']);
  stage.later(doubtMs);
  await reconcile(stage.core, stage.outbounds);
  expect(await stage.row()).toMatchObject({ status: 'failed', reason: expect.stringContaining('did not say') });
  expect(await inDoubt()).toEqual([]);
});
