import { timingSafeEqual } from 'node:crypto';
import type { Core } from '../core.ts';
import type { Cipher } from '../store/cipher.ts';

/*
 * The address of a feed is not stored: it is made of the member's id and a key of theirs that is, with the key of the
 * network, so neither somebody who reads the database nor somebody who knows a member can make one. It is the same each
 * time, so that a member can see whether the one in their calendar still holds; and ends when their key changes.
 */

type Sealing = Pick<Core, 'cipher' | 'publicUrl'>;

export function feedUrl({ cipher, publicUrl }: Sealing, memberId: string, key: string): string {
  const id = Buffer.from(memberId.replaceAll('-', ''), 'hex');
  return `${publicUrl}/calendar/${Buffer.concat([id, proof(cipher, memberId, key)]).toString('base64url')}.ics`;
}

function proof(cipher: Cipher, memberId: string, key: string): Buffer {
  return cipher.token(`calendar feed: ${memberId} ${key}`);
}

const idBytes = 16;
const proofBytes = 32;

/** Whose feed an address claims to be, and what is to be proved; `undefined` for what is no such address. */
export interface Claim {
  readonly memberId: string;
  readonly proof: Buffer;
}

export function readClaim(token: string): Claim | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // The same bytes can be written in several ways; we write one.
  if (bytes.length !== idBytes + proofBytes || bytes.toString('base64url') !== token) return undefined;
  const id = bytes.subarray(0, idBytes).toString('hex');
  const memberId = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { memberId, proof: bytes.subarray(idBytes) };
}

export function isProved(cipher: Cipher, { memberId, proof: given }: Claim, key: string): boolean {
  return timingSafeEqual(given, proof(cipher, memberId, key));
}
