import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tidy } from '../../jobs/sweep.ts';
import { forgetChanges } from '../../src/delivery/forget-changes.ts';
import type { DeliveryKind } from '../../src/delivery/model.ts';
import { changeKeptMs } from '../../src/delivery/rules.ts';
import type { DeliveryStatus } from '../../src/store/schema.ts';
import { type CardStage, openCards } from '../conversations/cards-stage.ts';
import { signUp } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';

let stage: CardStage;
beforeEach(async () => {
  stage = await openCards();
});
afterEach(() => stage.close());

async function add(kind: DeliveryKind, status: DeliveryStatus, settledMsAgo: number, count = 1): Promise<void> {
  const now = stage.core.clock.now();
  const rows = Array.from({ length: count }, () => ({
    ...{ id: randomUUID(), key: randomUUID(), kind, status, subject: randomUUID(), member_id: stage.one.id },
    ...{ not_before: now, created_at: now, settled_at: new Date(now.getTime() - settledMsAgo) },
  }));
  await stage.core.db.insertInto('deliveries').values(rows).execute();
}

const kept = async () => {
  const rows = stage.core.db.selectFrom('deliveries').select(['kind', 'status']);
  return (await rows.orderBy('kind').orderBy('status').execute()).map(({ kind, status }) => `${kind} ${status}`);
};

test('forgets changes that were settled a day ago, and nothing else', async () => {
  await stage.core.db.deleteFrom('deliveries').execute();
  await add('network.home', 'sent', changeKeptMs + 1);
  await add('conversations.card-update', 'dropped', changeKeptMs + 1);
  await add('conversations.card-update', 'sent', changeKeptMs - 1);
  await add('conversations.card-update', 'pending', changeKeptMs + 1);
  await add('conversations.announcement', 'sent', 100 * changeKeptMs);
  await add('network.welcome', 'dropped', 100 * changeKeptMs);
  await tidy(stage.core);
  expect(await kept()).toEqual([
    'conversations.announcement sent',
    'conversations.card-update pending',
    'conversations.card-update sent',
    'network.welcome dropped',
  ]);
});

test('forgets them in portions', async () => {
  const all = async () => (await kept()).length;
  const before = await all();
  await add('network.home', 'sent', changeKeptMs + 1, 5_001);
  await forgetChanges(stage.core.db, stage.core.clock.now());
  expect(await all()).toBe(before + 1);
  await forgetChanges(stage.core.db, stage.core.clock.now());
  expect(await all()).toBe(before);
});

test('a card is still changed where it stands once its earlier changes are forgotten', async () => {
  const { core, id, one, onTeams, onWeb } = stage;
  await signUp(core, onWeb, id);
  await stage.settle();
  stage.later(2 * changeKeptMs);
  // What falls due meanwhile.
  await settleAll(core, stage.outbounds);
  await tidy(core);
  expect((await kept()).filter((row) => row.startsWith('conversations.card-update'))).toEqual([]);
  await signUp(core, onTeams, id);
  await stage.settle();
  expect(stage.seats(one)).toBe('1 of 3 left');
});
