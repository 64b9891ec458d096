import type { Core } from '../core.ts';
import { meetingTitle } from '../matching/times/agreed-messages.ts';
import { meetingEntry } from '../matching/times/meeting-entry.ts';
import { isExpected, meetingsOf, namesFor } from '../matching/times/meetings.ts';
import { meetingMinutes } from '../matching/times/rules.ts';
import type { Reader } from '../store/database.ts';
import type { DiaryEntry } from './model.ts';
import type { ComingMeeting } from './page-messages.ts';

/** What this member has agreed on with matches of theirs, from now on. */
export async function comingMeetings(
  db: Reader,
  { id }: { readonly id: string },
  now: Date,
): Promise<readonly ComingMeeting[]> {
  return (await meetingsOf(db, id, now)).flatMap((meeting) => {
    const { agreedAt: startsAt } = meeting;
    if (startsAt === undefined || !isExpected(meeting, id)) return [];
    const title = meetingTitle(namesFor(meeting, id));
    return [{ matchId: meeting.id, startsAt, minutes: meetingMinutes, title }];
  });
}

/**
 * The same for a calendar that is kept, with what has passed and what was called off lately.
 *
 * @param since from when on of each
 */
export async function meetingEntries(
  core: Pick<Core, 'db' | 'publicUrl'>,
  member: { readonly id: string; readonly zone: string },
  since: { readonly passed: Date; readonly cancelled: Date },
): Promise<readonly DiaryEntry[]> {
  return (await meetingsOf(core.db, member.id, since.passed)).flatMap((meeting) => {
    const { agreedAt: at } = meeting;
    if (at === undefined) return [];
    const entry = meetingEntry(core, { ...meeting, at }, member);
    return entry.status === 'confirmed' || meeting.changedAt > since.cancelled ? [entry] : [];
  });
}
