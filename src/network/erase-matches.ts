import type { Core } from '../core.ts';
import { isOfNewestRound } from '../matching/history.ts';
import { introduceAll } from '../matching/introductions/introducing.ts';
import { callOffsWithout, timeKey } from '../matching/matches/calling-off.ts';
import { dateAhead, isOver, staying } from '../matching/matches/rules.ts';
import { findMatch, type StandingMatch, standingMatchOf } from '../matching/matches/standing.ts';
import { forgetInRecords } from '../matching/planning/record.ts';
import { lookForOther } from '../matching/pool/service.ts';
import { forgetDate } from '../matching/times/forgetting.ts';
import { findMeeting } from '../matching/times/meetings.ts';
import { withdrawFromMatches } from '../reflections/unsharing.ts';
import type { Transaction } from '../store/database.ts';
import { type MemberPosting, post } from '../store/outbox.ts';
import { refreshHomes } from './homes.ts';

/**
 * A match is between its people: without one of two there is none, on anybody's home or in anybody's inbox. What stays is
 * when the other was matched, and a keyed token in place of whom with: so nobody is introduced twice, and nobody is named.
 * Of three or four the others stay together: whoever knows of the match is told that it is smaller, as if somebody had
 * dropped out, and whoever does not yet is introduced to who is left.
 * Whoever is left alone is told, and matched anew.
 */
export async function forgetMatchesOf(core: Core, tx: Transaction, memberId: string, token: Buffer): Promise<void> {
  const now = core.clock.now();
  await forgetInRecords(core, tx, memberId);
  const mine = await matchesOf(tx, memberId);
  if (mine.length === 0) return;
  const ids = mine.map(({ id }) => id);
  const others = await matchedWith(tx, memberId, ids);
  await keepTokens(tx, others, token);
  const alone = await whoIsAlone(tx, now, memberId);
  const callOffs = await callOffsWithout(tx, now, ids, memberId);
  const datesOff = await datesOffWithout(tx, now, mine, memberId);
  const isPair = ({ people }: StandingMatch) => people.length <= 2;
  await endMatches(
    tx,
    mine.filter(isPair).map(({ id }) => id),
    memberId,
  );
  for (const match of mine) if (!isPair(match)) await leaveGroup(core, tx, match, memberId);
  await post(tx, now, [...callOffs, ...datesOff.filter(({ subject }) => subject !== alone?.matchId)]);
  if (alone !== undefined) await tellAlone(core, tx, alone);
  for (const other of new Set(others.map((each) => each.memberId))) await refreshHomes(tx, now, other);
}

/** All that they were ever in, with everybody else who was and has not been erased. */
async function matchesOf(tx: Transaction, memberId: string): Promise<readonly StandingMatch[]> {
  const own = tx.selectFrom('match_members').select('match_id').where('member_id', '=', memberId);
  const rows = tx.selectFrom('matches').select('id').where('id', 'in', own).orderBy('id').forUpdate();
  const found: StandingMatch[] = [];
  for (const { id } of await rows.execute()) {
    const match = await findMatch(tx, id);
    if (match !== undefined) found.push(match);
  }
  return found;
}

/** A match that cannot take place any more, and the one who was to meet somebody in it. */
interface Alone {
  readonly matchId: string;
  readonly memberId: string;
}

/** `undefined` where their match goes on, has ended, or its people have met. */
async function whoIsAlone(tx: Transaction, now: Date, memberId: string): Promise<Alone | undefined> {
  const matchId = await standingMatchOf(tx, memberId);
  const match = matchId === undefined ? undefined : await findMatch(tx, matchId);
  if (match === undefined || isOver(match, now)) return undefined;
  const [other, ...more] = staying(match).filter(({ id }) => id !== memberId);
  return other === undefined || more.length > 0 ? undefined : { matchId: match.id, memberId: other.id };
}

/** What is to be posted once their matches are gone: of two who had a date, the other is told that they do not meet. */
async function datesOffWithout(
  tx: Transaction,
  now: Date,
  matches: readonly StandingMatch[],
  memberId: string,
): Promise<readonly MemberPosting[]> {
  const kind = 'matching.meeting-off';
  const postings: MemberPosting[] = [];
  for (const match of matches) {
    const [other, ...more] = staying(match).filter(({ id }) => id !== memberId);
    const at = dateAhead(match, now);
    if (match.endedAt !== null || at === undefined || other === undefined || more.length > 0) continue;
    const { sequence } = (await findMeeting(tx, match.id)) ?? { sequence: 0 };
    const key = timeKey(kind, match.id, other.id, at, sequence + 1);
    postings.push({ key, kind, subject: match.id, memberId: other.id });
  }
  return postings;
}

async function tellAlone(core: Core, tx: Transaction, { matchId, memberId }: Alone): Promise<void> {
  const kind = 'matching.partner-gone';
  await post(tx, core.clock.now(), [{ key: `${kind}:${matchId}:${memberId}`, kind, subject: matchId, memberId }]);
  await lookForOther(core, tx, memberId);
}

/** What speaks for the match, and a time for it, may name them, and what was said of it does. */
async function leaveGroup(core: Core, tx: Transaction, match: StandingMatch, memberId: string): Promise<void> {
  const now = core.clock.now();
  const { id, endedAt } = match;
  const knows = await whoKnows(tx, id);
  await forgetSaid(tx, [id], memberId);
  const others = staying(match).filter((one) => one.id !== memberId);
  const isLast = endedAt === null && others.length < 2;
  await tx
    .updateTable('matches')
    .set({ reasons: '[]', starter: '', ended_at: isLast ? now : endedAt })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('match_members').where('match_id', '=', id).where('member_id', '=', memberId).execute();
  const date = dateAhead(match, now);
  // A time that has passed was theirs to meet at, whoever is gone since.
  if (match.agreedAt === undefined || date !== undefined) await forgetDate(tx, id);
  if (isLast || endedAt !== null || (isOver(match, now) && date === undefined)) return;
  if (date === undefined && !(await isOfNewestRound(tx, id))) return;
  const members = others.map((one) => one.id);
  if (!members.some(knows)) return await introduceAll(core, tx, [{ id, members }]);
  // A second introduction would look like a mistake to whoever has read the first.
  const postings = members.map((one) => {
    const kind = knows(one) ? 'matching.partner-gone' : 'matching.introduction';
    return { key: `${kind}:${id}:of-${members.length}:${one}`, kind, subject: id, memberId: one } as const;
  });
  await post(tx, now, postings);
}

/** Tells whether somebody knows of a match: an introduction to it has left us, to them or to their group. */
async function whoKnows(tx: Transaction, matchId: string): Promise<(memberId: string) => boolean> {
  const kinds = ['matching.introduction', 'matching.email-introduction', 'matching.group-introduction'] as const;
  const posted = tx.selectFrom('deliveries').select(['kind', 'member_id as memberId']).where('subject', '=', matchId);
  const left = posted.where((or) => or.or([or('status', 'in', ['sending', 'sent']), or('in_doubt', '=', true)]));
  const rows = await left.where('kind', 'in', kinds).execute();
  return (memberId) => rows.some(({ kind, memberId: to }) => to === memberId || kind === 'matching.group-introduction');
}

interface Matched {
  readonly memberId: string;
  readonly at: Date;
}

/** Each of the others once, with when they were matched last. */
async function matchedWith(tx: Transaction, memberId: string, ids: readonly string[]): Promise<readonly Matched[]> {
  const rows = await tx
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select((select) => ['match_members.member_id as memberId', select.fn.max('rounds.published_at').as('at')])
    .where('match_members.match_id', 'in', ids)
    .where('match_members.member_id', '!=', memberId)
    .groupBy('match_members.member_id')
    .orderBy('match_members.member_id')
    .execute();
  return rows;
}

async function keepTokens(tx: Transaction, others: readonly Matched[], token: Buffer): Promise<void> {
  if (others.length === 0) return;
  await tx
    .insertInto('past_matches')
    .values(others.map(({ memberId, at }) => ({ member_id: memberId, token, matched_at: at })))
    .onConflict((conflict) =>
      conflict.columns(['member_id', 'token']).doUpdateSet((row) => ({ matched_at: row.ref('excluded.matched_at') })),
    )
    .execute();
}

/**
 * Takes matches away with all that hangs on them.
 *
 * @param but the member whose own deliveries go with them in a moment; '' for nobody
 */
export async function endMatches(tx: Transaction, ids: readonly string[], but: string): Promise<void> {
  if (ids.length === 0) return;
  await withdrawFromMatches(tx, ids);
  await forgetSaid(tx, ids, but);
  await tx.deleteFrom('matches').where('id', 'in', ids).execute();
}

/** What was said of these matches, or was to be, and the groups in which it was. */
async function forgetSaid(tx: Transaction, ids: readonly string[], but: string): Promise<void> {
  // In the order in which a delivery that ends just now locks: the room before its deliveries, the member before theirs,
  // which go with them.
  await tx.deleteFrom('rooms').where('purpose', '=', 'introduction').where('subject', 'in', ids).execute();
  const theirs = tx.deleteFrom('deliveries').where('subject', 'in', ids);
  await (but === '' ? theirs : theirs.where('member_id', 'is distinct from', but)).execute();
}
