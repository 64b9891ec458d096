import { z } from 'zod';

/** What a programme does besides conversations. */
export const EventSort = z.enum(['module', 'design day', 'other']);
export type EventSort = z.infer<typeof EventSort>;

/** Minutes, and characters. */
export const eventMinutes = { min: 15, max: 1440 } as const;
export const eventLengths = { title: 100, about: 1000, place: 200, link: 500 } as const;

/** How somebody stands to a conversation, as a calendar knows it. */
export type Place = 'host' | 'seated' | 'offered' | 'waiting' | 'none';

/** A conversation as one person's diary has it. */
export interface Planned {
  readonly id: string;
  /** '' once its host is erased: its theme stands for it. */
  readonly title: string;
  readonly themeName: string;
  readonly about: string;
  /** Name, role and council; '' once they are erased. */
  readonly host: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly zone: string;
  /** '' where it is online. */
  readonly location: string;
  readonly cancelledAt: Date | null;
  readonly changedAt: Date;
  /** Never goes down for this person: the changes of what a calendar shows, of how they stand to it, and what they were sent. */
  readonly sequence: number;
  readonly place: Place;
  /** Counts from 1 among those waiting; 0 for everybody else. */
  readonly position: number;
}

/** A module or a design day, as those see it whom it is for. */
export interface ProgrammeEvent {
  readonly id: string;
  readonly sort: EventSort;
  readonly title: string;
  readonly about: string;
  readonly place: string;
  /** '' for none. Shown on our page alone, to those it is for. */
  readonly link: string;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly zone: string;
  /** Null for everybody. */
  readonly cohortId: string | null;
  /** The name of the cohort, '' for everybody. */
  readonly cohort: string;
  readonly sequence: number;
  readonly changedAt: Date;
  readonly cancelledAt: Date | null;
}

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
  /** Where a member can read more, signed in; '' for a guest. */
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
