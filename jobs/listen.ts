import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Trouble } from './trouble.ts';

export interface Listener {
  close(): Promise<void>;
}

const RECONNECT_MS = 1_000;

/**
 * Calls `wake` when something is said on a PostgreSQL channel, and each time it has begun to listen, because of what
 * was said before. A connection that breaks is made again. Resolves when the first connection stands or has failed.
 */
export async function listen(
  database: pg.PoolConfig,
  channel: string,
  wake: () => void,
  trouble: Trouble,
): Promise<Listener> {
  const stop = new AbortController();
  const first = Promise.withResolvers<void>();
  const keepOn = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await listenUntilCut(database, channel, stop.signal, wake, first.resolve);
      } catch (error) {
        if (stop.signal.aborted) return;
        trouble.note(error);
      }
      first.resolve();
      await pause(RECONNECT_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const ended = keepOn();
  await first.promise;
  return {
    async close() {
      stop.abort();
      await ended;
    },
  };
}

async function listenUntilCut(
  database: pg.PoolConfig,
  channel: string,
  signal: AbortSignal,
  wake: () => void,
  listening: () => void,
): Promise<void> {
  const client = new pg.Client({
    connectionTimeoutMillis: 10_000,
    ...database,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  const cut = once(client, 'end', { signal });
  // Waited for below; if connecting fails first, that error is the one to tell.
  cut.catch(() => {});
  // A break is met at 'end'; without a listener of its own it would end the process when it comes after that.
  client.on('error', () => {});
  client.on('notification', wake);
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    listening();
    wake();
    await cut;
  } finally {
    await client.end();
  }
}
