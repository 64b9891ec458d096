/** What a member would like a conversation about. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** `<framework>/<theme>`; '' where nobody said. */
  readonly theme: string;
}

/** A topic that nobody has taken up, for those who vote: never with who suggested it. */
export interface OpenTopic extends Topic {
  /** Whoever suggested it counts as one. */
  readonly votes: number;
}

/** Conversations that come round: each on the topic most people want, with a host who is asked. */
export interface Series {
  readonly id: string;
  readonly name: string;
  /** ISO: 1 is Monday. */
  readonly weekday: number;
  /** `HH:mm` on the clock of `zone`. */
  readonly at: string;
  /** The IANA zone of the network when it was set. */
  readonly zone: string;
  readonly everyWeeks: number;
  /** `YYYY-MM-DD`: the weeks are counted from its week, and there is none before it. */
  readonly firstDay: string;
  readonly minutes: number;
  readonly capacity: number;
  /** Null for no limit. */
  readonly perCouncil: number | null;
  readonly link: string;
  readonly place: string;
}

/** `open`: people vote. `asking`: a host is looked for. `hosted`: it has one. `empty`: nothing came of it. */
export type SlotState = 'open' | 'asking' | 'hosted' | 'empty';

/** One date of a series. */
export interface Slot {
  readonly id: string;
  readonly seriesId: string;
  readonly startsAt: Date;
  readonly state: SlotState;
  /** Of one that is empty, the topic that nobody could host: it is open again, and may be taken up elsewhere. */
  readonly topicId: string | null;
  /** What the host who said yes has proposed; its conversation has the same id. Null while there is no host. */
  readonly proposalId: string | null;
  /** Null until it is announced, and again once that was cancelled. */
  readonly conversationId: string | null;
}

/** Until when an open topic nobody votes for is on offer, in milliseconds from when it was last wanted. */
export const wearsOffMs = 84 * 24 * 3_600_000;

/** How many weeks ahead slots are kept. */
export const weeksAhead = 8;
export const everyWeeksRange = { min: 1, max: 12 } as const;
export const nameLength = 60;

/** The subject of each is the slot; of `topic-hosted`, the topic. */
export type SeriesDelivery =
  /** Asks a host whether they would host the topic people want. */
  | 'series.ask-host'
  /** To conveners: nobody could host, or nobody suggested anything. */
  | 'series.no-host'
  /** To whoever suggested the topic or voted for it: it is announced. */
  | 'series.topic-hosted';
export type SeriesDue =
  /** The topic with the most votes is chosen, and the first host asked. The subject is the slot. */
  | 'series.choose'
  /** The host who was asked has not answered in time. The subject is the slot. */
  | 'series.ask-ends'
  /** The next slots are put into the diary. The subject is the series. */
  | 'series.plan';
