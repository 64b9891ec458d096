import { Refusal } from '../../errors.ts';
import { holdActive } from '../../network/hold.ts';
import type { Member } from '../../network/model.ts';
import type { Reader, Transaction } from '../../store/database.ts';
import { isOfNewestRound } from '../history.ts';
import { lockMeeting, type Meeting, presentIn } from './meetings.ts';
import * as say from './messages.ts';
import { outsideOf } from './outside.ts';

/**
 * A meeting of theirs, held with them until the transaction ends.
 *
 * @throws Refusal where it is no match of theirs, or has ended, or one of its people takes no part in matching now
 */
export async function holdMeeting(tx: Transaction, member: Member, matchId: string, now: Date): Promise<Meeting> {
  await holdActive(tx, member.id);
  return await mustBeOn(tx, await lockMeeting(tx, matchId), member, now);
}

/** @throws Refusal where it is no match of theirs, or has ended, or one of its people takes no part in matching now */
export async function mustBeOn(db: Reader, meeting: Meeting | undefined, member: Member, now: Date): Promise<Meeting> {
  const own = meeting?.people.find(({ id }) => id === member.id);
  if (meeting === undefined || own === undefined) throw new Refusal(say.refusals.notYours);
  if (meeting.endedAt !== null || own.state === 'dropped' || presentIn(meeting).length < 2) {
    throw new Refusal(say.refusals.ended);
  }
  const outside = await outsideOf(db, meeting, now);
  if (outside.some(({ id }) => id === member.id)) throw new Refusal(say.refusals.youTakeNoPart);
  if (outside.length > 0) throw new Refusal(say.refusals.takeNoPart);
  return meeting;
}

/**
 * Who was matched before the last round is asked nothing more about that match by itself.
 *
 * @throws Refusal where it is of an earlier round
 */
export async function mustBeNewest(db: Reader, { id }: Pick<Meeting, 'id'>): Promise<void> {
  if (!(await isOfNewestRound(db, id))) throw new Refusal(say.refusals.earlier);
}

/** Whether this is the time that is suggested or agreed. */
export function isSame(one: Date | undefined, other: Date): boolean {
  return one?.getTime() === other.getTime();
}
