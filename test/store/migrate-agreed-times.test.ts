import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

const file = join(import.meta.dirname, '../../src/store/migrations/0009-changed-times.sql');

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await database.pool.query(
    'alter table matches drop column agreed_at; alter table matches add column is_agreed boolean not null default false',
  );
});
afterEach(() => database.drop());

const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;
const at = new Date('2027-03-09T10:00:00Z');

/** As the version before had them: one that all said yes to, one that is only suggested, and one without a time. */
async function putMatches(): Promise<void> {
  const { pool } = database;
  await pool.query(`insert into councils (id, name, type, nation) values ('${id(1)}', 'Leeds', '', 'England')`);
  await pool.query(
    `insert into members (id, council_id, name, email, role, level, zone, permission, status)
     values ('${id(2)}', '${id(1)}', 'Asha', 'asha@leeds.example', 'Director', 'director', 'Europe/London', 'member', 'active')`,
  );
  await pool.query(`insert into rounds (id, number, published_at) values ('${id(3)}', 1, now())`);
  for (const [match, time, isAgreed] of [
    [id(4), at, true],
    [id(5), at, false],
    [id(6), null, false],
  ] as const) {
    const by = time === null ? null : id(2);
    await pool.query(
      'insert into matches (id, round_id, suggested_at, suggested_by, is_agreed) values ($1, $2, $3, $4, $5)',
      [match, id(3), time, by, isAgreed],
    );
    await pool.query('insert into match_members (match_id, member_id, says_yes) values ($1, $2, $3)', [
      match,
      id(2),
      time !== null,
    ]);
  }
}

test('a time that was agreed is agreed still, and what was only suggested is suggested still', async () => {
  await putMatches();
  await database.pool.query(await readFile(file, 'utf8'));
  const { rows } = await database.pool.query(
    `select agreed_at, suggested_at, suggested_by, says_yes
       from matches join match_members on match_members.match_id = matches.id order by matches.id`,
  );
  expect(rows).toEqual([
    { agreed_at: at, suggested_at: null, suggested_by: null, says_yes: false },
    { agreed_at: null, suggested_at: at, suggested_by: id(2), says_yes: true },
    { agreed_at: null, suggested_at: null, suggested_by: null, says_yes: false },
  ]);
});
