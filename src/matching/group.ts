import { type Platform, platforms, withGroups } from '../account.ts';
import { reachableAccounts } from '../delivery/reach.ts';
import { chooseAccount } from '../delivery/rules.ts';
import type { Reader } from '../store/database.ts';

/** One workspace of one platform. */
export interface Workspace {
  readonly platform: Platform;
  readonly space: string;
}

/**
 * The workspace in which all of these members are best reached, where a platform can put them into one group;
 * `undefined` when they would have to be written to in different places.
 */
export async function sharedWorkspace(db: Reader, memberIds: readonly string[]): Promise<Workspace | undefined> {
  const open = new Set(platforms);
  const homes = await Promise.all(
    memberIds.map(async (memberId) => chooseAccount(await reachableAccounts(db, memberId), open)?.account),
  );
  const [first] = homes;
  if (first === undefined || !withGroups.has(first.platform)) return undefined;
  const isShared = homes.every((home) => home?.platform === first.platform && home.space === first.space);
  return isShared ? { platform: first.platform, space: first.space } : undefined;
}
