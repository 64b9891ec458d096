import { type Account, platforms, withGroups } from '../../account.ts';
import { type Reached, reachableAccountsOf } from '../../delivery/reach.ts';
import { chooseAccount } from '../../delivery/rules.ts';
import type { Reader } from '../../store/database.ts';

/** One workspace of one platform. */
export type Workspace = Pick<Account, 'platform' | 'space'>;

/** Where a member is reached. */
export interface Whereabouts {
  /** Where they are reached best; `undefined` for who is reached nowhere. */
  readonly home: Workspace | undefined;
  readonly hasEmail: boolean;
}

export async function whereaboutsOf(
  db: Reader,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, Whereabouts>> {
  const accounts = await reachableAccountsOf(db, memberIds);
  return new Map(memberIds.map((id) => [id, whereabouts(accounts.get(id) ?? [])]));
}

function whereabouts(accounts: readonly Reached[]): Whereabouts {
  const home = chooseAccount(accounts, new Set(platforms))?.account;
  return { home, hasEmail: accounts.some(({ platform }) => platform === 'email') };
}

/** The workspace where all of these are best reached; `undefined` when they would have to be written to in different places. */
export function sharedBy(people: readonly (Whereabouts | undefined)[]): Workspace | undefined {
  const [first, ...others] = people.map((person) => person?.home);
  // The web and e-mail are no places where people meet.
  if (first === undefined || first.space === '') return undefined;
  const isShared = others.every((home) => home?.platform === first.platform && home.space === first.space);
  return isShared ? { platform: first.platform, space: first.space } : undefined;
}

/** Whether the platform can put the people there into one group. */
export function hasGroups({ platform }: Workspace): boolean {
  return withGroups.has(platform);
}
