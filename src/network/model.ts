import { z } from 'zod';

export const Level = z.enum(['manager', 'director', 'chief executive']);
export type Level = z.infer<typeof Level>;

/** What a person may do. Each includes the ones before it. */
export const Permission = z.enum(['member', 'host', 'convener']);
export type Permission = z.infer<typeof Permission>;

/** How often a member is sent a prompt. */
export const PromptRhythm = z.enum(['weekly', 'fortnightly', 'monthly']);
export type PromptRhythm = z.infer<typeof PromptRhythm>;

/** What the network does with its members; each can be paused by itself. */
export const programmes = ['prompts', 'matching', 'conversations'] as const;
export type Programme = (typeof programmes)[number];

/** Quiet that a member asked for in one programme. */
export interface Pause {
  readonly programme: Programme;
  readonly until: Date;
}

/** `invited`: on the roster, and sent nothing until they join. `guest`: hosts a conversation by a link, and is no member. */
export type MemberStatus = 'invited' | 'active' | 'left' | 'guest';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly councilId: string;
  readonly council: string;
  /** Their job, such as 'Director of Place'. */
  readonly role: string;
  readonly level: Level;
  /** Of their council, as the roster has it: such as 'England'; '' where nobody said. */
  readonly nation: string;
  /** The name of their cohort, '' for none. */
  readonly cohort: string;
  readonly cohortId: string | null;
  /** IANA time zone. */
  readonly zone: string;
  /** BCP 47, such as en-GB; what they would like to be written to in. */
  readonly locale: string;
  readonly permission: Permission;
  readonly status: MemberStatus;
  /** Whether other members may find them by searching. */
  readonly findable: boolean;
  /** Whether they said yes to weekly prompts, and to being introduced to peers. */
  readonly agreesToPrompts: boolean;
  readonly agreesToMatching: boolean;
  readonly promptRhythm: PromptRhythm;
  readonly promptsPausedUntil: Date | null;
  readonly matchingPausedUntil: Date | null;
  readonly conversationsPausedUntil: Date | null;
}

/** The longest name a member may choose, in characters. */
export const nameLength = 100;

/** How the network runs. Weekdays are ISO: 1 is Monday. Hours are on the clock of each member, or of `zone` for rounds. */
export interface NetworkSettings {
  readonly name: string;
  readonly zone: string;
  readonly promptWeekday: number;
  readonly promptHour: number;
  readonly roundWeekday: number;
  readonly roundHour: number;
  readonly roundWeeks: number;
  /** Whether people may join only from a council that has agreed. */
  readonly councilsMustAgree: boolean;
  /** A digest tells of a theme only when so many people, of so many councils, wrote on it. */
  readonly digestPeople: number;
  readonly digestCouncils: number;
}

export type NetworkDelivery =
  | 'network.welcome'
  | 'network.sign-in'
  | 'network.resumed'
  /** Asks whether an account that is not connected yet is theirs. */
  | 'network.confirm-account'
  /** The home a platform keeps for this member is out of date. */
  | 'network.home'
  /** To the convener who chose a channel that we may not post to. */
  | 'network.announcements-failed';
export type NetworkRoomDelivery =
  /** Says in a channel that conversations will be announced there. */
  | 'network.announcements-here'
  /** The home a platform keeps for someone who was erased is to show nothing of them. */
  | 'network.blank-home'
  /** To someone who has put our app in place and has not joined. */
  | 'network.greeting';
export type NetworkDue = 'network.pause-ends' | 'network.freshen' | 'network.takes-part';
