import type { Generated, JSONColumnType } from 'kysely';
import type { Address, Platform } from '../account.ts';
import type { Level } from '../network/model.ts';

export interface JoinRequestTable {
  id: string;
  platform: Platform;
  space: string;
  platform_user: string;
  address: JSONColumnType<Address>;
  name: string;
  email: string;
  email_verified: boolean;
  council: string;
  role: string;
  level: Level;
  note: string;
  zone: string;
  requested_at: Date;
  decided_at: Date | null;
  decision: 'approved' | 'refused' | null;
  decided_by: string | null;
  reason: Generated<string>;
  /** Null until it is approved. */
  member_id: string | null;
}

export interface JoinRequestCountTable {
  platform: Platform;
  space: string;
  count: number;
  since: Date;
}
