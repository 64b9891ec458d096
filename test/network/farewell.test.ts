import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Outcome } from '../../src/delivery/model.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { home } from '../../src/home.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, recordingOutbound } from '../support/people.ts';
import { openSlackScene, type SlackScene } from '../support/slack-scene.ts';

/** How many rows of any table hold this text. */
async function holding(core: Core, text: string): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(core.db);
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await sql`select 1 from ${sql.raw(name)} t where position(${text} in t::text) > 0`.execute(core.db);
    found.push(...rows.rows.map(() => name));
  }
  return found;
}

/** Refreshes wait for others for a moment. */
async function settleLater({ core, clock }: Pick<TestCore, 'core' | 'clock'>, outbounds: Outbounds): Promise<void> {
  clock.set(new Date(core.clock.now().getTime() + 10_000));
  await settleAll(core, outbounds);
}

test.each(['chat', 'web'])(
  'erased from %s, the home at Slack is a stranger’s, and nothing holds their id',
  async (from) => {
    const scene: SlackScene = await openSlackScene();
    try {
      const stranger = await scene.invited();
      await stranger.client.openHome();
      const { member, client } = await scene.prompted();
      await client.openHome();
      await settleLater(scene, scene.outbounds);
      expect(client.home()).not.toBe(stranger.client.home());
      if (from === 'web') await ask(scene.core, member, { kind: 'network.confirm-erase' });
      else {
        await client.type('erase');
        await client.press('Erase everything');
      }
      expect(await scene.core.db.selectFrom('members').select('id').where('id', '=', member.id).execute()).toEqual([]);
      await settleLater(scene, scene.outbounds);
      expect(client.home()).toBe(stranger.client.home());
      expect(await holding(scene.core, client.user)).toEqual([]);
    } finally {
      await scene.close();
    }
  },
);

let stage: TestCore;
let core: Core;
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

const account = { platform: 'slack', space: 'T1', platform_user: 'UFAREWELL' } as const;

async function openHome(memberId: string, address: object = { home: 'shown' }): Promise<void> {
  const row = { ...account, id: crypto.randomUUID(), member_id: memberId, seen_at: core.clock.now() };
  await core.db
    .insertInto('accounts')
    .values({ ...row, address: JSON.stringify(address) })
    .execute();
}

async function erased(): Promise<void> {
  const member = await addActive(core);
  await openHome(member.id);
  await ask(core, member, { kind: 'network.confirm-erase' });
}

const farewells = async () =>
  await core.db.selectFrom('deliveries').selectAll().where('kind', '=', 'network.blank-home').execute();

test.each([
  ['is taken', { kind: 'sent', receipt: {} }],
  ['reaches nobody', { kind: 'gone', reason: 'user_not_found' }],
  ['is refused', { kind: 'refused', reason: 'not_enabled' }],
  ['fails again and again', { kind: 'later', afterMs: 1, reason: 'no answer' }],
  ['is never heard of', { kind: 'unknown', reason: 'the line broke' }],
] as const satisfies readonly (readonly [string, Outcome])[])(
  'whether the last act %s, nothing stays of it',
  async (_, outcome) => {
    await erased();
    const slack = recordingOutbound('slack');
    for (let days = 0; days < 9; days += 1) {
      slack.outcomes.push(outcome);
      await settleLater(stage, new Map([['slack', slack]]));
      stage.clock.set(new Date(core.clock.now().getTime() + 86_400_000));
    }
    expect(slack.parcels[0]?.to).toEqual({
      kind: 'account',
      account: { platform: 'slack', space: 'T1', user: 'UFAREWELL' },
      address: {},
    });
    expect(slack.parcels[0]?.act.kind).toBe('home');
    expect([await farewells(), await holding(core, 'UFAREWELL')]).toEqual([[], []]);
  },
);

test('where the platform is switched off, or blocked for a week, nothing stays either', async () => {
  await erased();
  await settleLater(stage, new Map());
  expect(await holding(core, 'UFAREWELL')).toEqual([]);
  await erased();
  const slack = recordingOutbound('slack');
  slack.outcomes.push({ kind: 'blocked', reason: 'Install the app again' });
  await settleLater(stage, new Map([['slack', slack]]));
  expect(await farewells()).toHaveLength(1);
  stage.clock.set(new Date(core.clock.now().getTime() + 8 * 86_400_000));
  await settleLater(stage, new Map([['slack', slack]]));
  expect(slack.parcels).toHaveLength(1);
  expect(await holding(core, 'UFAREWELL')).toEqual([]);
});

test('those who came back before it went see their own home; those who never opened one are handed nothing', async () => {
  await erased();
  const back = await addActive(core, { council: 'York' });
  await openHome(back.id);
  const [last] = await farewells();
  stage.clock.set(new Date(core.clock.now().getTime() + 10_000));
  const slack = recordingOutbound('slack');
  expect(await deliver(core, new Map([['slack', slack]]), last?.id ?? '')).toBe('sent');
  expect(slack.parcels.map(({ act }) => act)).toEqual([{ kind: 'home', page: await home(core, back) }]);
  expect(await farewells()).toEqual([]);
  await core.db.deleteFrom('accounts').where('platform_user', '=', 'UFAREWELL').execute();
  const other = await addActive(core, { council: 'Hull' });
  await openHome(other.id, { channel: 'D1' });
  await ask(core, other, { kind: 'network.confirm-erase' });
  expect([await farewells(), await holding(core, 'UFAREWELL')]).toEqual([[], []]);
  expect((await addMember(core)).status).toBe('invited');
});
