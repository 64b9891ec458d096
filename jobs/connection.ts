import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PgPool,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  type RedisQueueBackend,
  runMigrations,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Trouble } from './trouble.ts';

/** BullMQ's classes for one kind of store, and the connections they share. */
export interface Connection<B extends IQueueBackend, C> {
  readonly classes: ReturnType<typeof withBackend<B, C>>;
  /** For those who add and count: fails at once while the store is away. */
  readonly forQueues: C;
  /** For those who wait for jobs: goes on when the store is back. */
  readonly forWorkers: C;
  /** Whether the store can be reached, as far as is known. */
  isUp(): boolean;
  /** Whether it answers at this moment. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/** How long the start waits for Redis; after that the jobs begin when it is there. */
const PATIENCE_MS = 5_000;

export async function connectRedis(
  url: string,
  trouble: Trouble,
): Promise<Connection<RedisQueueBackend, ConnectionOptions>> {
  const retryStrategy = (attempt: number): number => Math.min(50 * 2 ** attempt, 2_000);
  const forQueues = new Redis(url, {
    retryStrategy,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 5_000,
  });
  const forWorkers = new Redis(url, { retryStrategy, maxRetriesPerRequest: null });
  for (const redis of [forQueues, forWorkers]) redis.on('error', trouble.note);
  // An error on the way is noted by the listener above.
  await once(forQueues, 'ready', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => {});
  return {
    classes: withBackend(createRedisBackend),
    forQueues,
    forWorkers,
    isUp: () => forQueues.status === 'ready',
    answers: () =>
      forQueues.ping().then(
        () => true,
        () => false,
      ),
    close() {
      forQueues.disconnect();
      forWorkers.disconnect();
      return Promise.resolve();
    },
  };
}

/** BullMQ's tables have a schema of their own, so that they never meet ours; its functions name no schema. */
const SCHEMA = 'bullmq';
/** One for each worker's LISTEN, the rest for all its queries. */
const POOL_SIZE = 10;
/** BullMQ asks again at once when its database does not answer: 13,000 times a second over a Unix socket. */
const BREATH_MS = 1_000;

export async function connectPostgres(
  config: pg.PoolConfig,
  trouble: Trouble,
): Promise<Connection<PostgresQueueBackend, PostgresConnectionOptions>> {
  const pool = new pg.Pool({
    ...config,
    keepAlive: true,
    max: POOL_SIZE,
    // Not by the start-up option `-c search_path`: a connection string may carry options, which would take its place.
    async onConnect(client) {
      await client.query(`SET search_path TO ${SCHEMA}`);
    },
  });
  // Each queue and worker adds a listener of its own.
  pool.setMaxListeners(50);
  pool.on('error', trouble.note);
  // Of a session that breaks while it is in use, the query tells; without a listener here the process would end.
  pool.on('connect', (session) => session.on('error', () => {}));
  const client = await pool.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
  const unhurried = slowToFail(pool);
  return {
    classes: withBackend(createPostgresBackend),
    forQueues: unhurried,
    forWorkers: unhurried,
    // BullMQ's part for PostgreSQL gives up by itself when there is no answer, now or later.
    isUp: () => true,
    answers: () => Promise.resolve(true),
    close: () => pool.end(),
  };
}

/** The same pool, but a failure takes a moment. */
function slowToFail(pool: pg.Pool): PgPool {
  const breathe = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      await pause(BREATH_MS);
      throw error;
    }
  };
  const unhurried = {
    query: (text: string, values: readonly unknown[] = []) => breathe(pool.query(text, [...values])),
    connect: () => breathe(pool.connect()),
    end: () => pool.end(),
    on: pool.on.bind(pool),
    removeAllListeners: pool.removeAllListeners.bind(pool),
  };
  // BullMQ describes what it needs of pg in types of its own, which pg's do not quite fit.
  return unhurried as PgPool;
}
