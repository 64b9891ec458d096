import { afterEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

const made: FreshDatabase[] = [];

async function fresh(): Promise<FreshDatabase> {
  const database = await freshDatabase();
  made.push(database);
  return database;
}

afterEach(async () => {
  for (const database of made.splice(0)) await database.drop();
});

test('each test has a migrated database to itself, even when many are made at once', async () => {
  const databases = await Promise.all([1, 2, 3, 4].map(fresh));
  for (const [number, { pool }] of databases.entries()) {
    expect((await pool.query('SELECT FROM kysely_migration')).rowCount).toBeGreaterThan(0);
    await pool.query('CREATE TABLE mine AS SELECT $1::int AS number', [number]);
  }
  for (const [number, { pool }] of databases.entries()) {
    expect((await pool.query('SELECT number FROM mine')).rows).toEqual([{ number }]);
  }
});

test('a dropped database is gone from the server', async () => {
  const { drop, connection } = await freshDatabase();
  await drop();
  const { pool } = await fresh();
  expect((await pool.query('SELECT FROM pg_database WHERE datname = $1', [connection.database])).rowCount).toBe(0);
});
