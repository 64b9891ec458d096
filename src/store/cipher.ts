import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals private text with AES-256-GCM. `place` names where the text belongs (such as `reflection:<id>`): a sealed
 * text copied to another row does not open there.
 */
export interface Cipher {
  seal(text: string, place: string): Buffer;
  /** @throws Error when the bytes were changed, moved from their place, or sealed with another key */
  open(sealed: Buffer, place: string): string;
  /**
   * The same for the same text, and telling nothing of it to anyone without the key: to know somebody again whom we hold
   * nothing else about.
   */
  token(text: string): Buffer;
}

/** @param key 32 bytes, as `ENCRYPTION_KEY` gives them */
export function createCipher(key: Buffer): Cipher {
  const textKey = Buffer.from(hkdfSync('sha256', key, '', 'colloquy private text', 32));
  const tokenKey = Buffer.from(hkdfSync('sha256', key, '', 'colloquy keyed token', 32));
  return {
    token: (text) => createHmac('sha256', tokenKey).update(text).digest(),
    seal(text, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', textKey, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, place) {
      if (sealed[0] !== version) throw new Error(`Sealed text of unknown version ${sealed[0]}`);
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
      const decipher = createDecipheriv('aes-256-gcm', textKey, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(tag);
      const body = sealed.subarray(1 + nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}

/** What we keep of a secret that we only need to recognise. */
export function fingerprint(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
