import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { erase } from '../../src/network/erase.ts';
import type { Member } from '../../src/network/model.ts';
import { noteAppRemoved } from '../../src/network/platform-news.ts';
import { findMember } from '../../src/network/roster.ts';
import { withdrawSpace } from '../../src/network/spaces.ts';
import type { Transaction } from '../../src/store/database.ts';
import { saveInstallation } from '../../src/store/installations.ts';
import { post } from '../../src/store/outbox.ts';
import { addRoom, findRoom } from '../../src/store/rooms.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { together } from '../support/lock-waiters.ts';
import { addActive, recordingOutbound } from '../support/people.ts';

/*
 * Two things happen at once, each stopped where the other could hold what it wants next: both come to an end.
 */

let stage: TestCore;
let core: Core;
let member: Member;
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core, { permission: 'convener' });
  await saveInstallation(core, { ...account, name: 'Leeds', installedAt: core.clock.now() }, {});
});
afterEach(() => stage.close());

const account = { platform: 'slack', space: 'T1', user: 'U1' } as const;
const bothEnded = [{ status: 'fulfilled' }, { status: 'fulfilled' }];

async function addAccount(): Promise<void> {
  const { platform, space, user } = account;
  const row = { platform, space, platform_user: user, address: '{}', member_id: member.id };
  await core.db
    .insertInto('accounts')
    .values({ ...row, id: randomUUID(), seen_at: core.clock.now() })
    .execute();
  await core.db
    .insertInto('account_requests')
    .values({ ...row, id: randomUUID(), requested_at: core.clock.now() })
    .execute();
}

async function addPlace(purpose: 'announcements' | 'greeting', room: string): Promise<string> {
  const place = { platform: 'slack', space: 'T1', purpose, room, address: {}, subject: '' } as const;
  const chosenBy = purpose === 'announcements' ? member.id : null;
  return await core.db.transaction().execute((tx) => addRoom(tx, { ...place, chosenBy, createdAt: core.clock.now() }));
}

const withdraw = () => {
  const now = core.clock.now();
  return withdrawSpace(core, account, { installedAt: now, removedAt: now });
};

test('a convener is erased while the channel they chose turns us away', async () => {
  const roomId = await addPlace('announcements', 'C1');
  const kind = 'network.announcements-here';
  await core.db
    .transaction()
    .execute((tx) => post(tx, core.clock.now(), [{ key: kind, kind, subject: roomId, roomId }]));
  const { id } = await core.db
    .selectFrom('deliveries')
    .select('id')
    .where('room_id', '=', roomId)
    .executeTakeFirstOrThrow();
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const send = async () => {
    asked.resolve();
    await held.promise;
    return { kind: 'gone', reason: 'channel_not_found' } as const;
  };
  const delivering = deliver(core, new Map([['slack', { ...recordingOutbound('slack'), send }]]), id);
  await asked.promise;
  const hold = async (tx: Transaction) => {
    await tx.selectFrom('deliveries').select('id').where('id', '=', id).forUpdate().execute();
    held.resolve();
  };
  expect(await together(core, hold, [() => delivering, () => erase(core, member)])).toMatchObject(bothEnded);
  expect(await findRoom(core.db, roomId)).toMatchObject({ chosenBy: null, retiredAt: core.clock.now() });
  expect(await findMember(core.db, member.id)).toBeUndefined();
});

test('a space is withdrawn while somebody there takes our app out', async () => {
  await addAccount();
  const roomId = await addPlace('greeting', account.user);
  const hold = (tx: Transaction) => tx.selectFrom('rooms').select('id').where('id', '=', roomId).forUpdate().execute();
  const remove = () => noteAppRemoved(core, account, core.clock.now());
  expect(await together(core, hold, [remove, withdraw])).toMatchObject(bothEnded);
});

test('a space is withdrawn while the convener who chose its channel is erased', async () => {
  await addAccount();
  const roomId = await addPlace('announcements', 'C1');
  // Whoever was about to write to them: an erasure waits for that only as it deletes them.
  const hold = (tx: Transaction) =>
    tx.selectFrom('members').select('id').where('id', '=', member.id).forKeyShare().execute();
  expect(await together(core, hold, [() => erase(core, member), withdraw])).toMatchObject(bothEnded);
  expect(await findRoom(core.db, roomId)).toMatchObject({ chosenBy: null, retiredAt: core.clock.now() });
});
