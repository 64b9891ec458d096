import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

const folder = join(import.meta.dirname, '../../src/store/migrations');
const before = ['0001', '0002', '0003', '0004'];

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await asItWas();
});
afterEach(() => database.drop());

/** A database as the version before membership left it. */
async function asItWas(): Promise<void> {
  const { pool } = database;
  const { rows } = await pool.query<{ name: string }>('select name from kysely_migration order by name');
  await pool.query('drop schema public cascade; create schema public');
  for (const file of (await readdir(folder)).toSorted()) {
    if (!before.some((number) => file.startsWith(number))) continue;
    await pool.query(await readFile(join(folder, file), 'utf8'));
  }
  await pool.query(
    'create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)',
  );
  for (const { name } of rows.filter((row) => before.some((number) => row.name.startsWith(number)))) {
    await pool.query(`insert into kysely_migration values ($1, '2027-01-01')`, [name]);
  }
}

const joined = '2026-09-01T09:00:00.000Z';
const paused = '2027-04-01T09:00:00.000Z';

/** One of each kind of member there was: a name, a status, whether they can be found, their cohort and pause. */
const people = [
  ['active', 'active', false, 'Spring', null],
  ['found', 'active', true, 'Spring', null],
  ['paused', 'active', true, 'Autumn', paused],
  ['invited', 'invited', true, '', null],
  ['left', 'left', true, 'Autumn', null],
] as const;

async function putPeople(): Promise<void> {
  const { pool } = database;
  await pool.query(
    `insert into councils (id, name, type, nation) values ('00000000-0000-4000-8000-000000000001', 'Leeds', '', 'England')`,
  );
  for (const [name, status, findable, cohort, until] of people) {
    await pool.query(
      `insert into members (id, council_id, name, email, role, level, cohort, zone, permission, status, findable, paused_until, joined_at)
       values (gen_random_uuid(), '00000000-0000-4000-8000-000000000001', $1, $2, 'Director', 'director', $3,
               'Europe/London', 'member', $4, $5, $6, $7)`,
      [name, `${name}@leeds.example`, cohort, status, findable, until, status === 'invited' ? null : joined],
    );
  }
}

test('members of before keep what they had, and have agreed to no more than they were told', async () => {
  await putPeople();
  expect(await migrate(database.pool)).toContain('0005-membership');
  const { rows } = await database.pool.query(
    `select people.name, people.status, agrees_to_prompts as prompts, agrees_to_matching as matching, people.findable,
            cohort, prompts_paused_until as quiet, matching_paused_until as unmatched,
            conversations_paused_until as alone, prompt_rhythm as rhythm
       from people order by array_position(array['active', 'invited', 'left'], status), name`,
  );
  const usual = { quiet: null, unmatched: null, alone: null, rhythm: 'weekly' };
  const none = { prompts: false, matching: false, findable: false };
  const until = new Date(paused);
  const both = { status: 'active', prompts: true, matching: true };
  expect(rows).toEqual([
    { ...usual, ...both, name: 'active', findable: false, cohort: 'Spring' },
    { ...usual, ...both, name: 'found', findable: true, cohort: 'Spring' },
    {
      ...usual,
      ...both,
      name: 'paused',
      findable: true,
      cohort: 'Autumn',
      quiet: until,
      unmatched: until,
      alone: until,
    },
    { ...usual, ...none, name: 'invited', status: 'invited', cohort: '' },
    { ...usual, ...none, name: 'left', status: 'left', cohort: 'Autumn' },
  ]);
});

test('what they agreed to is dated by when they joined, and of the words of before; there is one cohort of each name', async () => {
  await putPeople();
  await migrate(database.pool);
  const consents = await database.pool.query(
    `select name, purpose, given, version, said_at from consents join members on members.id = member_id order by name, purpose`,
  );
  const said = { given: true, version: 0, said_at: new Date(joined) };
  expect(consents.rows).toEqual(
    [
      ['active', 'matching'],
      ['active', 'prompts'],
      ['found', 'findable'],
      ['found', 'matching'],
      ['found', 'prompts'],
      ['paused', 'findable'],
      ['paused', 'matching'],
      ['paused', 'prompts'],
    ].map(([name, purpose]) => ({ name, purpose, ...said })),
  );
  const cohorts = await database.pool.query('select name from cohorts order by name');
  expect(cohorts.rows).toEqual([{ name: 'Autumn' }, { name: 'Spring' }]);
});

test('no two indexes of a table are of the same columns', async () => {
  await migrate(database.pool);
  const { rows } = await database.pool.query(
    `select indrelid::regclass::text as "table", indkey::text as columns, count(*)::int as count
       from pg_index join pg_class on pg_class.oid = indrelid
      where relnamespace = 'public'::regnamespace and relname = 'reflections' and indexprs is null
      group by 1, 2 having count(*) > 1`,
  );
  expect(rows).toEqual([]);
});
