import type { Platform } from '../account.ts';
import { chooseAccount } from '../delivery/rules.ts';
import type { Reader } from '../store/database.ts';

/** One account of a member, as they are shown it. */
export interface OwnAccount {
  readonly id: string;
  readonly platform: Platform;
  readonly space: string;
  /** What its workspace calls itself; '' where there is none or we do not know. */
  readonly workspace: string;
  readonly seenAt: Date;
  readonly reachable: boolean;
}

/** What a member calls each platform. */
export const platformNames: Readonly<Record<Platform, string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  web: 'the web page',
  email: 'email',
};

/** @example 'Slack at “Northmoor”' */
export function accountName({ platform, workspace }: Pick<OwnAccount, 'platform' | 'workspace'>): string {
  return workspace === '' ? platformNames[platform] : `${platformNames[platform]} at “${workspace}”`;
}

/** All accounts of a member: those that we write to first come first. */
export async function ownAccounts(db: Reader, memberId: string): Promise<readonly OwnAccount[]> {
  const rows = await db
    .selectFrom('accounts')
    .leftJoin('installations', (join) =>
      join
        .onRef('installations.platform', '=', 'accounts.platform')
        .onRef('installations.space', '=', 'accounts.space'),
    )
    .select(['accounts.id', 'accounts.platform', 'accounts.space', 'installations.name as workspace'])
    .select(['seen_at as seenAt', 'reachable'])
    .where('member_id', '=', memberId)
    .orderBy('seen_at', 'desc')
    .orderBy('accounts.id')
    .execute();
  return rows.map((row) => ({ ...row, workspace: row.workspace ?? '' }));
}

/**
 * Where a member is written to now, as far as can be told without asking the platforms.
 *
 * @param preferred null for wherever they were seen last
 */
export function writtenTo(accounts: readonly OwnAccount[], preferred: Platform | null): OwnAccount | undefined {
  const reachable = accounts
    .filter((account) => account.reachable)
    .map((account) => ({ ...account, isPreferred: account.platform === preferred }));
  return chooseAccount(reachable, new Set(reachable.map(({ platform }) => platform)));
}
