/** What a programme does besides conversations. */
export type EventSort = 'module' | 'design day' | 'other';

/** One thing in a calendar: what RFC 5545 calls an event. It never holds the link to join, nor anybody's address. */
export interface DiaryEntry {
  /** The same for life, whatever is changed: the id of the conversation or event. */
  readonly id: string;
  /** Counts the changes that a calendar shows. */
  readonly sequence: number;
  readonly title: string;
  readonly about: string;
  /** '' for none. */
  readonly place: string;
  readonly startsAt: Date;
  readonly minutes: number;
  /** The IANA zone in which it is written down. */
  readonly zone: string;
  /** Where a member can read more, signed in. */
  readonly url: string;
  /** `tentative`: they wait for a seat, or are offered one. */
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** When it was last changed. */
  readonly changedAt: Date;
}

/** The subject is the conversation; both go by e-mail alone, to who has or had a seat. */
export type DiaryDelivery =
  /** An invitation, or the same with a greater sequence once it was changed. */
  | 'diary.invite'
  /** Takes the entry out of the calendar again. */
  | 'diary.call-off';
