import { Kysely, type Transaction as KyselyTransaction, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;
/** An open transaction: what is written through it commits together with its deliveries, or not at all. */
export type Transaction = KyselyTransaction<Schema>;
/** Either of the two, for reading. */
export type Reader = Database | Transaction;

export function openDatabase(pool: Pool): Database {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
