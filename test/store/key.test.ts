import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  const keys = await Promise.all([keyBeside(folder), keyBeside(folder)]);
  expect(keys[0]).toEqual(keys[1]);
  expect(await keyBeside(folder)).toEqual(keys[0]);
  expect((await stat(join(folder, 'encryption.key'))).mode & 0o777).toBe(0o600);
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
