import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { dropAbandoned } from '../../src/store/abandoned.ts';
import { type EmbeddedServer, openEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: EmbeddedServer['connection'];
  }
}

/** Opens one server for the whole run; its database `colloquy` is migrated and then only copied from. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const prefix = 'colloquy-test-';
  await dropAbandoned(prefix);
  const dataDir = await mkdtemp(join(tmpdir(), prefix));
  // As root the server runs as another user, who must be able to pass.
  await chmod(dataDir, 0o711);
  const server = await openEmbedded({ dataDir, onProgress: () => {}, durable: false });
  const close = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await makeTemplate(server.connection);
  } catch (error) {
    await close();
    throw error;
  }
  provide('postgres', server.connection);
  return close;
}

async function makeTemplate(connection: EmbeddedServer['connection']): Promise<void> {
  const pool = new pg.Pool(connection);
  try {
    await migrate(pool);
  } finally {
    await pool.end();
  }
}
