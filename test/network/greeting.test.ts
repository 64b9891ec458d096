import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account, Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { handle } from '../../src/handle.ts';
import { erase } from '../../src/network/erase.ts';
import { noteAppAdded, noteAppRenewed } from '../../src/network/greeting.ts';
import { linkAccount } from '../../src/network/linking.ts';
import { noteAppRemoved } from '../../src/network/platform-news.ts';
import { openTestCore, startOfTest, type TestCore } from '../support/core.ts';
import { addActive, recordingOutbound } from '../support/people.ts';

let stage: TestCore;
let core: Core;

beforeAll(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterAll(() => stage.close());

const space = 'a-tenant';
const chat = { conversationId: 'a:1', serviceUrl: 'https://one.example/' };
const later = (seconds: number) => new Date(startOfTest.getTime() + seconds * 1000);
const stranger = (): Account => ({ platform: 'teams', space, user: randomUUID() });

async function kept({ user }: Account) {
  return await core.db
    .selectFrom('rooms')
    .select(['id', 'address'])
    .where('purpose', '=', 'greeting')
    .where('room', '=', user)
    .execute();
}

async function greetings(account: Account) {
  const ids = (await kept(account)).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = core.db.selectFrom('deliveries').select(['id', 'kind', 'status', 'reason']).where('room_id', 'in', ids);
  return await rows.execute();
}

test('of ten tellings at once one greets, and the last address stands', async () => {
  const account = stranger();
  await Promise.all(Array.from({ length: 10 }, () => noteAppAdded(core, account, chat, startOfTest)));
  await noteAppAdded(core, account, { ...chat, serviceUrl: 'https://two.example/' }, startOfTest);
  expect(await greetings(account)).toMatchObject([{ kind: 'network.greeting', status: 'pending' }]);
  expect(await kept(account)).toMatchObject([{ address: { ...chat, serviceUrl: 'https://two.example/' } }]);
});

test('a newer app greets nobody, and brings the address up to date where there is one', async () => {
  const [greeted, unknown] = [stranger(), stranger()];
  await noteAppAdded(core, greeted, chat, startOfTest);
  const address = { ...chat, conversationId: 'a:2' };
  for (const account of [greeted, unknown]) await noteAppRenewed(core, account, address);
  expect(await kept(greeted)).toMatchObject([{ address }]);
  expect([(await greetings(greeted)).length, await kept(unknown)]).toEqual([1, []]);
});

test.each([
  ['that joined as it was being greeted', 'linked'],
  ['that was erased as it was being greeted', 'erased'],
])('the account of a member %s is forgotten as a stranger’s', async (_, ending) => {
  const account = stranger();
  const member = await addActive(core);
  await core.db.transaction().execute((tx) => linkAccount(tx, member.id, account, chat, startOfTest));
  // Told in the same moment: neither had seen the other.
  const id = randomUUID();
  const place = { id, platform: 'teams', space, purpose: 'greeting', room: account.user, address: '{}' } as const;
  await core.db
    .insertInto('rooms')
    .values({ ...place, subject: '', chosen_by: null, created_at: startOfTest })
    .execute();
  const delivery = { id: randomUUID(), key: id, kind: 'network.greeting', subject: id, member_id: null } as const;
  const moments = { not_before: startOfTest, created_at: startOfTest };
  await core.db
    .insertInto('deliveries')
    .values({ ...delivery, room_id: id, via: null, ...moments })
    .execute();
  if (ending === 'erased') await erase(core, member);
  const out = recordingOutbound('teams');
  expect(await deliver(core, new Map([['teams', out]]), delivery.id)).toBe(ending === 'erased' ? 'idle' : 'dropped');
  expect([out.parcels, await kept(account)]).toEqual([[], []]);
});

test('a greeting that is refused there for good is not kept; one that could not be sent otherwise is', async () => {
  const [gone, refused] = [stranger(), stranger()];
  for (const account of [gone, refused]) await noteAppAdded(core, account, chat, startOfTest);
  const out = recordingOutbound('teams');
  out.outcomes.push({ kind: 'gone', reason: 'blocked' }, { kind: 'refused', reason: 'a mistake' });
  for (const account of [gone, refused]) {
    for (const { id } of await greetings(account)) await deliver(core, new Map([['teams', out]]), id);
  }
  expect(out.parcels).toHaveLength(2);
  expect([await greetings(gone), await kept(gone)]).toEqual([[], []]);
  expect(await greetings(refused)).toMatchObject([{ status: 'failed', reason: 'a mistake' }]);
});

test('taken out, a stranger is forgotten, and is greeted anew when they come back; what is told late changes nothing', async () => {
  const account = stranger();
  const other = stranger();
  for (const one of [account, other]) await noteAppAdded(core, one, chat, startOfTest);
  await noteAppRemoved(core, account, later(10));
  expect([(await kept(account)).length, (await kept(other)).length]).toEqual([0, 1]);
  await noteAppAdded(core, account, chat, later(20));
  const [before] = await greetings(account);
  await noteAppRemoved(core, account, later(10));
  expect(await greetings(account)).toEqual([before]);
  // Told again of the first time, nothing is older than it was.
  await noteAppAdded(core, account, chat, startOfTest);
  await noteAppRemoved(core, account, later(10));
  expect(await greetings(account)).toEqual([before]);
});

test('who asked to connect an account and took the app out there asks no longer', async () => {
  const account = stranger();
  const member = await addActive(core);
  const request = { id: randomUUID(), member_id: member.id, platform: 'teams', space, address: '{}' } as const;
  await core.db
    .insertInto('account_requests')
    .values({ ...request, platform_user: account.user, requested_at: startOfTest })
    .execute();
  await noteAppRemoved(core, account, later(-1));
  const open = core.db.selectFrom('account_requests').select('id').where('platform_user', '=', account.user);
  expect(await open.execute()).toHaveLength(1);
  await noteAppRemoved(core, account, later(1));
  expect(await open.execute()).toEqual([]);
});

describe('a member’s account', () => {
  async function joined(): Promise<{ readonly account: Account; isOpen(): Promise<boolean> }> {
    const account = stranger();
    const member = await addActive(core);
    await core.db.transaction().execute((tx) => linkAccount(tx, member.id, account, chat, startOfTest));
    const row = core.db.selectFrom('accounts').select('reachable').where('platform_user', '=', account.user);
    return { account, isOpen: async () => (await row.executeTakeFirstOrThrow()).reachable };
  }

  test('stays open after late news of a removal, though our clock is behind the platform’s', async () => {
    const { account, isOpen } = await joined();
    await noteAppAdded(core, account, chat, later(25));
    await noteAppRemoved(core, account, later(20));
    expect(await isOpen()).toBe(true);
    // Whoever writes to us is there; that does not make what came before it any newer.
    await handle(core, senderOf(account), { kind: 'network.help', asked: '' });
    await noteAppRemoved(core, account, later(20));
    expect(await isOpen()).toBe(true);
    await noteAppRemoved(core, account, later(30));
    expect(await isOpen()).toBe(false);
  });

  test('stays closed after late news of an addition, and opens with one that came after', async () => {
    const { account, isOpen } = await joined();
    await noteAppRemoved(core, account, later(20));
    await noteAppAdded(core, account, chat, later(10));
    expect([await isOpen(), await kept(account)]).toEqual([false, []]);
    await noteAppAdded(core, account, chat, later(30));
    expect(await isOpen()).toBe(true);
  });

  test('is closed by a removal though they spoke in a channel since: only the private chat counts', async () => {
    const { account, isOpen } = await joined();
    stage.clock.set(later(60));
    const channel = { room: '19:towers@thread.tacv2', address: {} };
    await handle(core, { ...senderOf(account), channel }, { kind: 'network.help', asked: '' });
    stage.clock.set(startOfTest);
    await noteAppRemoved(core, account, later(30));
    expect(await isOpen()).toBe(false);
  });
});

function senderOf(account: Account): Sender {
  const profile = { name: '', email: '', zone: '', locale: '' };
  return { account, address: {}, profile: () => Promise.resolve(profile) };
}
