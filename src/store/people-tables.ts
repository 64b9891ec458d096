import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Address, Platform } from '../account.ts';
import type { Level, MemberStatus, Permission } from '../network/model.ts';

/*
 * Who belongs to the network, and where each can be reached.
 */

export interface NetworkTable {
  id: Generated<number>;
  name: Generated<string>;
  zone: Generated<string>;
  prompt_weekday: Generated<number>;
  prompt_hour: Generated<number>;
  round_weekday: Generated<number>;
  round_hour: Generated<number>;
  round_weeks: Generated<number>;
  /** A known text sealed with the network's key: tells a wrong key before anything is sealed with it. */
  key_check: Buffer | null;
}

export interface CouncilTable {
  id: string;
  name: string;
  type: string;
  nation: string;
}

export interface MemberTable {
  id: string;
  council_id: string;
  name: string;
  email: string;
  role: string;
  level: Level;
  cohort: string;
  zone: string;
  permission: Permission;
  status: MemberStatus;
  paused_until: Date | null;
  joined_at: Date | null;
  profile_name: Generated<string>;
  profile_zone: Generated<string>;
  profile_locale: Generated<string>;
  chosen_name: Generated<string>;
  chosen_zone: Generated<string>;
  chosen_locale: Generated<string>;
  findable: Generated<boolean>;
}

/** A view: each member as everybody sees them. */
export interface PersonView {
  id: ReadOnly<string>;
  council_id: ReadOnly<string>;
  council: ReadOnly<string>;
  name: ReadOnly<string>;
  zone: ReadOnly<string>;
  locale: ReadOnly<string>;
  email: ReadOnly<string>;
  role: ReadOnly<string>;
  level: ReadOnly<Level>;
  cohort: ReadOnly<string>;
  permission: ReadOnly<Permission>;
  status: ReadOnly<MemberStatus>;
  findable: ReadOnly<boolean>;
  paused_until: ReadOnly<Date | null>;
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
