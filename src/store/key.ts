import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Permanent } from '../errors.ts';
import { type Cipher, createCipher } from './cipher.ts';
import type { Database } from './database.ts';

const keyBytes = 32;

/** The key that the embedded database keeps beside itself; made at the first start, readable by its owner alone. */
export async function keyBeside(dataDir: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, 'encryption.key');
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${randomBytes(keyBytes).toString('base64')}\n`);
    await file.sync();
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length === keyBytes) return key;
  throw new Permanent(
    `${path} does not hold a key of ${keyBytes} bytes. Restore it from a backup; do not make a new one.`,
  );
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
