import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import {
  findInstalledAt,
  findSecret,
  listInstallations,
  removeInstallation,
  renewSecret,
  saveInstallation,
} from '../../src/store/installations.ts';
import { openTestCore, type TestCore } from '../support/core.ts';

let stage: TestCore;
let core: Core;

beforeAll(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterAll(() => stage.close());

let places = 0;
async function install(secret: Record<string, unknown> = { token: 'xoxb-secret' }) {
  places += 1;
  const place = { platform: 'slack', space: `T${places}` } as const;
  await saveInstallation(core, { ...place, name: `Council ${places}`, installedAt: core.clock.now() }, secret);
  return place;
}
const minute = (minutes: number) => new Date(core.clock.now().getTime() + minutes * 60_000);
const row = async (space: string) =>
  await core.db.selectFrom('installations').selectAll().where('space', '=', space).executeTakeFirstOrThrow();

test('what lets us in is sealed, for its own workspace alone', async () => {
  const place = await install({ token: 'xoxb-secret' });
  const other = await install();
  expect(await findSecret(core, place)).toEqual({ token: 'xoxb-secret' });
  const { secret } = await row(place.space);
  expect(secret?.toString('latin1')).not.toContain('xoxb');
  await core.db.updateTable('installations').set({ secret }).where('space', '=', other.space).execute();
  await expect(findSecret(core, other)).rejects.toThrow();
  expect(await findSecret(core, { platform: 'teams', space: place.space })).toBeUndefined();
});

test('taken out, it is deleted, again and again, until the app is put back', async () => {
  const place = await install();
  const installedAt = await findInstalledAt(core.db, place);
  expect(installedAt).toEqual(minute(0));
  const remove = (from: Parameters<typeof removeInstallation>[1], at: Date) =>
    removeInstallation(core, from, minute(0), at);
  expect([await remove(place, minute(1)), await remove(place, minute(2))]).toEqual([true, false]);
  expect(await findInstalledAt(core.db, place)).toBeUndefined();
  expect(await row(place.space)).toMatchObject({ secret: null, removed_at: minute(1) });
  expect(await findSecret(core, place)).toBeUndefined();
  expect(await renewSecret(core, place, () => Promise.reject(new Error('not asked')))).toBeUndefined();
  await saveInstallation(core, { ...place, name: 'Back', installedAt: minute(3) }, { token: 'new' });
  expect(await findSecret(core, place)).toEqual({ token: 'new' });
  // Late news of the removal before.
  expect(await remove(place, minute(2))).toBe(false);
  expect(await findSecret(core, place)).toEqual({ token: 'new' });
  expect(await remove({ platform: 'slack', space: 'TNEVER' }, minute(1))).toBe(false);
});

test('those that have the app are listed, by name', async () => {
  await core.db.deleteFrom('installations').execute();
  const [first, second, third] = [await install(), await install(), await install()];
  await removeInstallation(core, second, minute(0), minute(1));
  const listed = await listInstallations(core.db, 'slack');
  expect(listed.map(({ space }) => space)).toEqual([first.space, third.space]);
  expect(listed[0]).toEqual({ ...first, name: expect.stringMatching(/^Council/), installedAt: core.clock.now() });
  expect(await listInstallations(core.db, 'teams')).toEqual([]);
});

test('of several that renew at once, each is given what the one before it left', async () => {
  const place = await install({ count: 0 });
  let inside = 0;
  let most = 0;
  const renewals = Array.from({ length: 5 }, () =>
    renewSecret(core, place, async (secret) => {
      inside += 1;
      most = Math.max(most, inside);
      await core.db.selectFrom('network').select('id').execute();
      inside -= 1;
      return { count: Number(secret['count']) + 1 };
    }),
  );
  await Promise.all(renewals);
  expect([most, await findSecret(core, place)]).toEqual([1, { count: 5 }]);
  await expect(renewSecret(core, place, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await findSecret(core, place)).toEqual({ count: 5 });
});
