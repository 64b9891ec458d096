import { sql } from 'kysely';
import { readBreaks } from '../calendar/reading.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { callOffMeeting, inviteToMeeting, isInvited, timeKey } from './calling-off.ts';
import { findMeeting, lockMeeting, type Meeting, othersIn, stayingIn } from './meetings.ts';
import type { MatchState } from './model.ts';
import * as say from './times-messages.ts';
import { suits, timesThatSuit, type Worker } from './times-rules.ts';

/** Up to three times that suit all who are in a match, the soonest first; none where it has ended. */
export async function timesFor({ db, clock }: Pick<Core, 'db' | 'clock'>, matchId: string): Promise<readonly Date[]> {
  const now = clock.now();
  const meeting = await findMeeting(db, matchId);
  if (meeting === undefined || meeting.endedAt !== null) return [];
  const workers = await readWorkers(db, meeting);
  if (workers.length < 2) return [];
  const { roundWeeks } = await readSettings(db);
  return timesThatSuit(workers, await readBreaks(db, now), roundWeeks, now);
}

/** The time that they agreed on, where it is still to come. */
function agreedAhead({ isAgreed, at }: Meeting, now: Date): Date | undefined {
  return isAgreed && at !== null && at > now ? at : undefined;
}

async function readWorkers(db: Reader, meeting: Meeting): Promise<readonly Worker[]> {
  const ids = stayingIn(meeting).map(({ id }) => id);
  return await db
    .selectFrom('people')
    .innerJoin('members', 'members.id', 'people.id')
    .select([
      'people.zone',
      'people.nation',
      'people.cohort_id as cohortId',
      'members.works_from as from',
      'members.works_until as until',
    ])
    .where(sql<boolean>`people.id = any(${ids}::uuid[])`)
    .orderBy('people.id')
    .execute();
}

/**
 * Asks the others of a match about a time. Where they had agreed on another, that one is called off; where it is the time
 * that one of them suggested, this says yes to it.
 *
 * @throws Refusal where the match has ended, or the time does not suit all of them any more
 */
export async function suggestTime(core: Core, member: Member, matchId: string, at: Date): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const meeting = await holdMeeting(tx, member, matchId);
    if (isSame(meeting.at, at) && at > now) return await sayYes(core, tx, member, meeting, at);
    const isFitting = suits(at, await readWorkers(tx, meeting), await readBreaks(tx, now), now);
    if (!isFitting) throw new Refusal(at <= now ? say.refusals.past : say.refusals.unsuitable);
    await callOffMeeting(tx, now, matchId);
    const sequence = await writeSuggestion(tx, member, matchId, at);
    const instead = agreedAhead(meeting, now);
    await tell(tx, now, 'matching.time-suggested', { ...meeting, sequence, instead }, member.id);
    await refreshHomes(tx, now, member.id);
    return { kind: 'message', message: say.suggested(namesOf(meeting, member), { at, instead }, member.zone) };
  });
}

/** @returns the meeting's count of changes */
async function writeSuggestion(tx: Transaction, member: Member, matchId: string, at: Date): Promise<number> {
  await tx
    .updateTable('match_members')
    .set({
      says_yes: sql<boolean>`member_id = ${member.id}`,
      // They have no date until it is agreed.
      state: sql<MatchState>`case state when 'dated' then 'open' else state end`,
    })
    .where('match_id', '=', matchId)
    .execute();
  const { sequence } = await tx
    .updateTable('matches')
    .set((set) => ({
      suggested_at: at,
      suggested_by: member.id,
      is_agreed: false,
      sequence: set('sequence', '+', 1),
    }))
    .where('id', '=', matchId)
    .returning('sequence')
    .executeTakeFirstOrThrow();
  return sequence;
}

/**
 * Says yes to the time that was suggested. It is agreed once everybody in the match has said so.
 *
 * @throws Refusal where the match has ended, the time has passed, or another was suggested since
 */
export async function acceptTime(core: Core, member: Member, matchId: string, at: Date): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const meeting = await holdMeeting(tx, member, matchId);
    if (!isSame(meeting.at, at)) throw new Refusal(say.refusals.changed);
    if (at <= now) throw new Refusal(say.refusals.past);
    return await sayYes(core, tx, member, meeting, at);
  });
}

function isSame(one: Date | null, other: Date): boolean {
  return one?.getTime() === other.getTime();
}

/** @throws Refusal where it is no match of theirs, or has ended */
async function holdMeeting(tx: Transaction, member: Member, matchId: string): Promise<Meeting> {
  await holdActive(tx, member.id);
  const meeting = await lockMeeting(tx, matchId);
  const own = meeting?.people.find(({ id }) => id === member.id);
  if (meeting === undefined || own === undefined) throw new Refusal(say.refusals.notYours);
  if (meeting.endedAt !== null || own.state === 'dropped' || stayingIn(meeting).length < 2) {
    throw new Refusal(say.refusals.ended);
  }
  return meeting;
}

async function sayYes(core: Core, tx: Transaction, member: Member, meeting: Meeting, at: Date): Promise<Reply> {
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
  const agreed = { matchId: meeting.id, names: namesOf(meeting, member), at, isInvited: isSent };
  return { kind: 'replace', message: say.timeAgreed(agreed, member.zone) };
}

/** They said yes already, or suggested it themselves. */
function waiting(meeting: Meeting, member: Member, at: Date): Reply {
  return meeting.suggestedBy === member.id
    ? { kind: 'message', message: say.suggested(namesOf(meeting, member), { at, instead: undefined }, member.zone) }
    : { kind: 'replace', message: say.saidYes(at, member.zone) };
}

function namesOf(meeting: Meeting, reader: Pick<Member, 'id'>): readonly string[] {
  return othersIn(meeting, reader.id).map(({ name }) => name);
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
  const there = stayingIn(meeting).map(({ id }) => id);
  await inviteToMeeting(tx, now, meeting.id, sequence, there);
}

/** Everybody in it but one. The time that they had agreed on instead, if any, is in the key: the match holds it no more. */
async function tell(
  tx: Transaction,
  now: Date,
  kind: 'matching.time-suggested' | 'matching.time-agreed',
  meeting: Meeting & { readonly instead: Date | undefined },
  but: string,
): Promise<void> {
  const told = stayingIn(meeting).filter(({ id }) => id !== but);
  const postings = told.map(({ id: memberId }) => {
    const key = timeKey(kind, meeting.id, memberId, meeting.instead, meeting.sequence);
    return { key, kind, subject: meeting.id, memberId } as const;
  });
  await post(tx, now, postings);
}

/**
 * What follows for a meeting from somebody dropping out of a group that goes on without them: it goes from their calendar; a
 * time that only they suggested is forgotten; and one that all the others have said yes to is agreed. To be called once
 * they are out, while the match is held.
 */
export async function meetWithout(core: Core, tx: Transaction, matchId: string, memberId: string): Promise<void> {
  await callOffMeeting(tx, core.clock.now(), matchId, [memberId]);
  const meeting = await findMeeting(tx, matchId);
  if (meeting === undefined || meeting.isAgreed || meeting.at === null || meeting.endedAt !== null) return;
  if (meeting.suggestedBy === memberId) {
    const nothing = { suggested_at: null, suggested_by: null };
    await tx.updateTable('matches').set(nothing).where('id', '=', matchId).execute();
    await tx.updateTable('match_members').set({ says_yes: false }).where('match_id', '=', matchId).execute();
    return;
  }
  const left = stayingIn(meeting);
  const isAgreed = left.length > 1 && left.every(({ saysYes }) => saysYes);
  if (isAgreed && meeting.at > core.clock.now()) await agree(core, tx, meeting, '');
}
