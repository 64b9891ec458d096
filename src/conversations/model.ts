import type { Audience } from '../proposals/model.ts';

/** One Director conversation: a small group, hosted by a senior leader, on a theme. */
export interface Conversation {
  readonly id: string;
  /** `undefined` once the host has been erased. */
  readonly host: Host | undefined;
  readonly theme: string;
  readonly title: string;
  readonly about: string;
  readonly startsAt: Date;
  /** The host's IANA zone when it was proposed. */
  readonly zone: string;
  readonly minutes: number;
  /** Seats, the host not counted. */
  readonly capacity: number;
  /** How many of one council may have one; null for no limit. */
  readonly perCouncil: number | null;
  readonly audience: Audience;
  /** What is said may be used, but not who said it. */
  readonly chathamHouse: boolean;
  /** Counts the changes: whoever changes it says which one they have read. */
  readonly revision: number;
  /** Counts the changes that a calendar shows. */
  readonly sequence: number;
  /** Null while it is to take place. */
  readonly cancelledAt: Date | null;
  /** For everyone who had a place, in the words of who cancelled it; '' for none. */
  readonly cancelReason: string;
  /** Where to join: shown only to those with a seat, and only in a reminder. '' where there is a place. */
  readonly link: string;
  /** Where people meet; everybody can read it. '' where there is a link. */
  readonly place: string;
}

/** The member who called it, as everybody sees them. */
export interface Host {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly council: string;
}

/** What a proposal may be: seats without the host, minutes, and characters. */
export const capacityRange = { min: 3, max: 15 } as const;
export const minutesRange = { min: 15, max: 240 } as const;
export const lengths = { title: 100, about: 1000, link: 500, place: 200, reason: 500 } as const;

/** How one person stands to a conversation. `position` counts from 1 among those waiting. */
export type Standing =
  | { readonly kind: 'host' }
  | { readonly kind: 'seated' }
  /** A seat is kept for them until then. */
  | { readonly kind: 'offered'; readonly until: Date }
  | { readonly kind: 'waiting'; readonly position: number }
  | { readonly kind: 'none' };

/** How full a conversation is. Offered seats count as taken. */
export interface Attendance {
  readonly seated: number;
  readonly offered: number;
  readonly waiting: number;
}

export type ReminderDelivery =
  | 'conversations.reminder-week'
  | 'conversations.reminder-day'
  | 'conversations.reminder-soon';
export type ConversationDelivery =
  | 'conversations.announcement'
  /** Brings the announcement that this member was sent up to date, where it stands. */
  | 'conversations.card-update'
  /** A seat is theirs: the capacity was raised. */
  | 'conversations.seat-freed'
  /** A seat is kept for them for a while. */
  | 'conversations.seat-offered'
  /** They let the time for it pass. */
  | 'conversations.offer-ended'
  /** It is at another time or in another place. */
  | 'conversations.moved'
  /** Asks a host to take over; tells the host and whoever asked that they did, or cannot; tells those with a place. */
  | 'conversations.hand-over-asked'
  | 'conversations.hand-over-answered'
  | 'conversations.hand-over-declined'
  | 'conversations.new-host'
  /** Few have signed up: asks the host what to do. */
  | 'conversations.too-few'
  | ReminderDelivery
  | 'conversations.host-briefing'
  | 'conversations.cancelled';
/** A conversation's card in a channel, and bringing that card up to date. */
export type ConversationRoomDelivery = 'conversations.notice' | 'conversations.notice-update';
export type ConversationDue =
  | 'conversations.remind-week'
  | 'conversations.remind-day'
  | 'conversations.remind-soon'
  /** It begins: its cards in channels stop offering seats. */
  | 'conversations.begins'
  /** A seat was offered and its time has passed. */
  | 'conversations.offer-ends'
  /** Two days before: are there enough people? */
  | 'conversations.count'
  /** The cards that members were sent are out of date. */
  | 'conversations.cards';

export function seatsLeft(capacity: number, attendance: Attendance): number {
  return Math.max(0, capacity - attendance.seated - attendance.offered);
}

type Times = Pick<Conversation, 'startsAt' | 'minutes'>;

export function endOf({ startsAt, minutes }: Times): Date {
  return new Date(startsAt.getTime() + minutes * 60_000);
}

export function hasEnded(conversation: Times, now: Date): boolean {
  return endOf(conversation) <= now;
}
