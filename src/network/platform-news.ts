import type { Account, Platform, Profile } from '../account.ts';
import type { Core } from '../core.ts';
import { movePrompt } from '../reflections/moving.ts';
import type { Transaction } from '../store/database.ts';
import { holdWithAgenda } from './hold.ts';
import { refreshHomes } from './homes.ts';
import type { Member } from './model.ts';
import { profileDefaults } from './profile-defaults.ts';
import { findMember, findMemberByAccount, readSettings } from './roster.ts';

/*
 * What a platform tells us by itself: about a person's account, and about a workspace.
 */

/**
 * The profile of a person changed: it is the default for what they have not chosen themselves. Their account is open,
 * so one that was closed is reached again. Unknown people are ignored.
 */
export async function noteProfile(core: Core, account: Account, profile: Profile): Promise<void> {
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
  if (before.zone !== after.zone) await movePrompt(tx, after, await readSettings(tx), now);
  const isSame = before.name === after.name && before.zone === after.zone && before.locale === after.locale;
  if (!isSame) await refreshHomes(tx, now, after.id);
}

/** The account was closed: nothing is sent to it any more. */
export async function noteAccountClosed(core: Core, { platform, space, user }: Account): Promise<void> {
  await core.db
    .updateTable('accounts')
    .set({ reachable: false })
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .execute();
}

/** Our app is in this workspace (again): its accounts can be reached. */
export async function noteInstalled(core: Core, platform: Platform, space: string): Promise<void> {
  await setReachable(core, platform, space, true);
}

/** Our app was taken out of this workspace: its accounts cannot be reached; people keep their membership. */
export async function noteRemoved(core: Core, platform: Platform, space: string): Promise<void> {
  await setReachable(core, platform, space, false);
}

async function setReachable(core: Core, platform: Platform, space: string, reachable: boolean): Promise<void> {
  await core.db
    .updateTable('accounts')
    .set({ reachable })
    .where('platform', '=', platform)
    .where('space', '=', space)
    .execute();
}
