import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Outcome } from '../../src/delivery/model.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { sendingLeaseMs } from '../../src/delivery/rules.ts';
import type { Chats } from '../support/chats.ts';
import { press } from '../support/chats.ts';
import { addHost, propose, signUp } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { type CardStage, openCards } from './cards-stage.ts';

/*
 * What can happen to a card, or to its update, between our deciding and its standing there.
 */

let stage: CardStage;
beforeEach(async () => {
  stage = await openCards();
});
afterEach(() => stage.close());

/** What Slack is given next is kept back until it is let go. */
function keepBack(slack: Chats): { readonly begun: Promise<void>; letGo(): void } {
  const send = slack.send.bind(slack);
  const begun = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  Object.assign(slack, {
    send: async (parcel: Parameters<Chats['send']>[0]) => {
      Object.assign(slack, { send });
      begun.resolve();
      await open.promise;
      return await send(parcel);
    },
  });
  return { begun: begun.promise, letGo: open.resolve };
}

test('a card that is on its way in the words of before is put right once it is there', async () => {
  const { core, one, two, onWeb, outbounds } = stage;
  const fresh = await propose(core, await addHost(core, 'Olu Other'), { title: 'On its way' });
  const { begun, letGo } = keepBack(stage.slack);
  const announcing = settleAll(core, outbounds);
  await begun;
  await signUp(core, onWeb, fresh);
  stage.later(10_000);
  await settleAll(core, outbounds);
  const waits = core.db.selectFrom('deliveries').select('reason').where('status', '=', 'pending');
  expect(await waits.execute()).toEqual([{ reason: 'the card is still on its way' }]);
  letGo();
  await announcing;
  await stage.settle();
  expect([one, two].map((member) => stage.seats(member, 'On its way'))).toEqual(['2 of 3 left', '2 of 3 left']);
});

test('one that is sent after the change is true, and needs no update', async () => {
  const { core, one, onTeams, onWeb, outbounds } = stage;
  const held = await propose(core, await addHost(core, 'Hana Held'), { title: 'Held back' });
  const busy = { kind: 'later', afterMs: 60_000, reason: '' } as const;
  stage.slack.outcomes.push(busy, busy);
  await settleAll(core, outbounds);
  await signUp(core, onWeb, held);
  stage.later(10_000);
  await settleAll(core, outbounds);
  expect((await stage.updates()).map(({ member_id }) => member_id)).toEqual([onTeams.id]);
  stage.later(60_000);
  await settleAll(core, outbounds);
  expect(stage.seats(one, 'Held back')).toBe('2 of 3 left');
});

test('an edit in the words of before a press, that arrives after it, does not stand', async () => {
  const { core, id, one, onWeb, slack, outbounds } = stage;
  await core.db.deleteFrom('members').where('id', '=', stage.two.id).execute();
  await signUp(core, onWeb, id);
  const { begun, letGo } = keepBack(slack);
  stage.later(10_000);
  const editing = settleAll(core, outbounds);
  await begun;
  const reply = await press(core, slack, one, { kind: 'conversations.sign-up', conversation: id });
  letGo();
  await editing;
  await stage.settle();
  expect(reply).toEqual({ kind: 'replace', message: stage.cardOf(one) });
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    'cannot be reached there any more',
    () => stage.core.db.updateTable('accounts').set({ reachable: false }).where('platform', '=', 'slack').execute(),
    'no channel reaches this member',
  ],
  [
    'has lost that account',
    () => stage.core.db.deleteFrom('accounts').where('platform', '=', 'slack').execute(),
    'the account that has the card is no longer there',
  ],
  [
    'was sent it by a platform that changes nothing',
    () => stage.core.db.updateTable('accounts').set({ platform: 'web' }).where('platform', '=', 'slack').execute(),
    'the platform that has the card cannot change it',
  ],
])('the card of one who %s stays as it is, and it is known why', async (_, arrange, reason) => {
  const { core, id, one, two, onTeams, onWeb, slack, seats } = stage;
  await signUp(core, onWeb, id);
  stage.later(10_000);
  const busy = { kind: 'later', afterMs: 60_000, reason: '' } as const;
  slack.outcomes.push(busy, busy);
  await settleAll(core, stage.outbounds);
  await arrange();
  stage.later(60_000);
  await stage.settle();
  expect([one, two, onTeams].map((member) => seats(member))).toEqual(['3 of 3 left', '3 of 3 left', '2 of 3 left']);
  const dropped = (await stage.updates()).filter(({ member_id }) => member_id !== onTeams.id);
  expect(dropped.map((row) => [row.status, row.reason])).toEqual([
    ['dropped', reason],
    ['dropped', reason],
  ]);
});

test('to those who cannot be reached there no update is posted at all', async () => {
  const { core, id, one, two, onTeams, onWeb } = stage;
  await core.db.updateTable('accounts').set({ reachable: false }).where('platform_user', '=', one.id).execute();
  await signUp(core, onWeb, id);
  await stage.settle();
  const posted = (await stage.updates()).map(({ member_id }) => member_id);
  expect(new Set(posted)).toEqual(new Set([two.id, onTeams.id]));
});

test.each<[string, Outcome, readonly string[]]>([
  ['breaks off is done again', { kind: 'unknown', reason: 'cut' }, ['2 of 3 left', 'sent', 'cut']],
  ['is to come later is done again', { kind: 'later', afterMs: 1000, reason: 'busy' }, ['2 of 3 left', 'sent', 'busy']],
  ['is refused stays undone', { kind: 'refused', reason: 'too old' }, ['3 of 3 left', 'dropped', 'too old']],
  ['finds no card stays undone', { kind: 'gone', reason: 'deleted' }, ['3 of 3 left', 'dropped', 'deleted']],
])('an edit that %s, and never fails for good', async (_, outcome, [shown, status, reason]) => {
  const { core, id, one, onWeb, outbounds } = stage;
  await core.db.deleteFrom('members').where('id', '=', stage.two.id).execute();
  const ofOne = async () => (await stage.updates()).find(({ member_id }) => member_id === one.id);
  stage.slack.outcomes.push(outcome);
  await signUp(core, onWeb, id);
  stage.later(10_000);
  await settleAll(core, outbounds);
  expect((await ofOne())?.reason).toBe(reason);
  // Longer than a message is tried for.
  stage.later(2 * 86_400_000);
  stage.slack.outcomes.push(outcome);
  await settleAll(core, outbounds);
  stage.later(3_600_000);
  await settleAll(core, outbounds);
  expect([stage.seats(one), (await ofOne())?.status]).toEqual([shown, status]);
  const accounts = core.db.selectFrom('accounts').select('reachable').where('platform', '=', 'slack');
  expect(await accounts.execute()).toEqual([{ reachable: true }]);
});

test('an edit that always breaks is given up a week after it was posted', async () => {
  const { core, id, one, onWeb, slack, outbounds } = stage;
  await core.db.deleteFrom('members').where('id', '=', stage.two.id).execute();
  const ofOne = async () => (await stage.updates()).find(({ member_id }) => member_id === one.id);
  await signUp(core, onWeb, id);
  stage.later(10_000);
  for (const [daysLater, status] of [
    [0, 'pending'],
    [6.9, 'pending'],
    [0.1, 'dropped'],
  ] as const) {
    stage.later(daysLater * 86_400_000);
    slack.outcomes.splice(0, Number.POSITIVE_INFINITY, { kind: 'unknown', reason: 'broken' });
    await settleAll(core, outbounds);
    expect((await ofOne())?.status).toBe(status);
  }
  expect((await ofOne())?.reason).toBe('gave up: broken');
});

test('an update that a crash cut off is done again, and never looked up', async () => {
  const { core, id, one, onWeb, slack, outbounds } = stage;
  await signUp(core, onWeb, id);
  stage.later(10_000);
  slack.outcomes.push({ kind: 'refused', reason: '' }, { kind: 'refused', reason: '' });
  await settleAll(core, outbounds);
  const cut = { status: 'sending', sending_at: core.clock.now() } as const;
  const dropped = core.db.updateTable('deliveries').set(cut).where('status', '=', 'dropped');
  await dropped.where('kind', '=', 'conversations.card-update').execute();
  stage.later(sendingLeaseMs + 1);
  expect(await reconcile(core, outbounds)).toBe(2);
  await settleAll(core, outbounds);
  expect(stage.seats(one)).toBe('2 of 3 left');
});

test('an update done twice leaves the same behind', async () => {
  const { core, id, onWeb, slack, outbounds } = stage;
  await signUp(core, onWeb, id);
  await stage.settle();
  const before = structuredClone([...slack.cards]);
  for (const row of await stage.updates()) {
    await core.db.updateTable('deliveries').set({ status: 'pending' }).where('id', '=', row.id).execute();
    expect(await deliver(core, outbounds, row.id)).toBe('sent');
  }
  expect([...slack.cards]).toEqual(before);
});
