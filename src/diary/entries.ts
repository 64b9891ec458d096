import type { Core } from '../core.ts';
import { conversationWords, entryTitle, eventWords } from './entry-messages.ts';
import type { DiaryEntry, Planned, ProgrammeEvent } from './model.ts';
import { statusOf } from './rules.ts';

/** A conversation as it stands in one member's calendar: who else is coming is not told, nor the link to join. */
export function conversationEntry({ publicUrl }: Pick<Core, 'publicUrl'>, planned: Planned): DiaryEntry {
  const { id, sequence, startsAt, minutes, zone, changedAt, location } = planned;
  const status = statusOf(planned.place, planned.cancelledAt);
  return {
    id,
    sequence,
    title: entryTitle(planned),
    about: conversationWords(planned),
    place: location === '' ? 'Online' : location,
    startsAt,
    minutes,
    zone,
    url: `${publicUrl}/words/diary`,
    status,
    changedAt,
  };
}

/** Its link is not in it: calendars are shared, and shown to assistants. */
export function eventEntry({ publicUrl }: Pick<Core, 'publicUrl'>, event: ProgrammeEvent): DiaryEntry {
  const { id, sequence, place, startsAt, minutes, zone, changedAt, cancelledAt } = event;
  return {
    id,
    sequence,
    title: cancelledAt === null ? event.title : `Cancelled: ${event.title}`,
    about: eventWords(event),
    place,
    startsAt,
    minutes,
    zone,
    url: `${publicUrl}/words/diary`,
    status: statusOf('seated', cancelledAt),
    changedAt,
  };
}
