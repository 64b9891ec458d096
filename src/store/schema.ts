import type { Generated, JSONColumnType } from 'kysely';
import type { Platform } from '../account.ts';
import type { DueKind } from '../agenda/model.ts';
import type { DeliveryKind } from '../delivery/model.ts';
import type { Message } from '../messages/message.ts';
import type {
  ConversationTable,
  DiaryPostTable,
  HandOverTable,
  HostAskTable,
  ProgrammeEventTable,
  ProposalTable,
  ProposalTimeTable,
  SeatTable,
  SeriesSlotTable,
  SeriesTable,
  TakeawayTable,
  TimeAnswerTable,
  TimeTickTable,
  TopicTable,
  TopicVoteTable,
} from './conversation-tables.ts';
import type {
  ExperienceTable,
  LeftOutTable,
  MatchMemberTable,
  MatchTable,
  RoundLockMemberTable,
  RoundLockTable,
  RoundTable,
  RoundWishTable,
  StandingPoolTable,
} from './matching-tables.ts';
import type {
  AccountRequestTable,
  AccountTable,
  AuditTable,
  BuddyTable,
  CohortTable,
  ConsentTable,
  CouncilDomainTable,
  CouncilRelationTable,
  CouncilTable,
  DoNotMatchTable,
  ErasedPersonTable,
  InterestTable,
  LearningSetTable,
  LinkCodeTable,
  MemberTable,
  NetworkTable,
  PastMatchTable,
  PersonView,
  WrongCodeTable,
} from './people-tables.ts';
import type {
  BreakTable,
  CohortPromptTable,
  DigestReflectionTable,
  DigestTable,
  DigestThemeTable,
  PromptTable,
  ReflectionTable,
  SwappedPromptTable,
} from './reflection-tables.ts';
import type { JoinRequestCountTable, JoinRequestTable } from './request-tables.ts';

/** The tables as Kysely sees them; the truth is in `migrations/`. */
export interface Schema {
  network: NetworkTable;
  councils: CouncilTable;
  council_domains: CouncilDomainTable;
  council_relations: CouncilRelationTable;
  cohorts: CohortTable;
  learning_sets: LearningSetTable;
  members: MemberTable;
  people: PersonView;
  consents: ConsentTable;
  interests: InterestTable;
  join_request_counts: JoinRequestCountTable;
  join_requests: JoinRequestTable;
  buddies: BuddyTable;
  do_not_match: DoNotMatchTable;
  link_codes: LinkCodeTable;
  wrong_codes: WrongCodeTable;
  audit: AuditTable;
  past_matches: PastMatchTable;
  erased_people: ErasedPersonTable;
  accounts: AccountTable;
  account_requests: AccountRequestTable;
  agenda: AgendaTable;
  deliveries: DeliveryTable;
  received_events: ReceivedEventTable;
  installations: InstallationTable;
  rooms: RoomTable;
  lanes: LaneTable;
  web_inbox: WebInboxTable;
  web_sessions: WebSessionTable;
  prompts: PromptTable;
  swapped_prompts: SwappedPromptTable;
  reflections: ReflectionTable;
  breaks: BreakTable;
  cohort_prompts: CohortPromptTable;
  digests: DigestTable;
  digest_themes: DigestThemeTable;
  digest_reflections: DigestReflectionTable;
  conversations: ConversationTable;
  seats: SeatTable;
  hand_overs: HandOverTable;
  proposals: ProposalTable;
  proposal_times: ProposalTimeTable;
  time_answers: TimeAnswerTable;
  time_ticks: TimeTickTable;
  topics: TopicTable;
  topic_votes: TopicVoteTable;
  series: SeriesTable;
  series_slots: SeriesSlotTable;
  host_asks: HostAskTable;
  programme_events: ProgrammeEventTable;
  diary_posts: DiaryPostTable;
  takeaways: TakeawayTable;
  rounds: RoundTable;
  matches: MatchTable;
  match_members: MatchMemberTable;
  left_out: LeftOutTable;
  round_wishes: RoundWishTable;
  experiences: ExperienceTable;
  round_locks: RoundLockTable;
  round_lock_members: RoundLockMemberTable;
  standing_pool: StandingPoolTable;
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
  /** Exactly one of the two is set. */
  member_id: string | null;
  room_id: string | null;
  via: Platform | null;
  status: Generated<DeliveryStatus>;
  attempts: Generated<number>;
  /** How many of the attempts the platform put off. */
  put_off: Generated<number>;
  /** Where it stands in line, as `delivery/lanes.ts` names it; null until it is looked at. */
  stream: string | null;
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
  /** Given up without knowing whether it arrived. */
  in_doubt: Generated<boolean>;
  /**
   * Of the card that this one sent, once a change could not be shown there: its account is closed, or the platform
   * turned the change away. Null while the card is as it should be.
   */
  late: 'closed' | 'turned-away' | null;
}

interface ReceivedEventTable {
  platform: Platform;
  event_id: string;
  received_at: Date;
  /** Null while it is being dealt with, or was cut off. */
  done_at: Date | null;
}

interface InstallationTable {
  platform: Platform;
  space: string;
  name: string;
  secret: Buffer | null;
  installed_at: Date;
  removed_at: Date | null;
}

/**
 * A channel that many may read, a group of the people in one match, the home of someone who was erased, or the private
 * chat of someone who has our app and has not joined.
 */
export type RoomPurpose = 'announcements' | 'introduction' | 'farewell' | 'greeting';

interface RoomTable {
  id: string;
  platform: Platform;
  space: string;
  purpose: RoomPurpose;
  room: string;
  address: JSONColumnType<Record<string, string>, string | undefined>;
  subject: string;
  chosen_by: string | null;
  created_at: Date;
  /** Since when a channel is no longer chosen. */
  retired_at: Date | null;
}

interface LaneTable {
  key: string;
  free_at: Date;
  silences: Generated<number>;
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
  account_id: string | null;
  expires_at: Date;
}
