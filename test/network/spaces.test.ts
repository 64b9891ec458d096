import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { admitSpace, withdrawSpace } from '../../src/network/spaces.ts';
import { findInstalledAt, findSecret } from '../../src/store/installations.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive } from '../support/people.ts';

let stage: TestCore;
let core: Core;
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

const here = { platform: 'slack', space: 'T1' } as const;
const named = { ...here, name: 'Leeds' };
const elsewhere = [
  { platform: 'slack', space: 'T2' },
  { platform: 'teams', space: 'T1' },
] as const;

async function addAccount(place: { platform: 'slack' | 'teams'; space: string }, reachable: boolean): Promise<void> {
  const member = await addActive(core);
  const { platform, space } = place;
  const row = { id: randomUUID(), member_id: member.id, platform, space, platform_user: randomUUID() };
  await core.db
    .insertInto('accounts')
    .values({ ...row, address: '{}', reachable, seen_at: core.clock.now() })
    .execute();
}

/** How many accounts there are out of reach, and in reach. */
async function reach({ platform, space }: { platform: 'slack' | 'teams'; space: string }) {
  const rows = core.db.selectFrom('accounts').select('reachable').where('platform', '=', platform);
  const all = await rows.where('space', '=', space).execute();
  return [false, true].map((reachable) => all.filter((row) => row.reachable === reachable).length);
}

const anew = { isAnew: true, isServedAnyway: false };
const going = { isAnew: false, isServedAnyway: false };
const served = { isAnew: false, isServedAnyway: true };

async function withdraw() {
  const installedAt = await findInstalledAt(core.db, here);
  return await withdrawSpace(core, here, { installedAt, removedAt: core.clock.now() });
}

function later(): Date {
  stage.clock.set(new Date(core.clock.now().getTime() + 60_000));
  return core.clock.now();
}

describe('a space that is admitted', () => {
  test.each([
    ['for the first time opens all its accounts', [], going, [0, 2]],
    ['though it was served before opens none', [], served, [1, 1]],
    ['a second time only changes, and opens none', ['admit'], going, [1, 1]],
    ['anew opens all', ['admit'], anew, [0, 2]],
    ['again after a withdrawal opens all', ['admit', 'withdraw'], going, [0, 2]],
    ['again after a withdrawal opens all, though it was served meanwhile', ['admit', 'withdraw'], served, [0, 2]],
  ] as const)('%s', async (_name, before, how, after) => {
    if (before[0] !== undefined) await admitSpace(core, named, {}, going);
    await addAccount(here, true);
    await addAccount(here, false);
    for (const place of elsewhere) await addAccount(place, false);
    if (before.length > 1) await withdraw();
    const since = await findInstalledAt(core.db, here);
    const now = later();
    const goesOn = since !== undefined && !how.isAnew;
    expect(await admitSpace(core, named, { token: 'new' }, how)).toBe(!goesOn);
    expect(await findSecret(core, here)).toEqual({ token: 'new' });
    expect(await findInstalledAt(core.db, here)).toEqual(goesOn ? since : now);
    expect(await reach(here)).toEqual(after);
    expect(await Promise.all(elsewhere.map(reach))).toEqual(elsewhere.map(() => [1, 0]));
  });
});

describe('a space that is withdrawn', () => {
  test('is closed with all that it left, whether or not it was in place; and then there is nothing more', async () => {
    await addAccount(here, true);
    for (const place of elsewhere) await addAccount(place, true);
    expect(await withdraw()).toEqual({ members: 1, strangers: 0, channels: 0 });
    expect(await reach(here)).toEqual([1, 0]);
    expect(await Promise.all(elsewhere.map(reach))).toEqual(elsewhere.map(() => [0, 1]));
    expect(await withdraw()).toBeUndefined();
    await admitSpace(core, named, {}, served);
    expect(await withdraw()).toEqual({ members: 0, strangers: 0, channels: 0 });
    expect(await withdraw()).toBeUndefined();
  });

  test.each([
    ['after the one that ends', (core_) => core_.clock.now()],
    ['after none was in place', () => undefined],
  ] satisfies readonly (readonly [string, (core: Core) => Date | undefined])[])(
    'stays where it was put in place again %s',
    async (_name, before) => {
      const installedAt = before(core);
      const removedAt = later();
      await admitSpace(core, named, { token: 'new' }, anew);
      await addAccount(here, true);
      expect(await withdrawSpace(core, here, { installedAt, removedAt })).toBeUndefined();
      expect(await findSecret(core, here)).toEqual({ token: 'new' });
      expect(await reach(here)).toEqual([0, 1]);
    },
  );
});
