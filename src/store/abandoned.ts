import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Permanent } from '../errors.ts';
import { openEmbedded } from './embedded.ts';

/**
 * Stops the database servers, and removes the folders, of short-lived networks that were killed before they could do
 * it themselves. One whose process lives is left alone.
 *
 * @param prefix of the names of their folders in the system's folder for temporary files
 */
export async function dropAbandoned(prefix: string): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const dataDir of names.map((name) => join(tmpdir(), name))) {
    // One without a server's pid file may be just starting.
    if (!existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) continue;
    try {
      const server = await openEmbedded({ dataDir, onProgress: () => {} });
      await server.stop();
    } catch (error) {
      // Somebody runs it, or is dropping it at this moment.
      if (error instanceof Permanent || isMissing(error)) continue;
      throw error;
    }
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
