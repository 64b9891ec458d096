import type { Platform } from '../account.ts';
import { themeName } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import type { Level } from '../network/model.ts';
import type { Purpose } from '../store/people-tables.ts';
import { saidBy } from './consents.ts';

/** What we hold about how one member came in. */
export interface HeldJoining {
  /** Everything they ever agreed to or not, the oldest first. */
  readonly agreements: readonly HeldAgreement[];
  /** The names of the themes they care about. */
  readonly interests: readonly string[];
  readonly newlyAppointed: boolean;
  /** When they said so as a member; null for somebody who was so when they joined, or never. */
  readonly newlySince: Date | null;
  /** Who looks out for them, and for whom they look out. */
  readonly buddy: readonly HeldBuddy[];
  readonly lookingOutFor: readonly HeldBuddy[];
  /** What they asked conveners from an account of theirs. */
  readonly joinRequests: readonly HeldJoinRequest[];
}

export interface HeldAgreement {
  readonly purpose: Purpose;
  readonly given: boolean;
  /** Of the words they read. */
  readonly version: number;
  readonly saidAt: Date;
}

export interface HeldBuddy {
  /** Name, role and council: what they were shown. */
  readonly who: string;
  readonly introducedAt: Date;
}

export interface HeldJoinRequest {
  readonly platform: Platform;
  readonly name: string;
  readonly email: string;
  readonly council: string;
  readonly role: string;
  readonly level: Level;
  readonly note: string;
  readonly requestedAt: Date;
  readonly decision: 'approved' | 'refused' | null;
  readonly decidedAt: Date | null;
  readonly reason: string;
}

export async function heldJoining(core: Core, memberId: string): Promise<HeldJoining> {
  const { newlyAppointed, newlySince } = await core.db
    .selectFrom('members')
    .select(['newly_appointed as newlyAppointed', 'newly_since as newlySince'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  return {
    agreements: await saidBy(core.db, memberId),
    interests: await interests(core, memberId),
    newlyAppointed,
    newlySince,
    buddy: await buddies(core, 'member_id', 'buddy_id', memberId),
    lookingOutFor: await buddies(core, 'buddy_id', 'member_id', memberId),
    joinRequests: await joinRequests(core, memberId),
  };
}

async function interests({ db, frameworks }: Core, memberId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('interests')
    .select(['framework', 'theme'])
    .where('member_id', '=', memberId)
    .orderBy('framework')
    .orderBy('theme')
    .execute();
  return rows.map(({ framework, theme }) => themeName(frameworks, `${framework}/${theme}`));
}

async function buddies(
  { db }: Core,
  theirs: 'member_id' | 'buddy_id',
  other: 'member_id' | 'buddy_id',
  memberId: string,
): Promise<readonly HeldBuddy[]> {
  const rows = await db
    .selectFrom('buddies')
    .innerJoin('people', 'people.id', `buddies.${other}`)
    .select(['people.name', 'people.role', 'people.council', 'buddies.introduced_at as introducedAt'])
    .where(`buddies.${theirs}`, '=', memberId)
    .orderBy('buddies.introduced_at')
    .execute();
  return rows.map(({ name, role, council, introducedAt }) => ({ who: `${name}, ${role}, ${council}`, introducedAt }));
}

async function joinRequests({ db }: Core, memberId: string): Promise<readonly HeldJoinRequest[]> {
  return await db
    .selectFrom('join_requests')
    .select(['platform', 'name', 'email', 'council', 'role', 'level', 'note', 'decision', 'reason'])
    .select(['requested_at as requestedAt', 'decided_at as decidedAt'])
    .where(({ or, and, exists, eb, selectFrom }) =>
      or([
        eb('join_requests.member_id', '=', memberId),
        exists(
          selectFrom('accounts')
            .select('accounts.id')
            .where('accounts.member_id', '=', memberId)
            .whereRef('accounts.platform', '=', 'join_requests.platform')
            .whereRef('accounts.space', '=', 'join_requests.space')
            .whereRef('accounts.platform_user', '=', 'join_requests.platform_user'),
        ),
        and([
          eb('email_verified', '=', true),
          eb('email', '=', selectFrom('members').select('members.email').where('members.id', '=', memberId)),
        ]),
      ]),
    )
    .orderBy('requested_at')
    .execute();
}
