import { sql } from 'kysely';
import { readBreaks } from '../../calendar/reading.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import { holdActive } from '../../network/hold.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Member } from '../../network/model.ts';
import type { Reader, Transaction } from '../../store/database.ts';
import { roundAhead } from '../asking/round-ahead.ts';
import { callOffMeeting } from '../matches/calling-off.ts';
import { metOf } from '../matches/met-rules.ts';
import { dateAhead, isOver } from '../matches/rules.ts';
import { findMatch } from '../matches/standing.ts';
import type { MatchState } from '../model.ts';
import { sayYes, tell } from './agreeing.ts';
import { lockMeeting, type Meeting, namesFor, presentIn } from './meetings.ts';
import * as say from './messages.ts';
import { outsideOf } from './outside.ts';
import { suits, timesThatSuit, type Worker } from './rules.ts';

/**
 * Up to three times that suit all who are in a match, the soonest first; none where it has ended.
 *
 * @param meeting one of which everybody takes part in matching now
 */
export async function timesFor({ db, clock }: Pick<Core, 'db' | 'clock'>, meeting: Meeting): Promise<readonly Date[]> {
  const now = clock.now();
  if (meeting.endedAt !== null) return [];
  const workers = await readWorkers(db, meeting);
  if (workers.length < 2) return [];
  return timesThatSuit(workers, await readBreaks(db, now), (await roundAhead(db))?.at, now);
}

async function readWorkers(db: Reader, meeting: Meeting): Promise<readonly Worker[]> {
  const ids = presentIn(meeting).map(({ id }) => id);
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
 * that one of them suggested, this says yes to it. Where the time that they had agreed on has passed, they are asked first
 * whether they met.
 *
 * @throws Refusal where the match has ended, or the time does not suit all of them any more
 */
export async function suggestTime(core: Core, member: Member, matchId: string, at: Date): Promise<Reply> {
  const now = core.clock.now();
  return await suggest(core, member, matchId, at, async (tx, meeting) => {
    if (suits(at, await readWorkers(tx, meeting), await readBreaks(tx, now), now)) return;
    throw new Refusal(at <= now ? say.refusals.past : say.refusals.unsuitable);
  });
}

/** The same for any time. @param mustDo refuses one that will not do */
export async function suggest(
  core: Core,
  member: Member,
  matchId: string,
  at: Date,
  mustDo: (tx: Transaction, meeting: Meeting) => Promise<void>,
): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const meeting = await holdMeeting(tx, member, matchId, now);
    if (isSame(meeting.at, at) && at > now) return await sayYes(core, tx, member, meeting, at);
    // What has taken place is not undone by meeting once more: what became of it is said first.
    if (await mayHaveMet(tx, matchId, now)) return askFirst(meeting, member);
    await mustDo(tx, meeting);
    await callOffMeeting(tx, now, matchId);
    const sequence = await writeSuggestion(tx, member, meeting, at);
    const instead = dateAhead(meeting, now);
    await tell(tx, now, 'matching.time-suggested', { ...meeting, sequence, instead }, member.id);
    await refreshHomes(tx, now, member.id);
    return { kind: 'message', message: say.suggested(namesFor(meeting, member.id), { at, instead }, member.zone) };
  });
}

/** Whether the time that they agreed to has passed, and nobody has said yet whether they met then. */
export async function mayHaveMet(db: Reader, matchId: string, now: Date): Promise<boolean> {
  const match = await findMatch(db, matchId);
  return (
    match !== undefined && isOver(match, now) && metOf(match.people) !== 'met' && dateAhead(match, now) === undefined
  );
}

export function askFirst(meeting: Meeting, member: Member): Reply {
  return { kind: 'message', message: say.firstWhetherYouMet(meeting.id, namesFor(meeting, member.id)) };
}

/** @returns the meeting's count of changes */
async function writeSuggestion(tx: Transaction, member: Member, meeting: Meeting, at: Date): Promise<number> {
  const { id: matchId, isAgreed } = meeting;
  await tx
    .updateTable('match_members')
    .set({
      says_yes: sql<boolean>`member_id = ${member.id}`,
      // In place of the time that they had agreed on they have no date yet. One that they found by themselves holds.
      ...(isAgreed ? { state: sql<MatchState>`case state when 'dated' then 'open' else state end` } : {}),
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
    const meeting = await holdMeeting(tx, member, matchId, now);
    if (!isSame(meeting.at, at)) throw new Refusal(say.refusals.changed);
    if (at <= now) throw new Refusal(say.refusals.past);
    return await sayYes(core, tx, member, meeting, at);
  });
}

function isSame(one: Date | null, other: Date): boolean {
  return one?.getTime() === other.getTime();
}

async function holdMeeting(tx: Transaction, member: Member, matchId: string, now: Date): Promise<Meeting> {
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
