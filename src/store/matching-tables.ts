import type { Generated, JSONColumnType } from 'kysely';
import type { LeftOutReason, MatchState, Outcome, PoolReason, StoredVerdict } from '../matching/model.ts';
import type { Weights, Wish } from '../matching/scoring/model.ts';
import type { Quality } from '../matching/scoring/quality.ts';
import type { Reason, Unmet } from '../matching/scoring/reasons.ts';

export interface RoundTable {
  id: string;
  number: number;
  published_at: Date;
  input: Buffer | null;
  certificate: Buffer | null;
  /** bigint: kept well inside 2^53, read as text. */
  objective: string | null;
  bound: string | null;
  verdict: JSONColumnType<StoredVerdict> | null;
  quality: JSONColumnType<Quality> | null;
  published_by: string | null;
  /** In points; null for rounds of before it was kept. */
  usual_score: number | null;
}

export interface MatchTable {
  id: string;
  round_id: string;
  origin: Generated<'round' | 'pool' | 'fixed'>;
  made_at: Date;
  reasons: JSONColumnType<readonly (Reason | Unmet)[], string | undefined, string>;
  starter: Generated<string>;
  /** That all said yes to. */
  agreed_at: Date | null;
  /** That people are asked about; where another is agreed, to take its place. */
  suggested_at: Date | null;
  suggested_by: string | null;
  sequence: Generated<number>;
  changed_at: Date | null;
  ended_at: Date | null;
}

export interface MatchMemberTable {
  match_id: string;
  member_id: string;
  state: Generated<MatchState>;
  outcome: Outcome | null;
  answered_at: Date | null;
  /** To the time that is suggested. */
  says_yes: Generated<boolean>;
}

export interface LeftOutTable {
  round_id: string;
  member_id: string;
  reason: LeftOutReason;
}

export interface RoundWishTable {
  member_id: string;
  wish: JSONColumnType<Wish> | null;
  wants_group: Generated<boolean>;
  said_at: Date;
}

export interface ExperienceTable {
  member_id: string;
  experience: string;
}

export interface RoundLockTable {
  id: string;
  kind: 'together' | 'apart';
  set_by: string | null;
  set_at: Date;
}

export interface RoundLockMemberTable {
  lock_id: string;
  member_id: string;
}

export interface StandingPoolTable {
  member_id: string;
  since: Date;
  why: PoolReason;
}

/** What of the table `network` is about matching. */
export interface MatchingSettings {
  group_size: Generated<2 | 3 | 4>;
  rounds_by_hand: Generated<boolean>;
  match_weights: JSONColumnType<Partial<Weights>, string | undefined, string>;
}
