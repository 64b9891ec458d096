import type { Pool, PoolConfig } from 'pg';
import type { Config } from './config.ts';
import type { Core } from './core.ts';
import { Permanent, Retryable } from './errors.ts';
import { loadFrameworks } from './framework/load.ts';
import { openDatabase } from './store/database.ts';
import { findRunning, openEmbedded } from './store/embedded.ts';
import { cipherFor, keyBeside } from './store/key.ts';
import { migrate } from './store/migrate.ts';
import { openPool } from './store/pool.ts';
import type { Clock } from './time/clock.ts';

/** The core, open and ready, and what its queues may connect to. */
export interface OpenCore {
  readonly core: Core;
  readonly connection: PoolConfig;
  readonly pool: Pool;
  /** The names of the migrations carried out while opening. */
  readonly migrated: readonly string[];
  /** Ends the long work that can be done again, so that nobody has to wait for it: jobs are kept, and done by the next. */
  beginClosing(): void;
  close(): Promise<void>;
}

export interface Opening {
  readonly config: Pick<Config, 'databaseUrl' | 'dataDir' | 'encryptionKey' | 'publicUrl' | 'retention'>;
  readonly clock: Clock;
  readonly frameworksFolder: string;
  /** Whether to work beside a Colloquy that is running on the embedded database, as commands do. */
  readonly mayShare: boolean;
  /** Told in plain words what takes a moment. */
  readonly onProgress: (step: string) => void;
}

/**
 * Opens the database, embedded or the operator's own, brings it to this version's shape, and checks the key.
 *
 * @throws Permanent when the database is newer, cannot be reached, or was sealed with another key, or when a framework
 *   file is malformed
 */
export async function openCore(opening: Opening): Promise<OpenCore> {
  const { config, clock, frameworksFolder } = opening;
  const frameworks = await loadFrameworks(frameworksFolder);
  const server = await openServer(opening);
  const pool = openPool(server.connection);
  try {
    const migrated = await migrate(pool);
    const db = openDatabase(pool);
    const cipher = await cipherFor(db, config.encryptionKey ?? (await keyBeside(config.dataDir)));
    const closing = new AbortController();
    // Not at once: for a moment this process still takes jobs.
    const beginClosing = () => closing.abort(new Retryable('Ended, because this process is closing', 1_000));
    const { publicUrl, retention } = config;
    const core: Core = { db, clock, cipher, frameworks, publicUrl, retention, closing: closing.signal };
    const close = async () => {
      beginClosing();
      await db.destroy();
      await server.stop();
    };
    return { core, connection: server.connection, pool, migrated, beginClosing, close };
  } catch (error) {
    await pool.end();
    await server.stop();
    throw config.databaseUrl === '' ? error : explain(error);
  }
}

interface Server {
  readonly connection: PoolConfig;
  stop(): Promise<void>;
}

async function openServer({ config, mayShare, onProgress }: Opening): Promise<Server> {
  const { databaseUrl, dataDir } = config;
  const stop = () => Promise.resolve();
  if (databaseUrl !== '') return { connection: { connectionString: databaseUrl }, stop };
  const running = mayShare ? await findRunning({ dataDir, onProgress }) : undefined;
  return running === undefined ? await openEmbedded({ dataDir, onProgress }) : { connection: running, stop };
}

const unreachable: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  '28P01',
  '28000',
  '3D000',
]);

/** A database that is not there is the operator's to mend; the reason is PostgreSQL's own, and holds no password. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && unreachable.has(error.code))) return error;
  return new Permanent(`The database at DATABASE_URL cannot be used: ${error.message || String(error.code)}.`);
}
