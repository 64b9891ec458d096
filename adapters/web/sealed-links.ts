import type { Response } from 'express';
import type { Intent } from '../../src/intents.ts';
import { refusals } from '../../src/network/messages.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { holderOf, type Link, readLink, writeLink } from '../../src/store/links.ts';
import { html } from './html.ts';
import { showNotice } from './notices.ts';
import type { Web } from './options.ts';
import { guest, signIn } from './words.ts';

/** A link that works, and whose it is. */
export interface Opened {
  readonly link: Link;
  readonly member: Member;
}

/**
 * Opens a link from an e-mail. Links to sign in and links to act are sealed alike; a link to sign in is one made for
 * a message that was asked for, so neither can be used as the other.
 *
 * @returns `undefined` when it was changed, has ended, or is for something else
 */
export async function openLink(web: Web, token: string, purpose: 'sign-in' | 'act'): Promise<Opened | undefined> {
  const link = readLink(web.core.cipher, token, web.core.clock.now());
  if (link === undefined || (await purposeOf(web, link)) !== purpose) return undefined;
  const member = await findMember(web.core.db, link.memberId);
  if (member === undefined || (await isForOldAddress(web, link))) return undefined;
  return { link, member };
}

/** Whoever has another address by now is no longer whoever reads the old one. An e-mail we know nothing of is an old one. */
async function isForOldAddress({ core }: Web, { id, memberId }: Link): Promise<boolean> {
  const member = core.db.selectFrom('members').select('email_since').where('id', '=', memberId);
  const since = (await member.executeTakeFirst())?.email_since ?? null;
  if (since === null) return false;
  const sent = await core.db
    .selectFrom('deliveries')
    .select('created_at')
    .where((row) => row(row.cast('id', 'text'), '=', id.split('.')[0] ?? ''))
    .executeTakeFirst();
  return sent === undefined || sent.created_at < since;
}

/** Where the web channel opens what one link led to: a link to this, which speaks for the same person and ends with it. */
export function linkPath({ core }: Web, { id, memberId, expires }: Link, intent: Intent, label = ''): string {
  return `/act/${writeLink(core.cipher, { id, memberId, intent, label, expires })}`;
}

async function purposeOf({ core }: Web, link: Link): Promise<'sign-in' | 'act'> {
  const request = await core.db
    .selectFrom('deliveries')
    .select('id')
    .where((row) => row(row.cast('id', 'text'), '=', link.id))
    .where('kind', '=', 'network.sign-in')
    .where('member_id', '=', link.memberId)
    .executeTakeFirst();
  return request === undefined ? 'act' : 'sign-in';
}

/** For a link to act: guests, who cannot sign in, are told whom to write to instead. */
export async function showActLinkEnded(web: Web, response: Response, token: string): Promise<void> {
  const holder = holderOf(web.core.cipher, token);
  const member = holder === undefined ? undefined : await findMember(web.core.db, holder);
  if (member?.status !== 'guest') return showLinkEnded(web, response);
  showNotice(web, response, 410, signIn.endedHeading, guest.ended);
}

export function showLinkEnded(web: Web, response: Response): void {
  const more = html`<p class="govuk-body"><a class="govuk-link" href="/sign-in">${signIn.again}</a></p>`;
  showNotice(web, response, 410, signIn.endedHeading, refusals.linkEnded, { more });
}
