import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { startOfTest } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await database.pool.query('drop schema public cascade; create schema public');
});
afterEach(() => database.drop());

const folder = join(import.meta.dirname, '../../src/store/migrations');

/** As the version left it whose last migration this is. */
async function migrateTo(last: string): Promise<void> {
  const files = (await readdir(folder)).sort();
  const migrations = files.map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8');
    return [file.replace('.sql', ''), { up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)) }];
  });
  const provider = { getMigrations: async () => Object.fromEntries(await Promise.all(migrations)) };
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) });
  const { error } = await new Migrator({ db, provider }).migrateTo(last);
  if (error !== undefined) throw error;
}

async function addGivenUp(memberId: string, status: string, reason: string): Promise<void> {
  await database.pool.query(
    `insert into deliveries (id, key, kind, subject, member_id, status, reason, not_before, created_at)
     values ($1, $2, 'network.welcome', '', $3, $4, $5, $6, $6)`,
    [randomUUID(), randomUUID(), memberId, status, reason, startOfTest],
  );
}

test('what an earlier version gave up in doubt is known to be so, and a refusal is none', async () => {
  await migrateTo('0003-rooms-and-installs');
  const [memberId, councilId] = [randomUUID(), randomUUID()];
  await database.pool.query(`insert into councils values ($1, 'Leeds', 'City', 'England')`, [councilId]);
  await database.pool.query(
    `insert into members (id, council_id, name, email, role, level, cohort, zone, permission, status)
     values ($1, $2, 'Asha', 'asha@leeds.example', '', 'manager', '', 'Europe/London', 'member', 'active')`,
    [memberId, councilId],
  );
  await addGivenUp(memberId, 'failed', 'cut off while sending by Teams');
  await addGivenUp(memberId, 'failed', 'gave up: cut off before it was sent');
  await addGivenUp(memberId, 'failed', 'Slack: invalid_blocks');
  await addGivenUp(memberId, 'sent', 'cut off while sending by Teams');
  expect(await migrate(database.pool)).toContain('0004-channels-of-tenants');
  const { rows } = await database.pool.query('select status, reason from deliveries where in_doubt');
  expect(rows).toEqual([{ status: 'failed', reason: 'cut off while sending by Teams' }]);
});
