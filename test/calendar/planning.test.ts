import { randomUUID } from 'node:crypto';
import { type KyselyPlugin, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { holdCalendar, planLater, planPrompt, replan } from '../../src/calendar/planning.ts';
import type { Core } from '../../src/core.ts';
import { holdWithAgenda } from '../../src/network/hold.ts';
import { findDue } from '../../src/store/agenda.ts';
import { plannedFor } from '../support/calendar.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask } from '../support/people.ts';

describe('ten thousand members', () => {
  let stage: TestCore;
  let core: Core;

  beforeAll(async () => {
    stage = await openTestCore();
    core = stage.core;
    await addActive(core, { permission: 'convener' });
    await addCrowd(10_000);
  });
  afterAll(() => stage.close());

  async function addCrowd(count: number) {
    const [council] = await core.db.selectFrom('councils').select('id').execute();
    await sql`
      insert into members (id, council_id, name, email, role, level, zone, permission, status)
      select gen_random_uuid(), ${council?.id}::uuid, 'Crowd ' || n, 'crowd' || n || '@council.example', 'Director',
             'director', (array['Europe/London', 'Asia/Tokyo', 'America/St_Johns'])[1 + n % 3], 'member', 'active'
        from generate_series(1, ${count}::int) as n`.execute(core.db);
    await sql`
      insert into consents (member_id, purpose, given, version, said_at)
      select id, 'prompts', true, 1, ${core.clock.now()} from members`.execute(core.db);
    await sql`
      insert into accounts (id, member_id, platform, space, platform_user, address, seen_at)
      select gen_random_uuid(), id, 'slack', 'T1', id::text, '{"home": "open"}', ${core.clock.now()}
        from members`.execute(core.db);
  }

  test('are planned and moved in seconds, and their homes with them', async () => {
    expect(await statementsOf(plan)).toBeLessThan(40);
    expect(await moments()).toEqual(['2027-03-08T00:00', '2027-03-08T09:00', '2027-03-08T12:30']);
    // That of the convener stands since they joined.
    expect(await homes()).toBe(10_000);
    // Nothing is different: nothing is written.
    await core.db.deleteFrom('deliveries').execute();
    await plan();
    expect(await homes()).toBe(0);
    await core.db.updateTable('network').set({ prompt_hour: 10 }).execute();
    await plan();
    expect(await moments()).toEqual(['2027-03-08T01:00', '2027-03-08T10:00', '2027-03-08T13:30']);
    expect(await homes()).toBe(10_001);
  });

  const plan = (db = core.db) => db.transaction().execute((tx) => replan(tx, 'everybody', core.clock.now()));

  async function moments() {
    const rows = await core.db.selectFrom('agenda').select('due_at').where('kind', '=', 'reflections.prompt').execute();
    expect(rows).toHaveLength(10_001);
    return [...new Set(rows.map(({ due_at }) => due_at.toISOString().slice(0, 16)))].toSorted();
  }

  async function homes() {
    const rows = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'network.home');
    return (await rows.execute()).length;
  }

  async function statementsOf(work: (db: Core['db']) => Promise<unknown>): Promise<number> {
    let statements = 0;
    const counting: KyselyPlugin = {
      transformQuery({ node }) {
        statements += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    await work(core.db.withPlugin(counting));
    expect(statements).toBeGreaterThan(5);
    return statements;
  }
});

describe('at once', () => {
  let stage: TestCore;
  let core: Core;

  beforeEach(async () => {
    stage = await openTestCore();
    core = stage.core;
  });
  afterEach(() => stage.close());

  test('prompts that fall due, moves, choices and changes of the calendar do not wait for each other, nor double a week', async () => {
    const convener = await addActive(core, { permission: 'convener', council: 'Bristol' });
    const names = Array.from({ length: 12 }, (_, index) => `Council ${index}`);
    const members = await Promise.all(names.map((council) => addActive(core, { council })));
    stage.clock.set(new Date('2027-03-08T09:00Z'));
    const rhythm = { zone: 'Europe/London', promptWeekday: '1', roundWeekday: '2', roundHour: '10', roundWeeks: '2' };
    const due = await findDue(core.db, core.clock.now(), 100);
    await Promise.all([
      ...due.map((id) => fallDue(core, id)),
      ...members.map((member) => ask(core, member, { kind: 'reflections.rhythm', rhythm: 'fortnightly' })),
      ...['11', '12', '13'].map((promptHour) =>
        ask(core, convener, { kind: 'calendar.rhythm', ...rhythm, promptHour }),
      ),
    ]);
    for (const id of await findDue(core.db, core.clock.now(), 100)) await fallDue(core, id);
    stage.clock.set(new Date('2027-03-08T14:00Z'));
    for (const id of await findDue(core.db, core.clock.now(), 100)) await fallDue(core, id);
    const hour = (await core.db.selectFrom('network').select('prompt_hour').executeTakeFirstOrThrow()).prompt_hour;
    for (const member of members) {
      const sent = await core.db.selectFrom('prompts').select('week').where('member_id', '=', member.id).execute();
      expect(sent).toEqual([{ week: '2027-03-08' }]);
      // Wherever each of them came in, all are planned by what holds in the end.
      expect(await plannedFor(core, member)).toEqual([`2027-03-22: 2027-03-22T${hour}:00`]);
    }
  });

  test('whoever plans waits for whoever is changing the calendar, and plans by what it became', async () => {
    const member = await addActive(core);
    const changed = Promise.withResolvers<void>();
    const planning = Promise.withResolvers<void>();
    const change = core.db.transaction().execute(async (tx) => {
      await holdCalendar(tx, 'to change');
      await tx.updateTable('network').set({ prompt_hour: 14 }).execute();
      planning.resolve();
      await changed.promise;
    });
    await planning.promise;
    const plan = core.db.transaction().execute((tx) => planPrompt(tx, member.id, core.clock.now()));
    await waiting(1);
    changed.resolve();
    await change;
    expect(await plan).toEqual(new Date('2027-03-08T14:00Z'));
  });

  test('whoever plans everybody waits for nobody who is held, and plans those afterwards', async () => {
    const held = await addActive(core, { council: 'Hull' });
    const free = await addActive(core, { council: 'York' });
    await core.db.updateTable('network').set({ prompt_hour: 14 }).execute();
    const leftOut = await core.db.transaction().execute(async (other) => {
      await holdWithAgenda(other, held.id);
      return await core.db.transaction().execute((tx) => replan(tx, 'everybody', core.clock.now()));
    });
    expect(leftOut).toEqual([held.id]);
    expect(await plannedFor(core, free)).toEqual(['2027-03-08: 2027-03-08T14:00']);
    expect(await plannedFor(core, held)).toEqual(['2027-03-08: 2027-03-08T09:00']);
    await planLater(core, leftOut);
    expect(await plannedFor(core, held)).toEqual(['2027-03-08: 2027-03-08T14:00']);
  });

  /** Until so many connections to this database wait for a lock. */
  async function waiting(count: number): Promise<void> {
    await expect
      .poll(async () => {
        const { rows } = await sql<{ count: number }>`
          select count(*)::integer as count from pg_stat_activity
           where wait_event_type = 'Lock' and datname = current_database()`.execute(core.db);
        return rows[0]?.count;
      })
      .toBe(count);
  }

  test('one who joins while the calendar changes is planned by what it became', async () => {
    const convener = await addActive(core, { permission: 'convener', council: 'Bristol' });
    const rhythm = { zone: 'Europe/London', promptWeekday: '4', roundWeekday: '2', roundHour: '10', roundWeeks: '2' };
    const [joined] = await Promise.all([
      addActive(core, { council: `Council ${randomUUID()}` }),
      ask(core, convener, { kind: 'calendar.rhythm', ...rhythm, promptHour: '9' }),
    ]);
    expect(await plannedFor(core, joined)).toEqual(['2027-03-01: 2027-03-04T09:00']);
  });
});
