/** What is asked once a conversation is over; the subject of each is the conversation. */
export type AfterwardsDelivery =
  /** Asks the host who came. */
  | 'afterwards.who-came'
  /** Asks somebody who came for one thing they take away. */
  | 'afterwards.takeaway'
  /** What the host wrote for everybody who was there. */
  | 'afterwards.summary';
export type AfterwardsDue =
  /** It has ended. */
  | 'afterwards.over'
  /** The host has had time to say who came: everybody else is asked now. */
  | 'afterwards.ask';

/** For so long after it has ended, a host can say who came, and write a summary, and change both. */
export const hostDays = 14;

/** In characters. */
export const lengths = { takeaway: 1000, summary: 2000 } as const;

/** What one person takes away, as it stands: opened for its writer alone, unless they shared it. */
export interface Takeaway {
  readonly text: string;
  readonly shared: boolean;
  readonly writtenAt: Date;
}

/** Somebody who had a seat when it began. */
export interface Attendee {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly council: string;
  /** What the host said; null until then. */
  readonly came: boolean | null;
}
