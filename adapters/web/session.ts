import { randomBytes } from 'node:crypto';
import { addDays } from 'date-fns/addDays';
import { subDays } from 'date-fns/subDays';
import type { CookieOptions, Request, Response } from 'express';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import type { Web } from './options.ts';

const dayMs = 86_400_000;

/** With the prefix a browser takes the cookie over HTTPS alone, and no other host can set it for us. */
function cookieName(web: Web): string {
  return web.secureCookies ? '__Host-colloquy' : 'colloquy';
}

function cookieOptions(web: Web): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: web.secureCookies, path: '/' };
}

/** How somebody came to be signed in: by a link, which works once, or ('') as the demonstration lets anyone. */
export interface Entry {
  readonly memberId: string;
  readonly linkId: string;
  readonly days: number;
}

/**
 * Signs a member in on this browser. We keep only the fingerprint of the secret that the cookie holds.
 *
 * @returns false when the link had been used before; nothing changes then
 */
export async function startSession(web: Web, response: Response, entry: Entry): Promise<boolean> {
  const { db, clock } = web.core;
  const now = clock.now();
  // A day's grace: a used sign-in link must be remembered until it would have ended by itself.
  await db.deleteFrom('web_sessions').where('expires_at', '<', subDays(now, 1)).execute();
  const token = randomBytes(32).toString('base64url');
  const row = await db
    .insertInto('web_sessions')
    .values({
      token_hash: fingerprint(token),
      member_id: entry.memberId,
      link_id: entry.linkId === '' ? null : entry.linkId,
      expires_at: addDays(now, entry.days),
    })
    .onConflict((conflict) => conflict.column('link_id').doNothing())
    .returning('member_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  response.cookie(cookieName(web), token, { ...cookieOptions(web), maxAge: entry.days * dayMs });
  return true;
}

/** The member whose session this request carries; `undefined` when there is none (any more). */
export async function signedIn(web: Web, request: Request): Promise<Member | undefined> {
  const token = readCookie(web, request);
  if (token === undefined) return undefined;
  const row = await web.core.db
    .selectFrom('web_sessions')
    .select('member_id')
    .where('token_hash', '=', fingerprint(token))
    .where('expires_at', '>', web.core.clock.now())
    .executeTakeFirst();
  return row === undefined ? undefined : await findMember(web.core.db, row.member_id);
}

/** The row stays until it is swept, ended: it is how we know that its link was used. */
export async function endSession(web: Web, request: Request, response: Response): Promise<void> {
  response.clearCookie(cookieName(web), cookieOptions(web));
  const token = readCookie(web, request);
  if (token === undefined) return;
  await web.core.db
    .updateTable('web_sessions')
    .set({ expires_at: web.core.clock.now() })
    .where('token_hash', '=', fingerprint(token))
    .execute();
}

function readCookie(web: Web, request: Request): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const prefix = `${cookieName(web)}=`;
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}
