/** One Director conversation: a small group, hosted by a senior leader, on a theme. */
export interface Conversation {
  readonly id: string;
  readonly hostId: string;
  readonly hostName: string;
  readonly hostRole: string;
  readonly hostCouncil: string;
  readonly theme: string;
  readonly title: string;
  readonly about: string;
  readonly startsAt: Date;
  /** The host's IANA zone when it was proposed. */
  readonly zone: string;
  readonly minutes: number;
  /** Seats, the host not counted. */
  readonly capacity: number;
  /** Where to join: shown only to those with a seat, and only in a reminder. */
  readonly link: string;
}

/** What a proposal may be: seats without the host, minutes, and characters. */
export const capacityRange = { min: 3, max: 15 } as const;
export const minutesRange = { min: 15, max: 240 } as const;
export const lengths = { title: 100, about: 1000, link: 500 } as const;

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

export type ConversationDelivery =
  | 'conversations.announcement'
  | 'conversations.seat-freed'
  | 'conversations.reminder-week'
  | 'conversations.reminder-day'
  | 'conversations.reminder-soon'
  | 'conversations.host-briefing';
export type ConversationDue = 'conversations.remind-week' | 'conversations.remind-day' | 'conversations.remind-soon';

export function seatsLeft(capacity: number, attendance: Attendance): number {
  return Math.max(0, capacity - attendance.seated);
}
