import { expect, test, vi } from 'vitest';
import { openPool } from '../../src/store/pool.ts';
import { patience } from '../support/patience.ts';
import { freshDatabase } from '../support/postgres.ts';

test('a session that breaks in the middle of a transaction costs that transaction, and no more', async () => {
  const database = await freshDatabase();
  const pool = openPool(database.connection);
  const session = await pool.connect();
  const ended = vi.fn();
  session.once('end', ended);
  await session.query('begin');
  const { rows } = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
  await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await vi.waitFor(() => expect(ended).toHaveBeenCalled(), patience);
  await expect(session.query('commit')).rejects.toThrow();
  session.release(true);
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
  await database.drop();
});
