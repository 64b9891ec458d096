import type { Transaction } from '../../store/database.ts';
import { inviteToMeeting, isInvited } from '../matches/calling-off.ts';
import { isExpected, lockMeeting, meetingsOf } from './meetings.ts';

/** Sends this member what they have agreed on, is to come, and is not in their calendar: they have just asked for it. */
export async function inviteToComing(tx: Transaction, now: Date, memberId: string): Promise<void> {
  const ids = (await meetingsOf(tx, memberId, now)).map(({ id }) => id);
  for (const id of ids.toSorted()) {
    const meeting = await lockMeeting(tx, id);
    // What they have stays as it is: the same number twice would be nothing new to a calendar.
    if (meeting === undefined || !isExpected(meeting, memberId) || (await isInvited(tx, id, memberId))) continue;
    await inviteToMeeting(tx, now, id, meeting.sequence, [memberId]);
  }
}
