import type { Core } from '../core.ts';
import type { DownloadFile } from '../download-file.ts';
import { downloadUrl, everything } from '../download-link.ts';
import { Refusal } from '../errors.ts';
import { meetingEntry } from '../matching/times/meeting-entry.ts';
import { findMeeting, isExpected } from '../matching/times/meetings.ts';
import type { Reply } from '../messages/reply.ts';
import type { Telling } from '../messages/telling.ts';
import type { Member } from '../network/model.ts';
import { conversationEntry, eventEntry } from './entries.ts';
import { refusals } from './messages.ts';
import type { DiaryEntry } from './model.ts';
import { filePage } from './page-messages.ts';
import { conversationsOf, isForCohort, programmeEvents, readPlanned } from './reading.ts';
import { writeCalendar } from './write-calendar.ts';

/**
 * A page with a link to one conversation or event as a file.
 *
 * @throws Refusal where it is not there, not for them, or they have no place in it
 */
export async function showFile(core: Core, member: Member, of: string): Promise<Reply> {
  const found = await findEntry(core, member, of);
  if (!('title' in found)) throw new Refusal(found);
  const url = downloadUrl(core, member, 'calendar', everything, of);
  return { kind: 'page', page: filePage(found.title, found.startsAt, url, member.zone) };
}

/** `undefined` where they have no place in it any more. */
export async function calendarFile(core: Core, member: Member, of: string): Promise<DownloadFile | undefined> {
  const found = member.status === 'left' ? undefined : await findEntry(core, member, of);
  if (found === undefined || !('title' in found)) return undefined;
  return { name: 'colloquy.ics', type: 'text/calendar; charset=utf-8', body: writeCalendar([found], core.publicUrl) };
}

/** The entry, or why there is none for them. */
async function findEntry(core: Core, member: Member, of: string): Promise<DiaryEntry | Telling> {
  const row = await conversationsOf(core.db, member.id).where('conversations.id', '=', of).executeTakeFirst();
  if (row !== undefined) {
    const planned = readPlanned(core.frameworks, row);
    return planned.place === 'none' ? refusals.noPlace : conversationEntry(core, planned);
  }
  if (member.status !== 'active') return refusals.notFound;
  const meeting = await findMeeting(core.db, of);
  if (meeting?.agreedAt !== undefined && isExpected(meeting, member.id))
    return meetingEntry(core, { ...meeting, at: meeting.agreedAt }, member);
  const events = programmeEvents(core.db).where('programme_events.id', '=', of);
  const theirs = member.permission === 'convener' ? events : events.where(isForCohort(member.cohortId));
  const event = await theirs.executeTakeFirst();
  return event === undefined ? refusals.notFound : eventEntry(core, event);
}
