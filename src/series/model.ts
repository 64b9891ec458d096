/** What a member would like a conversation about. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** `<framework>/<theme>`; '' where nobody said. */
  readonly theme: string;
}

/** `open`: people vote. `asking`: a host is looked for. `hosted`: it is announced. `empty`: nothing came of it. */
export type SlotState = 'open' | 'asking' | 'hosted' | 'empty';

/** The subject of each is the slot; of `topic-hosted`, the topic. */
export type SeriesDelivery =
  /** Asks a host whether they would host the topic people want. */
  | 'series.ask-host'
  /** To conveners: nobody could host, or nobody suggested anything. */
  | 'series.no-host'
  /** To whoever suggested the topic: it is announced. */
  | 'series.topic-hosted';
export type SeriesDue =
  /** The topic with the most votes is chosen, and the first host asked. The subject is the slot. */
  | 'series.choose'
  /** The host who was asked has not answered in time. The subject is the slot. */
  | 'series.ask-ends'
  /** The next slots are put into the diary. The subject is the series. */
  | 'series.plan';
