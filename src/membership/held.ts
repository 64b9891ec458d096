import type { Platform } from '../account.ts';
import type { Core } from '../core.ts';
import { placeOf } from './avoided-words.ts';
import { type OwnWay, readOwnWay } from './own-way.ts';

/** What we hold of how one member wants the network to be for them. */
export interface HeldMembership {
  readonly ownWay: OwnWay;
  /** Whom they never want to be matched with, in their own words. */
  readonly avoided: readonly HeldAvoided[];
  /** Accounts that ask to be theirs. */
  readonly accountRequests: readonly { readonly platform: Platform; readonly requestedAt: Date }[];
  /** Until when each code works that they made to connect an account; what it says is not kept. */
  readonly linkCodes: readonly { readonly expiresAt: Date; readonly usedAt: Date | null }[];
}

export interface HeldAvoided {
  readonly said: string;
  readonly saidAt: Date;
}

/** @param eyes whose they are: the operator's see how many they avoid, and not whom */
export async function heldMembership(
  core: Core,
  memberId: string,
  eyes: 'theirs' | 'operator',
): Promise<HeldMembership> {
  return {
    ownWay: await readOwnWay(core.db, memberId),
    avoided: eyes === 'theirs' ? await avoided(core, memberId) : [],
    accountRequests: await accountRequests(core, memberId),
    linkCodes: await linkCodes(core, memberId),
  };
}

async function avoided({ db, cipher }: Core, memberId: string): Promise<readonly HeldAvoided[]> {
  const rows = await db
    .selectFrom('do_not_match')
    .select(['id', 'said', 'said_at as saidAt'])
    .where('member_id', '=', memberId)
    .orderBy('said_at')
    .execute();
  return rows.map(({ id, said, saidAt }) => ({ said: cipher.open(said, placeOf(id)), saidAt }));
}

async function accountRequests({ db }: Core, memberId: string): Promise<HeldMembership['accountRequests']> {
  return await db
    .selectFrom('account_requests')
    .select(['platform', 'requested_at as requestedAt'])
    .where('member_id', '=', memberId)
    .orderBy('requested_at')
    .execute();
}

async function linkCodes({ db }: Core, memberId: string): Promise<HeldMembership['linkCodes']> {
  return await db
    .selectFrom('link_codes')
    .select(['expires_at as expiresAt', 'used_at as usedAt'])
    .where('member_id', '=', memberId)
    .orderBy('expires_at')
    .execute();
}
