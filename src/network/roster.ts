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
      'people.nation',
      'people.cohort',
      'people.cohort_id as cohortId',
      'people.zone',
      'people.locale',
      'people.permission',
      'people.status',
      'people.findable',
      'people.agrees_to_prompts as agreesToPrompts',
      'people.agrees_to_matching as agreesToMatching',
      'people.prompt_rhythm as promptRhythm',
      'people.prompts_paused_until as promptsPausedUntil',
      'people.matching_paused_until as matchingPausedUntil',
      'people.conversations_paused_until as conversationsPausedUntil',
    ]);
}

export async function findMember(db: Reader, id: string): Promise<Member | undefined> {
  return await memberRows(db).where('people.id', '=', id).executeTakeFirst();
}

/** Of the roster alone: guests have no way in. E-mail addresses are compared in lower case. */
export async function findMemberByEmail(db: Reader, email: string): Promise<Member | undefined> {
  const person = await findPersonByEmail(db, email);
  return person?.status === 'guest' ? undefined : person;
}

/** Whoever has this address, guests too. */
export async function findPersonByEmail(db: Reader, email: string): Promise<Member | undefined> {
  return await memberRows(db).where('people.email', '=', email.trim().toLowerCase()).executeTakeFirst();
}

/**
 * Whoever has this address, and was put on the roster by somebody who knows them, or by a platform's word for it. An
 * address that somebody only typed is no way to them: it may be somebody else's.
 */
export async function findMemberByVouchedEmail(db: Reader, email: string): Promise<Member | undefined> {
  if (email.trim() === '') return undefined;
  const own = db
    .selectFrom('accounts')
    .select('accounts.member_id')
    .where('accounts.platform', '=', 'email')
    .where('accounts.platform_user', '=', email.trim().toLowerCase());
  return await memberRows(db)
    .where('people.email', '=', email.trim().toLowerCase())
    .where('people.status', '!=', 'guest')
    .where('people.id', 'in', own)
    .executeTakeFirst();
}

/** Whoever is to say whether this address, which the roster has for them by now, is theirs. It is no way in. */
export async function findMemberToConfirm(db: Reader, email: string): Promise<Member | undefined> {
  const asked = db.selectFrom('members').select('id').where('new_email', '=', email.trim().toLowerCase());
  return await memberRows(db).where('people.id', 'in', asked).executeTakeFirst();
}

/** Whoever the roster has by this address, whether they have said that it is theirs or not. */
export async function findMemberListedAs(db: Reader, email: string): Promise<Member | undefined> {
  return (await findMemberByEmail(db, email)) ?? (await findMemberToConfirm(db, email));
}

export async function findMemberByAccount(db: Reader, account: Account): Promise<Member | undefined> {
  return await memberRows(db)
    .innerJoin('accounts', 'accounts.member_id', 'people.id')
    .where('accounts.platform', '=', account.platform)
    .where('accounts.space', '=', account.space)
    .where('accounts.platform_user', '=', account.user)
    .executeTakeFirst();
}

/** Everybody on the roster, in a stable order: those who have not joined, and those who left, too; no guests. */
export async function everyMember(db: Reader): Promise<readonly Member[]> {
  return await memberRows(db).where('people.status', '!=', 'guest').orderBy('people.id').execute();
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
      'councils_must_agree as councilsMustAgree',
      'digest_people as digestPeople',
      'digest_councils as digestCouncils',
    ])
    .executeTakeFirstOrThrow();
}
