import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Permanent } from '../errors.ts';
import { type Cipher, createCipher } from './cipher.ts';
import type { Database } from './database.ts';

const keyBytes = 32;

/**
 * The key that the embedded database keeps beside itself; made at the first start, readable by its owner alone.
 *
 * @throws Permanent when the file holds something else
 */
export async function keyBeside(dataDir: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'encryption.key');
  if (!existsSync(path)) await makeKey(path);
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length === keyBytes) return key;
  throw new Permanent(
    `${path} does not hold a key of ${keyBytes} bytes. Restore it from a backup; do not make a new one.`,
  );
}

/** Written beside and linked when it is whole and on disk, so that nobody reads half a key. The quickest one's stands. */
async function makeKey(path: string): Promise<void> {
  const draft = `${path}.making-${randomUUID()}`;
  try {
    await writeFile(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

const place = 'network';
const knownText = 'the key of this network';

/**
 * A cipher with the key that this database was sealed with. The first key to be used becomes the network's.
 *
 * @throws Permanent when it is another key: starting with it would leave old reflections unreadable beside new ones
 */
export async function cipherFor(db: Database, key: Buffer): Promise<Cipher> {
  const cipher = createCipher(key);
  await db
    .updateTable('network')
    .set({ key_check: cipher.seal(knownText, place) })
    .where('key_check', 'is', null)
    .execute();
  const { key_check: check } = await db.selectFrom('network').select('key_check').executeTakeFirstOrThrow();
  if (check !== null && opens(cipher, check)) return cipher;
  throw new Permanent(
    'ENCRYPTION_KEY is not the key this database was sealed with. Nothing was changed. Restore the key from your backup ' +
      '(ENCRYPTION_KEY, or the file encryption.key in DATA_DIR).',
  );
}

function opens(cipher: Cipher, sealed: Buffer): boolean {
  try {
    return cipher.open(sealed, place) === knownText;
  } catch {
    // Node gives one error for every reason why a sealed text does not open; here they all mean the same.
    return false;
  }
}
