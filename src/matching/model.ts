import type { Weights } from './scoring/model.ts';

/** Why somebody waits to be matched between two rounds. */
export type PoolReason = 'joined' | 'left-out' | 'partner-gone' | 'rematch';

/** Why somebody is matched with nobody now. `gone`: they are no member any more, or not yet. */
export type Outside = 'gone' | 'not-agreed' | 'paused' | 'council';

/** How one person of a match stands to it, as they said. */
export type MatchState = 'open' | 'dated' | 'met' | 'dropped';

/** What somebody answers in the end. `no-show`: they had a date, and the other did not come. */
export const outcomes = ['useful', 'not-useful', 'not-met', 'no-show'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What the independent check said of a round when it was published. How many pairs were possible is no part of it: that
 * would tell of what was said in confidence. It can be counted again from the sealed record.
 */
export interface StoredVerdict {
  readonly isSound: boolean;
  readonly isBest: boolean;
  /** 0 where it is proven best. */
  readonly gap: number;
  /** What it said of each part, where the round has more than one, groups first. */
  readonly parts?: readonly PartVerdict[];
}

/** How good the groups of a part of a round, or its pairs, are among all of these members. */
export interface PartVerdict {
  readonly kind: 'pairs' | 'trio' | 'groups';
  readonly isBest: boolean;
  readonly gap: number;
}

/** How the network makes its rounds. */
export interface MatchingSettings {
  readonly groupSize: 2 | 3 | 4;
  /** Whether a convener publishes each round; else it publishes itself when it is due. */
  readonly byHand: boolean;
  readonly weights: Weights;
}

export type MatchingDelivery =
  /** Two days or more before a round, to each who takes part. The subject is the number of the round. */
  | 'matching.before-round'
  | 'matching.introduction'
  /** The same by e-mail, where they share no platform: the subject is the match. */
  | 'matching.email-introduction'
  | 'matching.left-out'
  | 'matching.half-way'
  /** Whether they met, and whether it was useful. */
  | 'matching.question'
  /** The other cannot make it: what happens now. */
  | 'matching.partner-gone'
  | 'matching.time-suggested'
  | 'matching.time-agreed'
  /** Another time was suggested in place of one that is agreed, and does not take it. */
  | 'matching.time-kept'
  /** The agreed time for their calendar, and taken out again. */
  | 'matching.invite'
  | 'matching.call-off'
  /** They do not meet at the time agreed, and nobody else is looked for. */
  | 'matching.meeting-off'
  /** To conveners: a round waits to be published. */
  | 'matching.ready';
/** Of these, those about when the people of a match meet. */
export type TimesDelivery = Extract<
  MatchingDelivery,
  `matching.${'time-suggested' | 'time-agreed' | 'time-kept' | 'invite' | 'call-off' | 'meeting-off'}`
>;
/** An introduction in a group of all the matched, where they share a workspace. */
export type MatchingRoomDelivery = 'matching.group-introduction';
export type MatchingDue =
  | 'matching.round'
  /** Two days or more before a round, on a working day. */
  | 'matching.opening'
  /** A round that conveners publish by hand has waited for a while. The subject of these is its number. */
  | 'matching.waiting'
  /** The subject of these is the id of a round. */
  | 'matching.half-way'
  | 'matching.question'
  /** Who waits between two rounds is looked at. The subject is ''. */
  | 'matching.pool';

export type { LeftOutReason } from './solving/model.ts';
