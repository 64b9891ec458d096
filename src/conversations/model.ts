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
  /** Null while it is to take place. */
  readonly cancelledAt: Date | null;
  /** For everyone who had a place, in the words of who cancelled it; '' for none. */
  readonly cancelReason: string;
  /** Where to join: shown only to those with a seat, and only in a reminder. */
  readonly link: string;
}

/** The member who called it, as everybody sees them. */
export interface Host {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly council: string;
}

/** What a member would like a conversation about. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

/** What a proposal may be: seats without the host, minutes, and characters. */
export const capacityRange = { min: 3, max: 15 } as const;
export const minutesRange = { min: 15, max: 240 } as const;
export const lengths = { title: 100, about: 1000, link: 500, reason: 500 } as const;

/** How one person stands to a conversation. `position` counts from 1 among those waiting. */
export type Standing =
  | { readonly kind: 'host' }
  | { readonly kind: 'seated' }
  | { readonly kind: 'waiting'; readonly position: number }
  | { readonly kind: 'none' };

/** How full a conversation is. */
export interface Attendance {
  readonly seated: number;
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
  | 'conversations.seat-freed'
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
  /** The cards that members were sent are out of date. */
  | 'conversations.cards';

export function seatsLeft(capacity: number, attendance: Attendance): number {
  return Math.max(0, capacity - attendance.seated);
}
