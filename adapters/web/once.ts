import { randomBytes } from 'node:crypto';
import { fingerprint } from '../../src/store/cipher.ts';
import { isFirst } from '../../src/store/received.ts';
import type { Sent } from './inbound.ts';
import type { Web } from './options.ts';

/** Names one showing of a form, so that a form sent twice (a double click, a reload) is used once. */
export function newTicket(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * Names one sending of one showing: the same form sent again with other answers is another. The ticket is not kept, so
 * what is kept says nothing about the answers.
 */
export function sendingOf(sent: Sent): string {
  return fingerprint(JSON.stringify([...sent])).toString('base64url');
}

/** False when this very form was sent before. */
export async function isFirstSending({ core }: Web, sending: string): Promise<boolean> {
  return await isFirst(core.db, 'web', sending, core.clock.now());
}
