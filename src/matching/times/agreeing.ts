import type { Core } from '../../core.ts';
import type { Reply } from '../../messages/reply.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Member } from '../../network/model.ts';
import type { Transaction } from '../../store/database.ts';
import { post } from '../../store/outbox.ts';
import { callOffMeeting, inviteToMeeting, isInvited, timeKey } from '../matches/calling-off.ts';
import { forgetTime } from './forgetting.ts';
import { findMeeting, type Meeting, namesFor, othersIn, presentIn } from './meetings.ts';
import * as say from './messages.ts';

/* From the first yes to a time that all have agreed on. */

/**
 * Keeps that one of them said yes to the time that was suggested; once everybody has, it is agreed. To be called by who holds
 * the meeting.
 */
export async function sayYes(core: Core, tx: Transaction, member: Member, meeting: Meeting, at: Date): Promise<Reply> {
  const own = meeting.people.find(({ id }) => id === member.id);
  if (!meeting.isAgreed && own?.saysYes === true) return waiting(meeting, member, at);
  if (!meeting.isAgreed) {
    await tx
      .updateTable('match_members')
      .set({ says_yes: true })
      .where('match_id', '=', meeting.id)
      .where('member_id', '=', member.id)
      .execute();
    const isAgreed = othersIn(meeting, member.id).every(({ saysYes }) => saysYes);
    await refreshHomes(tx, core.clock.now(), member.id);
    if (!isAgreed) return { kind: 'replace', message: say.saidYes(at, member.zone) };
    await agree(core, tx, meeting, member.id);
  }
  const isSent = await isInvited(tx, meeting.id, member.id);
  const agreed = { matchId: meeting.id, names: namesFor(meeting, member.id), at, isInvited: isSent };
  return { kind: 'replace', message: say.timeAgreed(agreed, member.zone) };
}

/** They said yes already, or suggested it themselves. */
function waiting(meeting: Meeting, member: Member, at: Date): Reply {
  return meeting.suggestedBy === member.id
    ? { kind: 'message', message: say.suggested(namesFor(meeting, member.id), { at, instead: undefined }, member.zone) }
    : { kind: 'replace', message: say.saidYes(at, member.zone) };
}

/**
 * Everybody has said yes: all have a date, are told of it, and have it in their calendars.
 *
 * @param but who sees it in the answer to what they pressed; '' for nobody
 */
async function agree({ clock }: Core, tx: Transaction, meeting: Meeting, but: string): Promise<void> {
  const now = clock.now();
  const { sequence } = await tx
    .updateTable('matches')
    .set((set) => ({ is_agreed: true, sequence: set('sequence', '+', 1), changed_at: now }))
    .where('id', '=', meeting.id)
    .returning('sequence')
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('match_members')
    .set({ state: 'dated' })
    .where('match_id', '=', meeting.id)
    .where('state', '=', 'open')
    .execute();
  await tell(tx, now, 'matching.time-agreed', { ...meeting, sequence, instead: undefined }, but);
  const there = presentIn(meeting).map(({ id }) => id);
  await inviteToMeeting(tx, now, meeting.id, sequence, there);
}

/** Everybody in it but one is told. The time that they had agreed on instead, if any, is in the key: the match holds it no more. */
export async function tell(
  tx: Transaction,
  now: Date,
  kind: 'matching.time-suggested' | 'matching.time-agreed',
  meeting: Meeting & { readonly instead: Date | undefined },
  but: string,
): Promise<void> {
  const told = presentIn(meeting).filter(({ id }) => id !== but);
  const postings = told.map(({ id: memberId }) => {
    const key = timeKey(kind, meeting.id, memberId, meeting.instead, meeting.sequence);
    return { key, kind, subject: meeting.id, memberId } as const;
  });
  await post(tx, now, postings);
}

/**
 * What follows for a meeting from somebody dropping out of a group that goes on without them: it goes from their calendar,
 * and they from those of the others; a time that only they suggested is forgotten; and one that all the others have said
 * yes to is agreed. To be called once they are out, while the match is held.
 */
export async function meetWithout(core: Core, tx: Transaction, matchId: string, memberId: string): Promise<void> {
  const now = core.clock.now();
  await callOffMeeting(tx, now, matchId, [memberId]);
  const meeting = await findMeeting(tx, matchId);
  if (meeting === undefined || meeting.at === null || meeting.endedAt !== null) return;
  const left = presentIn(meeting);
  if (meeting.isAgreed) {
    const ids = left.map(({ id }) => id);
    if (meeting.at > now) await inviteToMeeting(tx, now, matchId, meeting.sequence, ids);
    return;
  }
  if (meeting.suggestedBy === memberId) return await forgetTime(tx, matchId);
  const isAgreed = left.length > 1 && left.every(({ saysYes }) => saysYes);
  if (isAgreed && meeting.at > now) await agree(core, tx, meeting, '');
}
