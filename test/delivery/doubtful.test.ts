import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import { claim } from '../../src/delivery/ledger.ts';
import type { Outbound, Outcome } from '../../src/delivery/model.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { blockedMs, sendingLeaseMs } from '../../src/delivery/rules.ts';
import { refresh, refreshDelayMs } from '../../src/store/outbox.ts';
import { addMember } from '../support/core.ts';
import { addPeople } from '../support/crowd.ts';
import { postMessages } from '../support/jobs.ts';
import { patience } from '../support/patience.ts';
import { joinFrom } from '../support/people.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

test.each([
  [{ kind: 'sent', receipt: { ts: '1.2' } }, 'sent', 1],
  [{ kind: 'not-sent' }, 'sent', 2],
  [{ kind: 'unknown' }, 'failed', 1],
  [{ kind: 'later' }, 'sending', 1],
] as const)(
  'after a broken line, a platform that answers %o leaves it %s after %i sending(s)',
  async (answer, status, sendings) => {
    stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(stage.core, stage.outbounds, stage.id);
    expect(await reconcile(stage.core, stage.outbounds)).toBe(0);
    stage.later(sendingLeaseMs + 1);
    stage.slack.answer = answer;
    expect(await reconcile(stage.core, stage.outbounds)).toBe(1);
    await deliver(stage.core, stage.outbounds, stage.id);
    expect((await stage.row()).status).toBe(status);
    expect(stage.slack.letters).toHaveLength(sendings);
  },
);

test('a crash before it was known where it goes cannot have sent anything, so it is sent', async () => {
  await stage.core.db
    .updateTable('deliveries')
    .set({ status: 'sending', sending_at: stage.core.clock.now() })
    .where('id', '=', stage.id)
    .execute();
  stage.later(sendingLeaseMs + 1);
  await reconcile(stage.core, stage.outbounds);
  expect(await deliver(stage.core, stage.outbounds, stage.id)).toBe('sent');
});

test('a platform that does not answer is asked again, and its answer then counts', async () => {
  const began = stage.core.clock.now();
  stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
  await deliver(stage.core, stage.outbounds, stage.id);
  stage.slack.answer = { kind: 'later' };
  stage.later(sendingLeaseMs + 1);
  await reconcile(stage.core, stage.outbounds);
  expect(await reconcile(stage.core, stage.outbounds)).toBe(0);
  stage.slack.answer = { kind: 'sent', receipt: {} };
  stage.later(sendingLeaseMs + 1);
  await reconcile(stage.core, stage.outbounds);
  expect((await stage.row()).status).toBe('sent');
  expect(stage.slack.letters).toHaveLength(1);
  // Both times the look goes back to when it was sent: a later one would miss the message.
  expect(stage.slack.asked).toEqual([began, began]);
});

test('what is cut off again and again is given up after a day, in sight of the operator', async () => {
  let attempts = 0;
  for (; (await stage.row()).status !== 'failed'; attempts += 1) {
    stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(stage.core, stage.outbounds, stage.id);
    stage.slack.answer = { kind: 'not-sent' };
    stage.later(sendingLeaseMs + 1);
    await reconcile(stage.core, stage.outbounds);
    const wait = (await stage.row()).not_before.getTime() - stage.core.clock.now().getTime();
    stage.later(Math.max(wait, 0));
  }
  expect(attempts).toBeGreaterThan(24);
  expect(attempts).toBeLessThan(48);
  expect(await stage.row()).toMatchObject({ status: 'failed', reason: 'gave up: cut off, and not sent' });
});

test('a look that breaks does not keep the others from being decided', async () => {
  const other = await addMember(stage.core, { email: 'bo@york.example', council: 'York' });
  const profile = () => Promise.resolve({ name: '', email: other.email, zone: '', locale: '' });
  const account = { platform: 'slack', space: 'T', user: 'V' } as const;
  await joinFrom(stage.core, other, { account, address: {}, profile });
  const rows = await stage.core.db.selectFrom('deliveries').select('id').execute();
  for (const each of rows) {
    stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(stage.core, stage.outbounds, each.id);
    stage.later(blockedMs);
  }
  stage.later(sendingLeaseMs + 1);
  const breaks: Outbound = {
    ...stage.slack,
    findTrace: ({ to }) =>
      to.kind === 'account' && to.account.user === 'U'
        ? Promise.reject(new Error('bug'))
        : Promise.resolve({ kind: 'sent', receipt: {} }),
  };
  await expect(reconcile(stage.core, new Map([['slack', breaks]]))).rejects.toThrow('could not be looked up');
  const statuses = await stage.core.db.selectFrom('deliveries').select('status').orderBy('status').execute();
  expect(statuses.map(({ status }) => status)).toEqual(['sending', 'sent']);
});

test('a run that was taken for dead changes nothing when it comes back', async () => {
  const answered = Promise.withResolvers<Outcome>();
  const slow = { ...stage.slack, send: () => answered.promise };
  const first = deliver(stage.core, new Map([['slack', slow]]), stage.id);
  await vi.waitFor(async () => expect((await stage.row()).status).toBe('sending'), patience);
  stage.later(sendingLeaseMs + 1);
  stage.slack.answer = { kind: 'not-sent' };
  await vi.waitFor(async () => expect(await reconcile(stage.core, stage.outbounds)).toBe(1), patience);
  const second = await claim(stage.core.db, stage.id, stage.core.clock.now());
  answered.resolve({ kind: 'refused', reason: 'too late' });
  expect(await first).toBe('idle');
  expect(await stage.row()).toMatchObject({ status: 'sending', attempts: second?.attempts });
});

test('a change that broke off is done again, and never looked up', async () => {
  const account = await stage.core.db
    .selectFrom('accounts')
    .select('id')
    .where('platform', '=', 'slack')
    .executeTakeFirstOrThrow();
  await stage.core.db.deleteFrom('deliveries').execute();
  const stale = { kind: 'network.home', subject: account.id, memberId: stage.member.id, via: 'slack' } as const;
  await stage.core.db.transaction().execute((tx) => refresh(tx, stage.core.clock.now(), stale));
  const { id } = await stage.core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
  stage.later(refreshDelayMs);
  stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
  expect(await deliver(stage.core, stage.outbounds, id)).toBe('later');
  const put = await stage.core.db.selectFrom('deliveries').select(['status', 'attempts']).executeTakeFirst();
  expect(put).toEqual({ status: 'pending', attempts: 1 });
  await stage.core.db
    .updateTable('deliveries')
    .set({ status: 'sending', sending_at: stage.core.clock.now() })
    .execute();
  stage.later(sendingLeaseMs + 1);
  await reconcile(stage.core, stage.outbounds);
  expect(await deliver(stage.core, stage.outbounds, id)).toBe('sent');
  expect([stage.slack.asked, stage.slack.parcels.map(({ act }) => act.kind)]).toEqual([[], ['home', 'home']]);
});

test('a message cut off on a channel that was switched off meanwhile is not sent again by another', async () => {
  stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
  await deliver(stage.core, stage.outbounds, stage.id);
  stage.later(sendingLeaseMs + 1);
  await reconcile(stage.core, new Map([['web', stage.web]]));
  expect(await stage.row()).toMatchObject({ status: 'failed', reason: expect.stringContaining('closed now') });
  expect(stage.web.parcels).toEqual([]);
});

test('a workspace that does not answer look-ups is asked one thing, another is asked all the same', async () => {
  await stage.another();
  const [other] = await addPeople(stage.core, 'U', 1);
  if (other === undefined) throw new Error('There is nobody');
  await postMessages(stage.core, other);
  for (const each of await stage.core.db.selectFrom('deliveries').select('id').execute()) {
    stage.slack.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
    await deliver(stage.core, stage.outbounds, each.id);
    stage.later(blockedMs);
  }
  stage.later(sendingLeaseMs + 1);
  const asked: string[] = [];
  const silent: Outbound = {
    ...stage.slack,
    findTrace({ to }) {
      asked.push(to.kind === 'account' ? to.account.space : '');
      return Promise.resolve({ kind: 'later' });
    },
  };
  expect(await reconcile(stage.core, new Map([['slack', silent]]))).toBe(3);
  expect(asked.toSorted()).toEqual(['T', 'U']);
});
