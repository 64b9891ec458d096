import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustBeKept } from '../../src/commands/kept.ts';
import { Permanent } from '../../src/errors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a network is kept where a database is named, or an embedded one was made; looking for it makes nothing', async () => {
  const dataDir = join(folder, 'data');
  const none = new Permanent(
    `No network is kept in ${dataDir}. Set DATABASE_URL to its database, or DATA_DIR to the folder that it is kept in.`,
  );
  await expect(mustBeKept({ databaseUrl: '', dataDir })).rejects.toEqual(none);
  await mustBeKept({ databaseUrl: 'postgres://db.example/network', dataDir });
  expect(await readdir(folder)).toEqual([]);
  await mkdir(join(dataDir, 'postgres'), { recursive: true });
  await expect(mustBeKept({ databaseUrl: '', dataDir })).rejects.toEqual(none);
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18');
  await mustBeKept({ databaseUrl: '', dataDir });
});
