import type { Core } from '../core.ts';
import { idsByToken } from '../membership/apart.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import type { Reader } from '../store/database.ts';
import type { PastPair } from './model.ts';

/** Every two members who have been matched before. */
export async function pastPairs(db: Reader): Promise<readonly PastPair[]> {
  const rows = await db
    .selectFrom('match_members as one')
    .innerJoin('match_members as other', 'other.match_id', 'one.match_id')
    .whereRef('one.member_id', '<', 'other.member_id')
    .select(['one.member_id as a', 'other.member_id as b'])
    .execute();
  return rows.map((row) => [row.a, row.b] as const);
}

/**
 * Every two members of whom one was matched with the other before that one was erased and came back: what is left of the
 * match is a keyed token of their address.
 */
export async function pairsOfBefore(core: Pick<Core, 'cipher'>, db: Reader): Promise<readonly PastPair[]> {
  const rows = await db.selectFrom('past_matches').select(['member_id as memberId', 'token']).execute();
  if (rows.length === 0) return [];
  const byToken = await idsByToken(core, db);
  return rows.flatMap(({ memberId, token }) =>
    (byToken.get(token.toString('hex')) ?? []).map((other) => [memberId, other] as const),
  );
}

export async function timesLeftOut(db: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('left_out')
    .select((select) => ['member_id', select.fn.countAll<string>().as('times')])
    .groupBy('member_id')
    .execute();
  return new Map(rows.map((row) => [row.member_id, Number(row.times)]));
}

/** The people of a match who have not been erased, in a stable order. */
export async function membersOf(db: Reader, matchId: string): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom('match_members')
    .select('member_id')
    .where('match_id', '=', matchId)
    .orderBy('member_id')
    .execute();
  const members = await Promise.all(rows.map((row) => findMember(db, row.member_id)));
  return members.filter((member) => member !== undefined);
}

/** The other person of a member's match; `undefined` when the match, or the other person, is gone. */
export async function otherOf(db: Reader, matchId: string, memberId: string): Promise<Member | undefined> {
  const row = await db
    .selectFrom('match_members')
    .select('member_id')
    .where('match_id', '=', matchId)
    .where('member_id', '!=', memberId)
    .executeTakeFirst();
  return row === undefined ? undefined : await findMember(db, row.member_id);
}

/** The match of the newest round that this member was in. */
export async function latestMatch(db: Reader, memberId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select('matches.id')
    .where('match_members.member_id', '=', memberId)
    .orderBy('rounds.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** The id of the round that was run last. */
export async function newestRound(db: Reader): Promise<string | undefined> {
  const row = await db.selectFrom('rounds').select('id').orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row?.id;
}

export async function isOfNewestRound(db: Reader, matchId: string): Promise<boolean> {
  const row = await db.selectFrom('matches').select('round_id').where('id', '=', matchId).executeTakeFirst();
  return row !== undefined && row.round_id === (await newestRound(db));
}
