import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { cipherFor, keyBeside } from '../../src/store/key.ts';
import { freshDatabase } from '../support/postgres.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the key is made once, even by several at once, and only its owner can read it', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => keyBeside(folder)));
  expect(new Set(keys.map(String)).size).toBe(1);
  expect(await keyBeside(folder)).toEqual(keys[0]);
  expect(await readdir(folder)).toEqual(['encryption.key']);
  expect((await stat(join(folder, 'encryption.key'))).mode & 0o777).toBe(0o600);
});

test('whoever sees the file sees all of it, at every moment', async () => {
  const path = join(folder, 'encryption.key');
  const seen = new Set<number>();
  let made = false;
  const making = keyBeside(folder).finally(() => {
    made = true;
  });
  while (!made) {
    if (existsSync(path)) seen.add(readFileSync(path).length);
    await setImmediate();
  }
  await making;
  seen.add(readFileSync(path).length);
  expect([...seen]).toHaveLength(1);
});

test('a key file that was damaged is refused, and not replaced', async () => {
  await writeFile(join(folder, 'encryption.key'), 'abc');
  await expect(keyBeside(folder)).rejects.toThrow('Restore it from a backup');
  expect(await readFile(join(folder, 'encryption.key'), 'utf8')).toBe('abc');
});

test('a database sealed with one key refuses another', async () => {
  const database = await freshDatabase();
  const db = openDatabase(database.pool);
  await cipherFor(db, Buffer.alloc(32, 1));
  await cipherFor(db, Buffer.alloc(32, 1));
  await expect(cipherFor(db, Buffer.alloc(32, 2))).rejects.toThrow('not the key this database was sealed with');
  await database.drop();
});
