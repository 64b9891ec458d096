import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claim, settle } from '../../src/delivery/ledger.ts';
import type { Member } from '../../src/network/model.ts';
import type { Transaction } from '../../src/store/database.ts';
import { post, refresh, refreshDelayMs } from '../../src/store/outbox.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { patience } from '../support/patience.ts';

let stage: TestCore;
let member: Member;
let homes: readonly string[];

/** A member with two homes. */
beforeEach(async () => {
  stage = await openTestCore();
  member = await addMember(stage.core, { status: 'active' });
  homes = [randomUUID(), randomUUID()];
});
afterEach(() => stage.close());

const later = () => new Date(stage.clock.now().getTime() + refreshDelayMs);

async function refreshHome(tx: Transaction, home = homes[0] ?? ''): Promise<void> {
  await refresh(tx, stage.clock.now(), { kind: 'network.home', subject: home, memberId: member.id, via: 'slack' });
}

async function pending(): Promise<readonly string[]> {
  const rows = await stage.core.db.selectFrom('deliveries').select('id').where('status', '=', 'pending').execute();
  return rows.map(({ id }) => id);
}

async function waitsForALock(): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      stage.core.db,
    );
    expect(rows).toHaveLength(1);
  }, patience);
}

test('what changes many times before its turn is refreshed once', async () => {
  for (let change = 0; change < 5; change += 1) await stage.core.db.transaction().execute((tx) => refreshHome(tx));
  expect(await pending()).toHaveLength(1);
});

test('one that waits long after a failure comes sooner for news', async () => {
  await stage.core.db.transaction().execute((tx) => refreshHome(tx));
  const anHour = new Date(stage.clock.now().getTime() + 3_600_000);
  await stage.core.db.updateTable('deliveries').set({ not_before: anHour }).execute();
  await stage.core.db.transaction().execute((tx) => refreshHome(tx));
  const rows = await stage.core.db.selectFrom('deliveries').select('not_before').execute();
  expect(rows).toEqual([{ not_before: later() }]);
});

test('as many are posted at once as a large network has members', async () => {
  const postings = Array.from({ length: 8_000 }, (_, index) => ({
    key: String(index),
    kind: 'network.welcome' as const,
    subject: member.id,
    memberId: member.id,
  }));
  await stage.core.db.transaction().execute((tx) => post(tx, stage.clock.now(), postings));
  expect(await pending()).toHaveLength(8_000);
});

test('a refresh that waits is not begun before the change that counts on it is committed', async () => {
  await stage.core.db.transaction().execute((tx) => refreshHome(tx));
  const [id = ''] = await pending();
  const order: string[] = [];
  const open = Promise.withResolvers<void>();
  const found = Promise.withResolvers<void>();
  const change = stage.core.db.transaction().execute(async (tx) => {
    await refreshHome(tx);
    found.resolve();
    await open.promise;
    order.push('changed');
  });
  await found.promise;
  const claiming = claim(stage.core.db, id, later()).then(() => order.push('begun'));
  await waitsForALock();
  open.resolve();
  await Promise.all([change, claiming]);
  expect(order).toEqual(['changed', 'begun']);
});

test('two who refresh the same homes in opposite orders do not wait for each other', async () => {
  const [first, second] = homes;
  const both = async (tx: Transaction, order: readonly (string | undefined)[], met: () => Promise<void>) => {
    await refreshHome(tx, order[0]);
    await met();
    await refreshHome(tx, order[1]);
  };
  await stage.core.db.transaction().execute((tx) => both(tx, [first, second], () => Promise.resolve()));
  let arrived = 0;
  const met = async () => {
    arrived += 1;
    await vi.waitUntil(() => arrived === 2, patience);
  };
  await Promise.all(
    [
      [first, second],
      [second, first],
    ].map((order) => stage.core.db.transaction().execute((tx) => both(tx, order, met))),
  );
});

test('no change is lost, however changes and redrawings meet', async () => {
  let drawn = '';
  const change = async (value: number): Promise<void> => {
    await stage.core.db.transaction().execute(async (tx) => {
      if (value % 2 === 0) await refreshHome(tx);
      await tx
        .updateTable('members')
        .set({ role: sql`(coalesce(nullif(regexp_replace(role, '[^0-9]', '', 'g'), ''), '0')::integer + 1)::text` })
        .where('id', '=', member.id)
        .execute();
      if (value % 2 === 1) await refreshHome(tx);
    });
  };
  const redraw = async (): Promise<void> => {
    for (const id of await pending()) {
      const claimed = await claim(stage.core.db, id, later());
      if (claimed === undefined) continue;
      const { role } = await stage.core.db.selectFrom('members').select('role').executeTakeFirstOrThrow();
      // One place gets one thing at a time, so an older drawing never comes after a newer one.
      if (Number(role) > Number(drawn)) drawn = role;
      await settle(stage.core.db, later(), claimed, { status: 'sent', receipt: {} });
    }
  };
  for (let round = 0; round < 20; round += 1) {
    await Promise.all([change(0), redraw(), change(1), redraw(), change(2), change(3), redraw()]);
    await redraw();
    const { role } = await stage.core.db.selectFrom('members').select('role').executeTakeFirstOrThrow();
    expect([drawn, await pending()]).toEqual([role, []]);
  }
});

test('what is posted for later stands in line from then, and is tried for as long as anything else', async () => {
  const { core, clock } = stage;
  const notBefore = new Date(clock.now().getTime() + 30 * 3_600_000);
  const posting = { kind: 'conversations.announcement', subject: randomUUID(), memberId: member.id } as const;
  await core.db.transaction().execute(async (tx) => {
    await post(tx, clock.now(), [
      { ...posting, key: 'now' },
      { ...posting, key: 'later', notBefore },
    ]);
  });
  const rows = core.db.selectFrom('deliveries').select(['key', 'not_before', 'created_at']).orderBy('not_before');
  expect(await rows.execute()).toEqual([
    { key: 'now', not_before: clock.now(), created_at: clock.now() },
    { key: 'later', not_before: notBefore, created_at: notBefore },
  ]);
});
