import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Outcome } from '../../src/delivery/model.ts';
import { post } from '../../src/store/outbox.ts';
import { addRoom } from '../../src/store/rooms.ts';
import { patience } from '../support/patience.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

async function waitsForALock(): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
      stage.core.db,
    );
    expect(rows).toHaveLength(1);
  }, patience);
}

/** Lets a delivery be taken by the platform while `table`'s row is locked, then deletes that row and all that hangs on it. */
async function deleteWhileItArrives(table: 'members' | 'rooms', id: string, deliveryId: string, outcome: Outcome) {
  const answered = Promise.withResolvers<Outcome>();
  const begun = Promise.withResolvers<void>();
  const send = async () => {
    begun.resolve();
    return await answered.promise;
  };
  const delivering = deliver(stage.core, new Map([['slack', { ...stage.slack, send }]]), deliveryId);
  await begun.promise;
  const deleting = stage.core.db.transaction().execute(async (tx) => {
    await tx.selectFrom(table).select('id').where('id', '=', id).forUpdate().execute();
    answered.resolve(outcome);
    await waitsForALock();
    await tx.deleteFrom(table).where('id', '=', id).execute();
  });
  return await Promise.allSettled([deleting, delivering]);
}

test('a member who is erased while a message to them arrives is erased, and nobody waits for the other', async () => {
  await stage.core.db
    .updateTable('accounts')
    .set({ address: JSON.stringify({ home: 'yes' }) })
    .where('space', '=', 'T')
    .execute();
  await stage.core.db.deleteFrom('deliveries').where('kind', '=', 'network.home').execute();
  const ended = await deleteWhileItArrives('members', stage.member.id, stage.id, { kind: 'sent', receipt: {} });
  expect(ended).toEqual([
    { status: 'fulfilled', value: undefined },
    { status: 'fulfilled', value: 'idle' },
  ]);
});

test('a room that is deleted while it turns a message away is deleted, and nobody waits for the other', async () => {
  const room = {
    platform: 'slack',
    space: 'T',
    purpose: 'announcements',
    room: 'C1',
    address: {},
    subject: '',
  } as const;
  const ids = await stage.core.db.transaction().execute(async (tx) => {
    const roomId = await addRoom(tx, { ...room, chosenBy: stage.member.id, createdAt: stage.core.clock.now() });
    const kind = 'network.announcements-here';
    await post(tx, stage.core.clock.now(), [{ key: kind, kind, subject: roomId, roomId }]);
    const { id } = await tx
      .selectFrom('deliveries')
      .select('id')
      .where('room_id', '=', roomId)
      .executeTakeFirstOrThrow();
    return { roomId, id };
  });
  const outcome = { kind: 'gone', reason: 'channel_not_found' } as const;
  expect(await deleteWhileItArrives('rooms', ids.roomId, ids.id, outcome)).toEqual([
    { status: 'fulfilled', value: undefined },
    { status: 'fulfilled', value: 'idle' },
  ]);
});
