import type { Level } from '../network/model.ts';

/**
 * `draft`: its host is still writing. `polling`: people are asked when they could come. `awaiting`: a convener looks at
 * it. What people were asked about stays when that is over, for what we tell them: `announced` or `dropped`.
 */
export type ProposalState = 'draft' | 'polling' | 'awaiting' | 'announced' | 'dropped';

/** A conversation that is not announced yet. It keeps its id when it is. */
export interface Proposal {
  readonly id: string;
  readonly hostId: string;
  readonly state: ProposalState;
  /** `<framework>/<theme>`. */
  readonly theme: string;
  readonly title: string;
  readonly about: string;
  readonly audience: Audience;
  readonly chathamHouse: boolean;
  /** The suggested topic that it takes up, and the full conversation whose waiting list it is for. */
  readonly topicId: string | null;
  readonly followsId: string | null;
  /** The host's IANA zone. */
  readonly zone: string;
  readonly minutes: number;
  readonly capacity: number;
  /** Null for no limit. */
  readonly perCouncil: number | null;
  readonly link: string;
  readonly place: string;
  /** Null until the host has chosen. */
  readonly startsAt: Date | null;
  /** Why a convener refused it, for its host; '' where nobody has. */
  readonly refusal: string;
  /** Counts the changes. */
  readonly revision: number;
}

/** Whom a conversation is for. */
export type Audience =
  | { readonly kind: 'all' }
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'cohort'; readonly cohortId: string };

/** How many times a host may ask about at once. */
export const timesAtMost = 5;

/** The subject of each is the proposal; of `guest-welcome`, the conversation. */
export type ProposalDelivery =
  /** To conveners: one waits for their word. */
  | 'proposals.wanted'
  | 'proposals.approved'
  | 'proposals.refused'
  /** Asks somebody which of the times would do. */
  | 'proposals.which-time'
  /** To the host: everybody who was asked has answered, or has had a day. */
  | 'proposals.answers-in'
  /** To who answered, when it will not take place after all. */
  | 'proposals.dropped'
  | 'proposals.guest-welcome';

/** The subject of each is the proposal. */
export type ProposalDue =
  /** The time of what waits for a convener has come. */
  | 'proposals.time-passed'
  /** People have had a day to say when they could come. */
  | 'proposals.answers-due';
