import type { Core } from '../../core.ts';
import { holdToTell } from '../../network/hold.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Transaction } from '../../store/database.ts';
import { type MemberPosting, post } from '../../store/outbox.ts';
import { isOfNewestRound } from '../history.ts';
import { callOffMeeting, timeKey } from '../matches/calling-off.ts';
import { dateAhead, isOver, staying } from '../matches/rules.ts';
import { findMatch, type StandingMatch } from '../matches/standing.ts';
import { meetWithout } from '../times/agreeing.ts';
import { forgetDate, forgetSuggestion } from '../times/forgetting.ts';
import { findMeeting } from '../times/meetings.ts';

/** What became of a match that somebody was taken out of. */
export interface Left {
  /** Whether the others still meet. */
  readonly stands: boolean;
  /** Who is left in it, by id, and was told. */
  readonly others: readonly string[];
}

/**
 * Takes somebody out of a match, and tells the others. It stands while two are left in it. To be called by who holds the
 * member; the others are held after the match, so that whoever is erased at this moment is not waited for by those they
 * wait for.
 *
 * Two who have met stay as they are: only what they meet for next is called off, or a suggestion of it forgotten. So do
 * more who have met and are to meet no more; of those who are, whoever is taken out is still asked how it was.
 *
 * @returns `undefined` where nobody was taken out: their people have met, so that no more than a next date went; or the
 *   match is gone or has ended, or they are not in it
 */
export async function takeOut(
  core: Core,
  tx: Transaction,
  matchId: string,
  memberId: string,
): Promise<Left | undefined> {
  const now = core.clock.now();
  await tx.selectFrom('matches').select('id').where('id', '=', matchId).forNoKeyUpdate().execute();
  const match = await findMatch(tx, matchId);
  if (match === undefined || match.endedAt !== null) return undefined;
  const people = staying(match);
  if (!people.some(({ id }) => id === memberId)) return undefined;
  const others = people.map(({ id }) => id).filter((id) => id !== memberId);
  const stands = others.length >= 2;
  const date = dateAhead(match, now);
  if (isOver(match, now) && (date === undefined || !stands)) {
    if (date !== undefined) await callOffNext(core, tx, match, others);
    else await askNoMore(tx, now, match, others);
    return undefined;
  }
  await tx
    .updateTable('match_members')
    .set({ state: 'dropped' })
    .where('match_id', '=', matchId)
    .where('member_id', '=', memberId)
    .execute();
  if (!stands) await tx.updateTable('matches').set({ ended_at: now }).where('id', '=', matchId).execute();
  if (isOver(match, now)) await askLater(tx, now, match, memberId);
  if (stands) await meetWithout(core, tx, matchId, memberId);
  else await callOffMeeting(tx, now, matchId);
  if (!(await concerns(tx, match, now, memberId))) {
    // It may stand on their homes as something still to be said.
    for (const id of await holdToTell(tx, others)) await refreshHomes(tx, now, id);
    return { stands, others: [] };
  }
  const isPresent = await isOfNewestRound(tx, matchId);
  const kind = 'matching.partner-gone';
  const told =
    stands || isPresent
      ? await tell(tx, now, others, (id) => {
          return { key: `${kind}:${matchId}:${memberId}:${id}`, kind, subject: matchId, memberId: id };
        })
      : await tellOff(tx, now, match, others);
  return { stands, others: told };
}

/** They have met, and are asked how it was when the others are, though they do not meet again. */
async function askLater(tx: Transaction, now: Date, { id, roundId }: StandingMatch, memberId: string): Promise<void> {
  const planned = tx.selectFrom('agenda').select('due_at').where('key', '=', `matching.question:${roundId}`);
  const question = await planned.where('done_at', 'is', null).executeTakeFirst();
  const key = `matching.question:${id}:${memberId}`;
  await post(tx, now, [{ key, kind: 'matching.question', subject: id, memberId, notBefore: question?.due_at ?? now }]);
}

/**
 * Somebody takes part no more who is in a match of an earlier round, which has a time that was suggested or agreed and is
 * still to come. What was only suggested is forgotten, and the match stays as it was.
 */
export async function leaveEarlier(core: Core, tx: Transaction, matchId: string, memberId: string): Promise<void> {
  const now = core.clock.now();
  const match = await findMatch(tx, matchId);
  if (match === undefined) return;
  if (dateAhead(match, now) !== undefined) await takeOut(core, tx, matchId, memberId);
  else {
    const others = staying(match).filter(({ id }) => id !== memberId);
    await askNoMore(
      tx,
      now,
      match,
      others.map(({ id }) => id),
    );
  }
}

/** About a time that was only suggested. It may stand on their homes. */
async function askNoMore(tx: Transaction, now: Date, match: StandingMatch, others: readonly string[]): Promise<void> {
  await forgetSuggestion(tx, match.id);
  for (const id of await holdToTell(tx, others)) await refreshHomes(tx, now, id);
}

/** Whether it is anything to the others: what they were to meet for in an earlier round, and never fixed, is over for all. */
async function concerns(tx: Transaction, match: StandingMatch, now: Date, memberId: string): Promise<boolean> {
  if (dateAhead(match, now) !== undefined || (await isOfNewestRound(tx, match.id))) return true;
  // They have a date that we do not know.
  const dated = staying(match).some(({ id, state }) => id !== memberId && state === 'dated');
  return match.agreedAt === undefined && dated;
}

/** They have met before, and do not meet again at the time that they had agreed to. */
async function callOffNext(
  core: Core,
  tx: Transaction,
  match: StandingMatch,
  others: readonly string[],
): Promise<void> {
  const now = core.clock.now();
  await callOffMeeting(tx, now, match.id);
  await tellOff(tx, now, match, others);
  await forgetDate(tx, match.id);
}

/** Tells them that they do not meet, where we do not look for anybody else for them. */
async function tellOff(
  tx: Transaction,
  now: Date,
  match: StandingMatch,
  others: readonly string[],
): Promise<readonly string[]> {
  const { sequence } = (await findMeeting(tx, match.id)) ?? { sequence: 0 };
  const kind = 'matching.meeting-off';
  const was = dateAhead(match, now);
  return await tell(tx, now, others, (id) => {
    return { key: timeKey(kind, match.id, id, was, sequence), kind, subject: match.id, memberId: id };
  });
}

/** @returns who was told */
async function tell(
  tx: Transaction,
  now: Date,
  others: readonly string[],
  postingTo: (memberId: string) => MemberPosting,
): Promise<readonly string[]> {
  const told = [...(await holdToTell(tx, others))];
  await post(tx, now, told.map(postingTo));
  for (const id of told) await refreshHomes(tx, now, id);
  return told;
}
