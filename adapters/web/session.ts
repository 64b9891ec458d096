import { randomBytes } from 'node:crypto';
import { addDays } from 'date-fns/addDays';
import { addHours } from 'date-fns/addHours';
import { subDays } from 'date-fns/subDays';
import type { Request, Response } from 'express';
import type { Account } from '../../src/account.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import { clearCookie, isFramed, readCookie, setCookie, tabJar, usualJar } from './cookies.ts';
import { tabSessionHours } from './limits.ts';
import type { Web } from './options.ts';

const dayMs = 86_400_000;

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
  await forgetEnded(web);
  const token = newToken();
  const row = await db
    .insertInto('web_sessions')
    .values({
      token_hash: fingerprint(token),
      member_id: entry.memberId,
      link_id: entry.linkId === '' ? null : entry.linkId,
      expires_at: addDays(clock.now(), entry.days),
    })
    .onConflict((conflict) => conflict.column('link_id').doNothing())
    .returning('member_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  setCookie(usualJar(web), response, token, entry.days * dayMs);
  return true;
}

/**
 * Signs in, inside the tab, whoever this account belongs to. The session lasts no longer than the account does.
 *
 * @returns false when it is nobody's; nothing changes then
 */
export async function startTabSession(web: Web, response: Response, account: Account): Promise<boolean> {
  const { db, clock } = web.core;
  await forgetEnded(web);
  const token = newToken();
  const row = await db
    .insertInto('web_sessions')
    .columns(['token_hash', 'member_id', 'account_id', 'expires_at'])
    .expression((from) =>
      from
        .selectFrom('accounts')
        .select(({ val, cast }) => [
          val(fingerprint(token)).as('token_hash'),
          'member_id',
          'id',
          cast<Date>(val(addHours(clock.now(), tabSessionHours)), 'timestamptz').as('expires_at'),
        ])
        .where('platform', '=', account.platform)
        .where('space', '=', account.space)
        .where('platform_user', '=', account.user),
    )
    .returning('member_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  setCookie(tabJar, response, token, 0);
  return true;
}

/** The member whose session this request carries; `undefined` when there is none (any more). */
export async function signedIn(web: Web, request: Request): Promise<Member | undefined> {
  return (await visitOf(web, request))?.member;
}

/** Who is here, and in a tab by which account. */
export interface Visit {
  readonly member: Member;
  readonly tabAccount: Account | undefined;
}

/** The same as {@link signedIn}, with how they were. */
export async function visitOf(web: Web, request: Request): Promise<Visit | undefined> {
  const inTab = await tabSession(web, request);
  const memberId = inTab?.memberId ?? (await usualMemberId(web, request));
  const member = memberId === undefined ? undefined : await findMember(web.core.db, memberId);
  return member === undefined ? undefined : { member, tabAccount: inTab?.account };
}

async function usualMemberId(web: Web, request: Request): Promise<string | undefined> {
  const token = readCookie(usualJar(web), request);
  if (token === undefined) return undefined;
  const row = await openSession(web, token).where('account_id', 'is', null).select('member_id').executeTakeFirst();
  return row?.member_id;
}

/** Only while the organisation that vouched for them is served. */
async function tabSession(web: Web, request: Request) {
  const token = readCookie(tabJar, request);
  if (web.tab === undefined || token === undefined) return undefined;
  const row = await openSession(web, token)
    .innerJoin('accounts', 'accounts.id', 'web_sessions.account_id')
    .select(['web_sessions.member_id as memberId', 'platform', 'space', 'platform_user as user'])
    .executeTakeFirst();
  if (row === undefined || !(await web.tab.serves(row.space))) return undefined;
  const { memberId, ...account } = row;
  return { memberId, account };
}

function openSession({ core }: Web, token: string) {
  return core.db
    .selectFrom('web_sessions')
    .where('token_hash', '=', fingerprint(token))
    .where('expires_at', '>', core.clock.now());
}

export async function endSession(web: Web, request: Request, response: Response): Promise<void> {
  await endTabSession(web, request, response);
  clearCookie(usualJar(web), response);
  await endRow(web, readCookie(usualJar(web), request));
}

/** Ends what an earlier visit left, perhaps somebody else's. In a frame the cookie stays, empty: we are still in the tab. */
export async function endTabSession(web: Web, request: Request, response: Response): Promise<void> {
  if (web.tab === undefined) return;
  if (isFramed(request)) setCookie(tabJar, response, '', 0);
  else clearCookie(tabJar, response);
  await endRow(web, readCookie(tabJar, request));
}

/** The row stays until it is swept, ended: it is how we know that its link was used. */
async function endRow({ core }: Web, token: string | undefined): Promise<void> {
  if (token === undefined) return;
  await core.db
    .updateTable('web_sessions')
    .set({ expires_at: core.clock.now() })
    .where('token_hash', '=', fingerprint(token))
    .execute();
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A day's grace: a used sign-in link must be remembered until it would have ended by itself. */
async function forgetEnded({ core }: Web): Promise<void> {
  const before = subDays(core.clock.now(), 1);
  await core.db.deleteFrom('web_sessions').where('expires_at', '<', before).execute();
}
