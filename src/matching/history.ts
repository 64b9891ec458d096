import { type Composed, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import type { Reader } from '../store/database.ts';

/** What was put off until after the next round says nothing that is still so. */
export const overtaken: Composed = drop('a later round has been run');

/** The people who are in a match, in a stable order: not those who dropped out of it, and nobody once it has ended. */
export async function membersOf(db: Reader, matchId: string): Promise<readonly Member[]> {
  const rows = await inMatches(db).where('matches.id', '=', matchId).orderBy('member_id').execute();
  return await findAll(
    db,
    rows.map(({ memberId }) => memberId),
  );
}

/** Everybody who was ever in it and has not been erased, with whether they are in it still. */
export async function everybodyOf(
  db: Reader,
  matchId: string,
): Promise<readonly { readonly member: Member; readonly isInIt: boolean }[]> {
  const within = new Set((await membersOf(db, matchId)).map(({ id }) => id));
  const rows = db.selectFrom('match_members').select('member_id').where('match_id', '=', matchId);
  const ids = (await rows.orderBy('member_id').execute()).map((row) => row.member_id);
  return (await findAll(db, ids)).map((member) => ({ member, isInIt: within.has(member.id) }));
}

async function findAll(db: Reader, ids: readonly string[]): Promise<readonly Member[]> {
  const found = await Promise.all(ids.map((id) => findMember(db, id)));
  return found.filter((member) => member !== undefined);
}

function inMatches(db: Reader) {
  return db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select(['matches.id', 'match_members.member_id as memberId'])
    .where('matches.ended_at', 'is', null)
    .where('match_members.state', '!=', 'dropped');
}

/** The latest match that this member is in. */
export async function latestMatch(db: Reader, memberId: string): Promise<string | undefined> {
  const row = await inMatches(db)
    .where('match_members.member_id', '=', memberId)
    .orderBy('rounds.number', 'desc')
    .orderBy('matches.made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** The number of the round that was run last, for a query; null before the first one. */
export function newestNumber(db: Reader) {
  return db.selectFrom('rounds').select((select) => select.fn.max('number').as('number'));
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
