import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Address, Platform } from '../account.ts';
import type { AuditAction, AuditBy, CouncilConsent, CouncilRelation, RelationRule } from '../convening/model.ts';
import type { Level, MemberStatus, Permission, PromptRhythm } from '../network/model.ts';
import type { MatchingSettings } from './matching-tables.ts';

/* Who belongs to the network, and where each can be reached. */

export interface NetworkTable extends MatchingSettings {
  id: Generated<number>;
  name: Generated<string>;
  zone: Generated<string>;
  prompt_weekday: Generated<number>;
  prompt_hour: Generated<number>;
  round_weekday: Generated<number>;
  round_hour: Generated<number>;
  round_weeks: Generated<number>;
  councils_must_agree: Generated<boolean>;
  digest_people: Generated<number>;
  digest_councils: Generated<number>;
  proposals_need_approval: Generated<boolean>;
  /** In minutes before a conversation begins; 0 for not. */
  remind_first_minutes: Generated<number>;
  remind_second_minutes: Generated<number>;
  remind_last_minutes: Generated<number>;
  offer_hours: Generated<number>;
  fewest_people: Generated<number>;
  /** A known text sealed with the network's key: tells a wrong key before anything is sealed with it. */
  key_check: Buffer | null;
}

export interface CouncilTable {
  id: string;
  name: string;
  type: string;
  /** As the roster has it; `time/bank-holidays.ts` says which it knows. */
  nation: string;
  region: Generated<string>;
  consent: Generated<CouncilConsent>;
  consent_at: Date | null;
}

export interface CouncilDomainTable {
  domain: string;
  council_id: string;
}

/** `council_id` is the lesser of the two ids. */
export interface CouncilRelationTable {
  council_id: string;
  other_id: string;
  relation: CouncilRelation;
  rule: RelationRule;
}

export interface CohortTable {
  id: string;
  name: string;
  programme: Generated<string>;
  year: number | null;
  graduated_at: Date | null;
}

export interface LearningSetTable {
  id: string;
  cohort_id: string;
  name: string;
}

export interface MemberTable {
  id: string;
  council_id: string;
  name: string;
  email: string;
  role: string;
  level: Level;
  zone: string;
  permission: Permission;
  status: MemberStatus;
  joined_at: Date | null;
  profile_name: Generated<string>;
  profile_zone: Generated<string>;
  profile_locale: Generated<string>;
  chosen_name: Generated<string>;
  chosen_zone: Generated<string>;
  chosen_locale: Generated<string>;
  cohort_id: string | null;
  learning_set_id: string | null;
  diary_invitations: Generated<boolean>;
  diary_key: string | null;
  cohort_since: Date | null;
  /** What the roster says is their address by now, which they have not confirmed. */
  new_email: string | null;
  email_since: Date | null;
  newly_appointed: Generated<boolean>;
  /** When a member came to be new to another role; null for somebody who was so when they joined, or never. */
  newly_since: Date | null;
  /** HH:mm on their own clock. */
  works_from: Generated<string>;
  works_until: Generated<string>;
  prompts_paused_until: Date | null;
  matching_paused_until: Date | null;
  conversations_paused_until: Date | null;
  skips_round: Generated<boolean>;
  /** The number of the round in which they asked for no match, or for no other one. */
  rests_in_round: number | null;
  prompt_rhythm: Generated<PromptRhythm>;
  preferred_platform: Platform | null;
  /** `council`, `role` and `level` as the roster said them last; nothing of whom no roster has named. */
  listed: JSONColumnType<Record<string, string>, string | undefined, string>;
  /** When the roster last named them. */
  listed_at: Generated<Date>;
  left_at: Date | null;
}

/** What a member can say yes or no to, each by itself. */
export type Purpose = 'prompts' | 'matching' | 'findable';

export interface ConsentTable {
  id: ColumnType<string, never, never>;
  member_id: string;
  purpose: Purpose;
  given: boolean;
  /** Of the words they read. */
  version: number;
  said_at: Date;
}

export interface InterestTable {
  member_id: string;
  framework: string;
  theme: string;
}

export interface BuddyTable {
  member_id: string;
  buddy_id: string;
  introduced_at: Date;
}

/** `token` is of an address, `other_id` of whoever has it or had it once: one of them is set, or both. `said` is sealed. */
export interface DoNotMatchTable {
  id: string;
  member_id: string;
  other_id: string | null;
  token: Buffer | null;
  said: Buffer;
  said_at: Date;
}

export interface LinkCodeTable {
  fingerprint: Buffer;
  member_id: string;
  expires_at: Date;
  used_at: Date | null;
}

export interface WrongCodeTable {
  platform: Platform;
  space: string;
  platform_user: string;
  count: number;
  since: Date;
}

export interface AuditTable {
  id: ColumnType<string, never, never>;
  at: Date;
  actor_id: string | null;
  by: AuditBy;
  action: AuditAction;
  subject: Generated<string>;
  detail: JSONColumnType<Record<string, string>>;
}

/** A match with somebody who was erased since. */
export interface PastMatchTable {
  member_id: string;
  token: Buffer;
  matched_at: Date;
}

export interface ErasedPersonTable {
  token: Buffer;
  erased_at: Date;
}

/** A view: each member as everybody sees them. */
export interface PersonView {
  id: ReadOnly<string>;
  council_id: ReadOnly<string>;
  council: ReadOnly<string>;
  nation: ReadOnly<string>;
  name: ReadOnly<string>;
  zone: ReadOnly<string>;
  locale: ReadOnly<string>;
  email: ReadOnly<string>;
  role: ReadOnly<string>;
  level: ReadOnly<Level>;
  cohort_id: ReadOnly<string | null>;
  cohort: ReadOnly<string>;
  permission: ReadOnly<Permission>;
  status: ReadOnly<MemberStatus>;
  prompts_paused_until: ReadOnly<Date | null>;
  matching_paused_until: ReadOnly<Date | null>;
  conversations_paused_until: ReadOnly<Date | null>;
  prompt_rhythm: ReadOnly<PromptRhythm>;
  agrees_to_prompts: ReadOnly<boolean>;
  agrees_to_matching: ReadOnly<boolean>;
  findable: ReadOnly<boolean>;
}

type ReadOnly<T> = ColumnType<T, never, never>;

export interface AccountTable {
  id: string;
  member_id: string;
  platform: Platform;
  space: string;
  platform_user: string;
  address: JSONColumnType<Address>;
  reachable: Generated<boolean>;
  seen_at: Date;
}

/** An account that asks to be a member's, and is not yet. */
export interface AccountRequestTable {
  id: string;
  member_id: string;
  platform: Platform;
  space: string;
  platform_user: string;
  address: JSONColumnType<Address>;
  requested_at: Date;
}
