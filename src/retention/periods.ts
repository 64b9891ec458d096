/** How long each kind of data is kept, in days. docs/privacy.md gives the reasons. */
export interface Periods {
  /** What was written, from the day it was written; a prompt, from the day it was sent. */
  readonly reflections: number;
  /** Conversations and places in them, from the day of the conversation; topics, from the day they were suggested. */
  readonly conversations: number;
  readonly matches: number;
  /** What was sent to whom: kinds and times; what stands on web pages; what fell due. */
  readonly messages: number;
  readonly audit: number;
  /** Requests to join, from the day they were decided, or asked where nobody decided. */
  readonly requests: number;
  /** People who never joined, from when the roster last named them; people who left, from then on. */
  readonly people: number;
}

/** What holds where the settings say nothing. */
export const standardPeriods: Periods = {
  reflections: 730,
  conversations: 365,
  matches: 730,
  messages: 90,
  audit: 730,
  requests: 90,
  people: 730,
};

/** Shorter, and what is still being done would be lost; longer, and it is kept for good. In days. */
export const shortestPeriod = 30;
export const longestPeriod = 3_650;

/** How each is called among the settings. */
export const periodSettings: Readonly<Record<keyof Periods, string>> = {
  reflections: 'KEEP_REFLECTIONS_DAYS',
  conversations: 'KEEP_CONVERSATIONS_DAYS',
  matches: 'KEEP_MATCHES_DAYS',
  messages: 'KEEP_MESSAGES_DAYS',
  audit: 'KEEP_AUDIT_DAYS',
  requests: 'KEEP_REQUESTS_DAYS',
  people: 'KEEP_PEOPLE_DAYS',
};

/** @param read a setting's value, '' where there is none */
export function readPeriods(read: (name: string) => string): Periods {
  const days = (name: keyof Periods) => Number(read(periodSettings[name]) || standardPeriods[name]);
  return {
    reflections: days('reflections'),
    conversations: days('conversations'),
    matches: days('matches'),
    messages: days('messages'),
    audit: days('audit'),
    requests: days('requests'),
    people: days('people'),
  };
}
