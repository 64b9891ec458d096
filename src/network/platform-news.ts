import type { Account, Profile } from '../account.ts';
import { planPrompt } from '../calendar/planning.ts';
import type { Core } from '../core.ts';
import { endOpenRequest } from '../joining/forgetting.ts';
import type { Transaction } from '../store/database.ts';
import { forgetRequests } from './account-requests.ts';
import { forgetStranger } from './greeting.ts';
import { holdWithAgenda } from './hold.ts';
import { refreshHomes } from './homes.ts';
import type { Member } from './model.ts';
import { moveWithMember } from './moving.ts';
import { profileDefaults } from './profile-defaults.ts';
import { findMember, findMemberByAccount } from './roster.ts';

/*
 * What a platform tells us by itself about a person's account.
 */

/**
 * The profile of a person changed: it is the default for what they have not chosen themselves. Their account is open,
 * so one that was closed is reached again. Unknown people are ignored, and so is what is known: platforms say it often.
 */
export async function noteProfile(core: Core, account: Account, profile: Profile): Promise<void> {
  if (!(await isNews(core, account, profile))) return;
  await core.db.transaction().execute(async (tx) => {
    const found = await findMemberByAccount(tx, account);
    if (found === undefined) return;
    // Of several pieces of news at once, each is compared with what the one before it left.
    await holdWithAgenda(tx, found.id);
    const before = await findMember(tx, found.id);
    if (before === undefined) return;
    if (await reopen(tx, account)) await refreshHomes(tx, core.clock.now(), before.id);
    await writeProfile(tx, before.id, profile);
    const after = await findMember(tx, before.id);
    if (after !== undefined) await follow(core, tx, before, after);
  });
}

async function isNews(core: Core, { platform, space, user }: Account, profile: Profile): Promise<boolean> {
  const known = await core.db
    .selectFrom('accounts')
    .innerJoin('members', 'members.id', 'accounts.member_id')
    .select(['reachable', 'profile_name', 'profile_zone', 'profile_locale'])
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .executeTakeFirst();
  if (known === undefined) return false;
  const { profile_name, profile_zone, profile_locale } = { ...known, ...profileDefaults(profile) };
  const isSame =
    profile_name === known.profile_name &&
    profile_zone === known.profile_zone &&
    profile_locale === known.profile_locale;
  return !known.reachable || !isSame;
}

/** Late news of a workspace that took our app out opens nothing there. @returns false when it was open, or stays closed */
async function reopen(tx: Transaction, { platform, space, user }: Account): Promise<boolean> {
  const removed = tx
    .selectFrom('installations')
    .select('space')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('removed_at', 'is not', null);
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ reachable: true })
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .where('reachable', '=', false)
    .where(({ not, exists }) => not(exists(removed)))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function writeProfile(tx: Transaction, memberId: string, profile: Profile): Promise<void> {
  const said = profileDefaults(profile);
  if (Object.keys(said).length === 0) return;
  await tx.updateTable('members').set(said).where('id', '=', memberId).execute();
}

/** What else changes with how a member is called and which clock they live by. Most news changes neither. */
async function follow(core: Core, tx: Transaction, before: Member, after: Member): Promise<void> {
  const now = core.clock.now();
  if (before.zone !== after.zone) {
    await moveWithMember(tx, after.id, before.zone, after.zone, now);
    await planPrompt(tx, after.id, now);
  }
  const isSame = before.name === after.name && before.zone === after.zone && before.locale === after.locale;
  if (!isSame) await refreshHomes(tx, now, after.id);
}

/**
 * The account was closed: nothing is sent to it any more.
 *
 * @param at who has been heard of since is there again: then this came late, and changes nothing
 */
export async function noteAccountClosed(core: Core, account: Account, at: Date): Promise<void> {
  await core.db.transaction().execute((tx) => closeAccount(tx, account, at));
}

/** Someone took our app out of their private chat: the same for a member, and a stranger is forgotten. */
export async function noteAppRemoved(core: Core, account: Account, at: Date): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await closeAccount(tx, account, at);
    await forgetStranger(tx, account, at);
    await forgetRequests(tx, account, at);
    await endOpenRequest(tx, account, at);
  });
}

async function closeAccount(tx: Transaction, { platform, space, user }: Account, at: Date): Promise<void> {
  await tx
    .updateTable('accounts')
    // By when it was closed, late news of its being opened before is known.
    .set({ reachable: false, seen_at: at })
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .where('seen_at', '<=', at)
    .execute();
}
