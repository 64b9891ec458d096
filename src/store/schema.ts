import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Address, Platform } from '../account.ts';
import type { DueKind } from '../agenda/model.ts';
import type { DeliveryKind } from '../delivery/model.ts';
import type { LeftOutReason } from '../matching/model.ts';
import type { Message } from '../messages/message.ts';
import type { Level, MemberStatus, Permission } from '../network/model.ts';

/** The tables as Kysely sees them; the truth is in `migrations/`. */
export interface Schema {
  network: NetworkTable;
  councils: CouncilTable;
  members: MemberTable;
  accounts: AccountTable;
  agenda: AgendaTable;
  deliveries: DeliveryTable;
  received_events: ReceivedEventTable;
  web_inbox: WebInboxTable;
  web_sessions: WebSessionTable;
  prompts: PromptTable;
  reflections: ReflectionTable;
  conversations: ConversationTable;
  seats: SeatTable;
  rounds: RoundTable;
  matches: MatchTable;
  match_members: MatchMemberTable;
  left_out: LeftOutTable;
}

interface NetworkTable {
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

interface CouncilTable {
  id: string;
  name: string;
  type: string;
  nation: string;
}

interface MemberTable {
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
}

interface AccountTable {
  id: string;
  member_id: string;
  platform: Platform;
  space: string;
  platform_user: string;
  address: JSONColumnType<Address>;
  reachable: Generated<boolean>;
  seen_at: Date;
}

interface AgendaTable {
  id: string;
  key: string;
  kind: DueKind;
  subject: string;
  due_at: Date;
  done_at: Date | null;
}

export type DeliveryStatus = 'pending' | 'sending' | 'sent' | 'dropped' | 'failed';

interface DeliveryTable {
  id: string;
  key: string;
  kind: DeliveryKind;
  subject: string;
  member_id: string;
  via: Platform | null;
  status: Generated<DeliveryStatus>;
  attempts: Generated<number>;
  not_before: Date;
  reason: Generated<string>;
  created_at: Date;
  queued_at: Date | null;
  sending_at: Date | null;
  /** When the platform was last asked whether it was sent; null until it is doubtful. */
  checked_at: Date | null;
  settled_at: Date | null;
  account_id: string | null;
  receipt: JSONColumnType<Record<string, string>> | null;
}

interface ReceivedEventTable {
  platform: Platform;
  event_id: string;
  received_at: Date;
}

interface WebInboxTable {
  delivery_id: string;
  member_id: string;
  message: JSONColumnType<Message>;
  sent_at: Date;
}

interface WebSessionTable {
  token_hash: Buffer;
  member_id: string;
  link_id: string | null;
  expires_at: Date;
}

interface PromptTable {
  id: string;
  member_id: string;
  week: string;
  framework: string;
  framework_version: number;
  theme: string;
  stage: string;
  prompt: string;
  wording: string;
  why: string;
  sent_at: Date;
}

interface ReflectionTable {
  prompt_id: string;
  member_id: string;
  answer: Buffer;
  written_at: Date;
}

interface ConversationTable {
  id: string;
  host_id: string;
  theme: string;
  title: string;
  about: string;
  starts_at: Date;
  zone: string;
  minutes: number;
  capacity: number;
  link: string;
  created_at: Date;
}

interface SeatTable {
  conversation_id: string;
  member_id: string;
  state: 'seated' | 'waiting';
  /** Order of arrival; a bigint, which pg reads as text. */
  place: ColumnType<string, never, never>;
  signed_up_at: Date;
}

interface RoundTable {
  id: string;
  number: number;
  published_at: Date;
}

interface MatchTable {
  id: string;
  round_id: string;
}

interface MatchMemberTable {
  match_id: string;
  member_id: string;
}

interface LeftOutTable {
  round_id: string;
  member_id: string;
  reason: LeftOutReason;
}
