import type { Account } from '../account.ts';
import type { Reader } from '../store/database.ts';
import type { Member, NetworkSettings } from './model.ts';

function memberRows(db: Reader) {
  return db
    .selectFrom('members')
    .innerJoin('councils', 'councils.id', 'members.council_id')
    .select([
      'members.id',
      'members.name',
      'members.email',
      'members.council_id as councilId',
      'councils.name as council',
      'members.role',
      'members.level',
      'members.cohort',
      'members.zone',
      'members.permission',
      'members.status',
      'members.paused_until as pausedUntil',
    ]);
}

export async function findMember(db: Reader, id: string): Promise<Member | undefined> {
  return await memberRows(db).where('members.id', '=', id).executeTakeFirst();
}

/** E-mail addresses are compared in lower case. */
export async function findMemberByEmail(db: Reader, email: string): Promise<Member | undefined> {
  return await memberRows(db).where('members.email', '=', email.trim().toLowerCase()).executeTakeFirst();
}

export async function findMemberByAccount(db: Reader, account: Account): Promise<Member | undefined> {
  return await memberRows(db)
    .innerJoin('accounts', 'accounts.member_id', 'members.id')
    .where('accounts.platform', '=', account.platform)
    .where('accounts.space', '=', account.space)
    .where('accounts.platform_user', '=', account.user)
    .executeTakeFirst();
}

/** Members who joined and have not left, in a stable order. */
export async function activeMembers(db: Reader): Promise<readonly Member[]> {
  return await memberRows(db).where('members.status', '=', 'active').orderBy('members.id').execute();
}

export async function readSettings(db: Reader): Promise<NetworkSettings> {
  return await db
    .selectFrom('network')
    .select([
      'name',
      'zone',
      'prompt_weekday as promptWeekday',
      'prompt_hour as promptHour',
      'round_weekday as roundWeekday',
      'round_hour as roundHour',
      'round_weeks as roundWeeks',
    ])
    .executeTakeFirstOrThrow();
}
