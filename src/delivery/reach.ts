import { type AliasableExpression, type Expression, expressionBuilder, sql } from 'kysely';
import type { Account, Address, Platform } from '../account.ts';
import type { Reader } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import type { Reachable } from './rules.ts';

/** One of a member's accounts, as the sender needs it. */
export interface Reached extends Reachable {
  readonly id: string;
  readonly account: Account;
  readonly address: Address;
}

export async function reachableAccounts(db: Reader, memberId: string): Promise<readonly Reached[]> {
  const rows = await accountRows(db).where('accounts.member_id', '=', memberId).where('reachable', '=', true).execute();
  return rows.map(readAccount);
}

/** The same for many members, by member id; of who is reached nowhere, nothing. */
export async function reachableAccountsOf(
  db: Reader,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Reached[]>> {
  const rows = await accountRows(db)
    .select('accounts.member_id')
    .where(sql<boolean>`accounts.member_id = any(${[...memberIds]}::uuid[])`)
    .where('reachable', '=', true)
    .execute();
  const byMember = [...Map.groupBy(rows, (row) => row.member_id)];
  return new Map(byMember.map(([memberId, own]) => [memberId, own.map(readAccount)]));
}

/**
 * Whether a member can be written to on this platform now, as an expression for a query.
 *
 * @param memberId the member's id, or where the query has it
 */
export function isReachedOn(memberId: Expression<string>, platform: Platform): AliasableExpression<boolean> {
  const { exists, selectFrom } = expressionBuilder<Schema>();
  return exists(
    selectFrom('accounts')
      .select('accounts.id')
      .where('accounts.member_id', '=', memberId)
      .where('accounts.platform', '=', platform)
      .where('accounts.reachable', '=', true),
  ).$castTo<boolean>();
}

/** The same, asked for one member. */
export async function isReachedBy(db: Reader, memberId: string, platform: Platform): Promise<boolean> {
  const found = await db.selectNoFrom(isReachedOn(sql`${memberId}::uuid`, platform).as('isReached')).executeTakeFirst();
  return found?.isReached === true;
}

/** The people of a match as one workspace knows them: the platform's ids, by account; `undefined` unless all are there. */
export async function groupUsers(
  db: Reader,
  matchId: string,
  platform: Platform,
  space: string,
): Promise<readonly string[] | undefined> {
  const rows = await db
    .selectFrom('match_members')
    .leftJoin('accounts', (join) =>
      join
        .onRef('accounts.member_id', '=', 'match_members.member_id')
        .on('accounts.platform', '=', platform)
        .on('accounts.space', '=', space)
        .on('accounts.reachable', '=', true),
    )
    .select(['match_members.member_id', 'accounts.platform_user as user'])
    .where('match_members.match_id', '=', matchId)
    .where('match_members.state', '!=', 'dropped')
    .orderBy('match_members.member_id')
    .orderBy('accounts.seen_at', 'desc')
    .execute();
  const users = new Map(rows.toReversed().map((row) => [row.member_id, row.user]));
  const found = [...users.values()].filter((user) => user !== null);
  return found.length >= 2 && found.length === users.size ? found.toSorted() : undefined;
}

export async function findAccount(db: Reader, id: string): Promise<Reached | undefined> {
  const row = await accountRows(db).where('accounts.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : readAccount(row);
}

function accountRows(db: Reader) {
  return db
    .selectFrom('accounts')
    .innerJoin('members', 'members.id', 'accounts.member_id')
    .select(['accounts.id', 'platform', 'space', 'platform_user', 'address', 'seen_at'])
    .select(isPreferred.as('is_preferred'));
}

/** Whether this account is on the platform where its member would rather be written to, in a query of both tables. */
export const isPreferred = sql<boolean>`coalesce(accounts.platform = members.preferred_platform, false)`;

interface AccountRow {
  readonly id: string;
  readonly platform: Platform;
  readonly space: string;
  readonly platform_user: string;
  readonly address: Address;
  readonly seen_at: Date;
  readonly is_preferred: boolean;
}

function readAccount(row: AccountRow): Reached {
  return {
    id: row.id,
    platform: row.platform,
    account: { platform: row.platform, space: row.space, user: row.platform_user },
    address: row.address,
    seenAt: row.seen_at,
    isPreferred: row.is_preferred,
  };
}
