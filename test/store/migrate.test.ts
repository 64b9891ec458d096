import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

/** Takes everything away, as in a database that was just made. */
const empty = () => database.pool.query('drop schema public cascade; create schema public');

test('two processes that start at once on an empty database both succeed, and each migration runs once', async () => {
  await empty();
  const second = new pg.Pool(database.connection);
  const done = await Promise.all([migrate(database.pool), migrate(second)]);
  await second.end();
  const names = done.flat();
  expect(names).toContain('0001-network');
  expect(new Set(names).size).toBe(names.length);
  expect(await migrate(database.pool)).toEqual([]);
});

test('a database made by a newer version is refused, by name, and not touched', async () => {
  await database.pool.query(`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', 'now')`);
  await database.pool.query('drop table left_out');
  await expect(migrate(database.pool)).rejects.toThrow(/newer version.*9999-from-the-future.*Nothing was changed/s);
  const { rows } = await database.pool.query(`select to_regclass('left_out') as found`);
  expect(rows).toEqual([{ found: null }]);
});
