import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, type Migration, Migrator, PostgresDialect, type PostgresPool, sql } from 'kysely';
import type { Pool } from 'pg';
import { Permanent } from '../errors.ts';

const folder = join(import.meta.dirname, 'migrations');

/**
 * Brings the database to this version's shape. Safe when two processes start at once: Kysely holds a lock.
 *
 * @returns the names of the migrations carried out now
 * @throws Permanent when the database was made by a newer version; nothing is changed then
 */
export async function migrate(pool: Pool): Promise<readonly string[]> {
  // Not closed here: the pool belongs to the caller, and destroying this Kysely would end it.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: borrowed(pool) }) });
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } });
  await refuseNewer(db, migrator);
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** Throws when a migration was carried out there that this version does not know. */
async function refuseNewer(db: Kysely<unknown>, migrator: Migrator): Promise<void> {
  const known = new Set((await migrator.getMigrations()).map((migration) => migration.name));
  const table = await sql<{ present: boolean }>`select to_regclass('kysely_migration') is not null as present`.execute(
    db,
  );
  if (table.rows[0]?.present !== true) return;
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const unknown = applied.rows.map((row) => row.name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Permanent(
    `This database was made by a newer version of Colloquy (it holds ${unknown.join(', ')}). ` +
      'Nothing was changed. Start the newer version, or restore a backup made by this one.',
  );
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const entries = files.map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8');
    const migration: Migration = {
      async up(db) {
        await sql.raw(text).execute(db);
      },
    };
    return [file.slice(0, -'.sql'.length), migration] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function borrowed(pool: Pool): PostgresPool {
  return { connect: async () => await pool.connect(), end: () => Promise.resolve() };
}
