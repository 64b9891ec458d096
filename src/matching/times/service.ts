import { sql } from 'kysely';
import { readBreaks } from '../../calendar/reading.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Member } from '../../network/model.ts';
import type { Reader, Transaction } from '../../store/database.ts';
import { roundAhead } from '../asking/round-ahead.ts';
import { metOf } from '../matches/met-rules.ts';
import { dateAhead, isOver, isTooLateToChange, timeAsked } from '../matches/rules.ts';
import { findMatch } from '../matches/standing.ts';
import { sayYes, tell, theyMeet } from './agreeing.ts';
import { forgetDate } from './forgetting.ts';
import { holdMeeting, isSame, mustBeNewest } from './holding.ts';
import { keepAgreed } from './keeping.ts';
import { type Meeting, namesFor, othersIn, presentIn } from './meetings.ts';
import * as say from './messages.ts';
import { meetingMinutes, suits, timesThatSuit, type Worker } from './rules.ts';

/**
 * Up to three times that suit all who are in a match, the soonest first; none where it has ended.
 *
 * @param meeting one of which everybody takes part in matching now
 */
export async function timesFor({ db, clock }: Pick<Core, 'db' | 'clock'>, meeting: Meeting): Promise<readonly Date[]> {
  const now = clock.now();
  if (meeting.endedAt !== null) return [];
  const workers = await readWorkers(db, meeting, now);
  if (workers.length < 2) return [];
  return timesThatSuit(workers, await readBreaks(db, now), (await roundAhead(db))?.at, now);
}

async function readWorkers(db: Reader, meeting: Meeting, now: Date): Promise<readonly Worker[]> {
  const ids = presentIn(meeting).map(({ id }) => id);
  const rows = await db
    .selectFrom('people')
    .innerJoin('members', 'members.id', 'people.id')
    .select([
      'people.id',
      'people.zone',
      'people.nation',
      'people.cohort_id as cohortId',
      'members.works_from as from',
      'members.works_until as until',
    ])
    .where(sql<boolean>`people.id = any(${ids}::uuid[])`)
    .orderBy('people.id')
    .execute();
  const busy = await busyTimes(db, ids, meeting, now);
  return rows.map(({ id, ...row }) => ({ ...row, busy: busy.get(id) ?? [] }));
}

/** When else each of these meets somebody, from now on or just now. */
async function busyTimes(
  db: Reader,
  ids: readonly string[],
  but: Meeting,
  now: Date,
): Promise<ReadonlyMap<string, readonly Date[]>> {
  const rows = await db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .select(['match_members.member_id as id', 'matches.agreed_at as at'])
    .where(sql<boolean>`match_members.member_id = any(${ids}::uuid[])`)
    .where('match_members.state', '!=', 'dropped')
    .where('matches.ended_at', 'is', null)
    .where('matches.agreed_at', '>', new Date(now.getTime() - meetingMinutes * 60_000))
    .where('matches.id', '!=', but.id)
    .execute();
  const times = new Map<string, Date[]>();
  for (const { id, at } of rows) if (at !== null) times.set(id, [...(times.get(id) ?? []), at]);
  return times;
}

/**
 * Asks the others of a match about a time. Where they have agreed on another, that one holds until all say yes to this; where
 * it is the time that one of them suggested, this says yes to it. Where the time that they had agreed on has passed, they are
 * asked first whether they met.
 *
 * @throws Refusal where the match has ended, or is of an earlier round, the time does not suit all of them any more, or it is too
 *   late to change the one that they have
 */
export async function suggestTime(core: Core, member: Member, matchId: string, at: Date): Promise<Reply> {
  const now = core.clock.now();
  return await suggest(core, member, matchId, at, async (tx, meeting) => {
    if (suits(at, await readWorkers(tx, meeting, now), await readBreaks(tx, now), now)) return;
    throw new Refusal(at <= now ? say.refusals.past : say.refusals.unsuitable);
  });
}

/** The same for any time. @param mustDo refuses one that will not do; none does unless said */
export async function suggest(
  core: Core,
  member: Member,
  matchId: string,
  at: Date,
  mustDo: (tx: Transaction, meeting: Meeting) => Promise<void> = async () => {},
): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const meeting = await holdMeeting(tx, member, matchId, now);
    const agreed = dateAhead(meeting, now);
    if (isSame(agreed, at)) return await keepAgreed(core, tx, member, meeting, at);
    if (isSame(timeAsked(meeting, now), at)) return await sayYes(core, tx, member, meeting, at);
    if (agreed !== undefined && isTooLateToChange(meeting, now)) throw new Refusal(say.refusals.tooLate);
    await mustBeNewest(tx, meeting);
    // What has taken place is not undone by meeting once more: what became of it is said first.
    if (await mayHaveMet(tx, matchId, now)) return askFirst(meeting, member);
    await mustDo(tx, meeting);
    if (agreed === undefined && meeting.agreedAt !== undefined) await forgetDate(tx, matchId);
    const sequence = await writeSuggestion(tx, member, meeting, at);
    await tell(
      tx,
      now,
      'matching.time-suggested',
      { ...meeting, sequence, was: undefined },
      othersIn(meeting, member.id),
    );
    await refreshHomes(tx, now, member.id);
    const suggested = { at, instead: agreed };
    return { kind: 'message', message: say.suggested(namesFor(meeting, member.id), suggested, member.zone) };
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
async function writeSuggestion(tx: Transaction, { id }: Member, { id: matchId }: Meeting, at: Date): Promise<number> {
  await tx
    .updateTable('match_members')
    .set({ says_yes: sql<boolean>`member_id = ${id}` })
    .where('match_id', '=', matchId)
    .execute();
  const { sequence } = await tx
    .updateTable('matches')
    .set((set) => ({ suggested_at: at, suggested_by: id, sequence: set('sequence', '+', 1) }))
    .where('id', '=', matchId)
    .returning('sequence')
    .executeTakeFirstOrThrow();
  return sequence;
}

/**
 * Says yes to the time that was suggested. It is agreed once everybody in the match has said so. Where the time that it was to
 * take the place of has passed, they are asked first whether they met.
 *
 * @throws Refusal where the match has ended, the time has passed, another was suggested since, or it is too late to change
 *   the one that they have
 */
export async function acceptTime(core: Core, member: Member, matchId: string, at: Date): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const meeting = await holdMeeting(tx, member, matchId, now);
    if (!isSame(meeting.suggestedAt, at) && !isSame(meeting.agreedAt, at)) throw new Refusal(say.refusals.changed);
    if (at <= now) throw new Refusal(say.refusals.past);
    if (isSame(meeting.agreedAt, at)) return await theyMeet(tx, member, meeting, { at, instead: undefined });
    if (timeAsked(meeting, now) !== undefined) return await sayYes(core, tx, member, meeting, at);
    // The change has lapsed. What they had agreed on is near, or has passed by now.
    if (dateAhead(meeting, now) !== undefined) throw new Refusal(say.refusals.tooLate);
    if (await mayHaveMet(tx, matchId, now)) return askFirst(meeting, member);
    throw new Refusal(say.refusals.changed);
  });
}
