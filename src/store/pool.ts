import { Pool, type PoolConfig } from 'pg';

/** Sessions with the database. One that breaks is replaced; whoever was using it has their query rejected. */
export function openPool(connection: PoolConfig): Pool {
  const pool = new Pool({ ...connection, max: 20 });
  // An error without a listener ends the process. Of a session that breaks while idle, the pool tells;
  pool.on('error', () => {});
  // of one that breaks between two statements of a transaction, the session itself.
  pool.on('connect', (session) => session.on('error', () => {}));
  return pool;
}
