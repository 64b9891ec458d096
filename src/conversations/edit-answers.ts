import { noLimit } from '../proposals/rules.ts';
import { localParts } from '../time/local.ts';
import type { Conversation } from './model.ts';

/** Each answer of the form in which a conversation is changed. */
export interface EditAnswers {
  readonly title: string;
  readonly about: string;
  readonly date: string;
  readonly time: string;
  readonly minutes: string;
  readonly capacity: string;
  readonly perCouncil: string;
  readonly link: string;
  readonly place: string;
}

/** As it would be answered with nothing changed. @param zone in which date and time are meant */
export function answersOf(conversation: Conversation, zone: string): EditAnswers {
  const [date = '', time = ''] = localParts(conversation.startsAt, zone).split(' ');
  const { title, about, minutes, capacity, perCouncil, link, place } = conversation;
  const size = { minutes: String(minutes), capacity: String(capacity) };
  return {
    title,
    about,
    date,
    time,
    ...size,
    perCouncil: perCouncil === null ? noLimit : String(perCouncil),
    link,
    place,
  };
}
