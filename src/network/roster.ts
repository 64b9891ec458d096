import type { Account } from '../account.ts';
import type { Reader } from '../store/database.ts';
import type { Member, NetworkSettings } from './model.ts';

function memberRows(db: Reader) {
  return db
    .selectFrom('people')
    .select([
      'people.id',
      'people.name',
      'people.email',
      'people.council_id as councilId',
      'people.council',
      'people.role',
      'people.level',
      'people.cohort',
      'people.zone',
      'people.locale',
      'people.permission',
      'people.status',
      'people.findable',
      'people.paused_until as pausedUntil',
    ]);
}

export async function findMember(db: Reader, id: string): Promise<Member | undefined> {
  return await memberRows(db).where('people.id', '=', id).executeTakeFirst();
}

/** E-mail addresses are compared in lower case. */
export async function findMemberByEmail(db: Reader, email: string): Promise<Member | undefined> {
  return await memberRows(db).where('people.email', '=', email.trim().toLowerCase()).executeTakeFirst();
}

export async function findMemberByAccount(db: Reader, account: Account): Promise<Member | undefined> {
  return await memberRows(db)
    .innerJoin('accounts', 'accounts.member_id', 'people.id')
    .where('accounts.platform', '=', account.platform)
    .where('accounts.space', '=', account.space)
    .where('accounts.platform_user', '=', account.user)
    .executeTakeFirst();
}

/** Members who joined and have not left, in a stable order. */
export async function activeMembers(db: Reader): Promise<readonly Member[]> {
  return await memberRows(db).where('people.status', '=', 'active').orderBy('people.id').execute();
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
