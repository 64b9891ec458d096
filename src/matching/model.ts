/** A person as the solver's rules see them. */
export interface Candidate {
  readonly memberId: string;
  readonly councilId: string;
}

/** Two member ids who met in an earlier round. */
export type PastPair = readonly [string, string];

export interface Pairing {
  readonly pairs: readonly (readonly [string, string])[];
  readonly leftOut: readonly string[];
}

export type MatchingDelivery = 'matching.introduction' | 'matching.left-out';
/** An introduction in a group of all the matched, where they share a workspace. */
export type MatchingRoomDelivery = 'matching.group-introduction';
export type MatchingDue = 'matching.round';

/** Why somebody is left out of a round. */
export type LeftOutReason = 'odd-number' | 'met-everyone' | 'nobody-free';
