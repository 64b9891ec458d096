import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { Permanent } from '../errors.ts';

/**
 * For a command that only looks, or is about somebody who must be there: to make an empty database first would answer a
 * slip in a setting as if the network had lost what is asked for.
 *
 * @throws Permanent where there is neither a database of the operator's own nor an embedded one yet
 */
export async function mustBeKept({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<void> {
  if (databaseUrl !== '' || (await holdsAnything(join(dataDir, 'postgres')))) return;
  throw new Permanent(
    `No network is kept in ${dataDir}. Set DATABASE_URL to its database, or DATA_DIR to the folder that it is kept in.`,
  );
}

/** What it holds, and whether it may be read, is for who opens it to say. */
async function holdsAnything(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
