import type { Core } from '../../core.ts';
import type { Reply } from '../../messages/reply.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Member } from '../../network/model.ts';
import type { Transaction } from '../../store/database.ts';
import { post } from '../../store/outbox.ts';
import { callOffMeeting, inviteToMeeting, isInvited, timeKey } from '../matches/calling-off.ts';
import { dateAhead, timeAsked } from '../matches/rules.ts';
import { timeAgreed } from './agreed-messages.ts';
import { forgetSuggestion } from './forgetting.ts';
import { findMeeting, type Meeting, type MeetingPerson, namesFor, othersIn, presentIn } from './meetings.ts';
import * as say from './messages.ts';

/* From the first yes to a time that all have agreed on. */

/**
 * Keeps that one of them said yes to the time that was suggested; once everybody has, it is agreed. To be called by who holds
 * the meeting.
 *
 * @param at that time
 */
export async function sayYes(core: Core, tx: Transaction, member: Member, meeting: Meeting, at: Date): Promise<Reply> {
  const now = core.clock.now();
  const suggested = { at, instead: dateAhead(meeting, now) };
  const own = meeting.people.find(({ id }) => id === member.id);
  if (own?.saysYes === true) return waiting(meeting, member, suggested);
  await tx
    .updateTable('match_members')
    .set({ says_yes: true })
    .where('match_id', '=', meeting.id)
    .where('member_id', '=', member.id)
    .execute();
  await refreshHomes(tx, now, member.id);
  const isAgreed = othersIn(meeting, member.id).every(({ saysYes }) => saysYes);
  if (!isAgreed) return { kind: 'replace', message: say.saidYes(suggested, member.zone) };
  await agree(core, tx, meeting, at, member.id);
  return await theyMeet(tx, member, meeting, suggested);
}

/** They said yes already, or suggested it themselves. */
function waiting(meeting: Meeting, member: Member, suggested: say.SuggestedTime): Reply {
  return meeting.suggestedBy === member.id
    ? { kind: 'message', message: say.suggested(namesFor(meeting, member.id), suggested, member.zone) }
    : { kind: 'replace', message: say.saidYes(suggested, member.zone) };
}

/** What one of them reads of a time that all have agreed on. */
export async function theyMeet(
  tx: Transaction,
  member: Member,
  meeting: Meeting,
  agreed: say.SuggestedTime,
): Promise<Reply> {
  const isSent = await isInvited(tx, meeting.id, member.id);
  const shown = { matchId: meeting.id, names: namesFor(meeting, member.id), ...agreed, isInvited: isSent };
  return { kind: 'replace', message: timeAgreed(shown, member.zone) };
}

/**
 * Everybody has said yes: all have a date, are told of it, and have it in their calendars, where it takes the place of one
 * that they had agreed on.
 *
 * @param but who sees it in the answer to what they pressed; '' for nobody
 */
async function agree({ clock }: Core, tx: Transaction, meeting: Meeting, at: Date, but: string): Promise<void> {
  const now = clock.now();
  const { sequence } = await tx
    .updateTable('matches')
    .set((set) => ({ agreed_at: at, sequence: set('sequence', '+', 1), changed_at: now }))
    .where('id', '=', meeting.id)
    .returning('sequence')
    .executeTakeFirstOrThrow();
  await forgetSuggestion(tx, meeting.id);
  await tx
    .updateTable('match_members')
    .set({ state: 'dated' })
    .where('match_id', '=', meeting.id)
    .where('state', '=', 'open')
    .execute();
  await tell(
    tx,
    now,
    'matching.time-agreed',
    { ...meeting, sequence, was: dateAhead(meeting, now) },
    othersIn(meeting, but),
  );
  const there = presentIn(meeting).map(({ id }) => id);
  await inviteToMeeting(tx, now, meeting.id, sequence, there);
}

/** Tells these of its people. A time that the match holds no more (`was`) is in the key. */
export async function tell(
  tx: Transaction,
  now: Date,
  kind: 'matching.time-suggested' | 'matching.time-agreed' | 'matching.time-kept',
  meeting: Meeting & { readonly was: Date | undefined },
  told: readonly Pick<MeetingPerson, 'id'>[],
): Promise<void> {
  const postings = told.map(({ id: memberId }) => {
    const key = timeKey(kind, meeting.id, memberId, meeting.was, meeting.sequence);
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
  if (meeting === undefined || meeting.endedAt !== null) return;
  const left = presentIn(meeting);
  const asked = timeAsked(meeting, now);
  if (asked !== undefined && meeting.suggestedBy === memberId) await forgetSuggestion(tx, matchId);
  else if (asked !== undefined && left.length > 1 && left.every(({ saysYes }) => saysYes)) {
    return await agree(core, tx, meeting, asked, '');
  }
  if (dateAhead(meeting, now) === undefined) return;
  const ids = left.map(({ id }) => id);
  await inviteToMeeting(tx, now, matchId, meeting.sequence, ids);
}
