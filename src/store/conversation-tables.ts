import type { ColumnType, Generated } from 'kysely';
import type { EventSort } from '../diary/model.ts';
import type { Level } from '../network/model.ts';
import type { ProposalState } from '../proposals/model.ts';
import type { SlotState } from '../series/model.ts';

/*
 * Conversations from the first idea to what people took away, and what stands beside them in the diary.
 */

export interface ConversationTable {
  id: string;
  host_id: string | null;
  theme: string;
  title: string;
  about: string;
  starts_at: Date;
  zone: string;
  minutes: number;
  capacity: number;
  link: string;
  place: Generated<string>;
  /** Null for no limit. */
  per_council: number | null;
  for_level: Level | null;
  for_cohort_id: string | null;
  chatham_house: Generated<boolean>;
  revision: Generated<number>;
  sequence: Generated<number>;
  /** When it last changed as a calendar shows it; null for never. */
  changed_at: Generated<Date | null>;
  follows_id: string | null;
  made_over_by: Generated<string | null>;
  summary: Generated<string>;
  summary_at: Date | null;
  created_at: Date;
  cancelled_at: Date | null;
  cancel_reason: Generated<string>;
}

export interface SeatTable {
  conversation_id: string;
  member_id: string;
  state: 'seated' | 'offered' | 'waiting';
  /** Order of arrival; a bigint, which pg reads as text. */
  place: ColumnType<string, never, never>;
  signed_up_at: Date;
  /** Until when an offered seat is kept; null for the other states. */
  offered_until: Date | null;
  unasked: Generated<boolean>;
  came: boolean | null;
}

export interface HandOverTable {
  conversation_id: string;
  to_id: string;
  asked_by: string | null;
  asked_at: Date;
}

export interface ProposalTable {
  id: string;
  host_id: string;
  state: ProposalState;
  theme: string;
  title: string;
  about: string;
  for_level: Level | null;
  for_cohort_id: string | null;
  chatham_house: boolean;
  topic_id: string | null;
  follows_id: string | null;
  zone: string;
  minutes: Generated<number>;
  capacity: Generated<number>;
  per_council: number | null;
  link: Generated<string>;
  place: Generated<string>;
  starts_at: Date | null;
  refusal: Generated<string>;
  revision: Generated<number>;
  created_at: Date;
  changed_at: Date;
}

export interface ProposalTimeTable {
  id: string;
  proposal_id: string;
  starts_at: Date;
}

export interface TimeAnswerTable {
  proposal_id: string;
  member_id: string;
  answered_at: Date;
}

export interface TimeTickTable {
  time_id: string;
  member_id: string;
}

export interface TopicTable {
  id: string;
  member_id: string;
  title: string;
  about: string;
  /** `<framework>/<theme>`; '' where nobody said. */
  theme: Generated<string>;
  suggested_at: Date;
  /** When it was last voted for or opened again. */
  wanted_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  conversation_id: string | null;
}

export interface TopicVoteTable {
  topic_id: string;
  member_id: string;
  voted_at: Date;
}

export interface SeriesTable {
  id: string;
  name: string;
  weekday: number;
  /** HH:mm on the clock of `zone`. */
  at: string;
  zone: string;
  every_weeks: number;
  /** `YYYY-MM-DD`. */
  first_day: string;
  minutes: number;
  capacity: number;
  per_council: number | null;
  link: string;
  place: string;
  created_at: Date;
  ended_at: Date | null;
}

export interface SeriesSlotTable {
  id: string;
  series_id: string;
  starts_at: Date;
  state: SlotState;
  topic_id: string | null;
  proposal_id: Generated<string | null>;
  conversation_id: string | null;
}

export interface HostAskTable {
  id: string;
  slot_id: string;
  member_id: string;
  asked_at: Date;
  until: Date;
  answer: 'yes' | 'no' | 'none' | null;
}

export interface ProgrammeEventTable {
  id: string;
  sort: EventSort;
  title: string;
  about: string;
  place: string;
  link: string;
  starts_at: Date;
  zone: string;
  minutes: number;
  cohort_id: string | null;
  sequence: Generated<number>;
  created_at: Date;
  changed_at: Date;
  cancelled_at: Date | null;
}

/** What was posted to one person's calendar of one conversation, and how often they came to stand otherwise to it. */
export interface DiaryPostTable {
  conversation_id: string;
  member_id: string;
  /** 0 where nothing was. */
  posted: number;
  stands: boolean;
  cause: string;
  moved: Generated<number>;
  moved_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

/** `text` is sealed. */
export interface TakeawayTable {
  conversation_id: string;
  member_id: string;
  text: Buffer;
  shared: boolean;
  written_at: Date;
}
