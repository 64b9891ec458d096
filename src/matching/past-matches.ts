import { sql } from 'kysely';
import type { Core } from '../core.ts';
import { idsByToken } from '../membership/apart.ts';
import type { Reader } from '../store/database.ts';
import { type Answered, outcomeOf } from './rules.ts';
import type { PastMatch } from './scoring/model.ts';

/**
 * Every two of these people who have been matched before, once for each time, as the round of this number sees it.
 *
 * @param ids of those who take part
 */
export async function pastMatches(
  core: Pick<Core, 'cipher'>,
  db: Reader,
  ids: ReadonlySet<string>,
  number: number,
): Promise<readonly PastMatch[]> {
  const known = [...(await ofMatches(db, ids, number)), ...(await ofBefore(core, db, ids, number))];
  return known
    .filter(({ a, b }) => ids.has(a) && ids.has(b))
    .toSorted((one, other) => one.roundsAgo - other.roundsAgo || (key(one) < key(other) ? -1 : 1));
}

function key({ a, b, outcome }: PastMatch): string {
  return `${a} ${b} ${outcome}`;
}

/** Only theirs is read: between two rounds few people are looked at, and often. */
async function ofMatches(db: Reader, ids: ReadonlySet<string>, number: number): Promise<readonly PastMatch[]> {
  const theirs = [...ids];
  const rows = await db
    .selectFrom('match_members as one')
    .innerJoin('match_members as other', 'other.match_id', 'one.match_id')
    .innerJoin('matches', 'matches.id', 'one.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .whereRef('one.member_id', '<', 'other.member_id')
    .where(sql<boolean>`one.member_id = any(${theirs}::uuid[])`)
    .where(sql<boolean>`other.member_id = any(${theirs}::uuid[])`)
    .select(['one.member_id as a', 'other.member_id as b', 'rounds.number', 'matches.ended_at as endedAt'])
    .select(['one.state as state', 'one.outcome as outcome'])
    .select(['other.state as otherState', 'other.outcome as otherOutcome'])
    .execute();
  return rows.map((row) => {
    const said: readonly [Answered, Answered] = [row, { state: row.otherState, outcome: row.otherOutcome }];
    const outcome = outcomeOf(said, row.endedAt !== null);
    return { a: row.a, b: row.b, roundsAgo: Math.max(1, number - row.number), outcome };
  });
}

/**
 * Every two of whom one was matched with the other before that one was erased and came back: what is left of the match is
 * a keyed token of their address, and when it was.
 */
async function ofBefore(
  core: Pick<Core, 'cipher'>,
  db: Reader,
  ids: ReadonlySet<string>,
  number: number,
): Promise<readonly PastMatch[]> {
  const rows = await db
    .selectFrom('past_matches')
    .select(['member_id as memberId', 'token', 'matched_at as at'])
    .where(sql<boolean>`member_id = any(${[...ids]}::uuid[])`)
    .execute();
  if (rows.length === 0) return [];
  const byToken = await idsByToken(core, db);
  const rounds = await db.selectFrom('rounds').select(['number', 'published_at as at']).orderBy('number').execute();
  return rows.flatMap(({ memberId, token, at }) => {
    const round = rounds.findLast((one) => one.at <= at)?.number ?? 0;
    const others = byToken.get(token.toString('hex')) ?? [];
    return others
      .filter((other) => other !== memberId)
      .map((other) => {
        const [a, b] = memberId < other ? [memberId, other] : [other, memberId];
        return { a, b, roundsAgo: Math.max(1, number - round), outcome: 'unknown' as const };
      });
  });
}

/** What somebody's earlier rounds were to them. */
export interface Fortune {
  /** How often they were left out, ever. */
  readonly leftOut: number;
  /** How often they were left out, or their partner did not come, since they last met somebody; 0 to 2. */
  readonly owed: number;
}

const mostOwed = 2;

/** By member id, of these; none of the others among them was ever left out, nor waited for somebody who did not come. */
export async function fortunes(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Fortune>> {
  const left = await db
    .selectFrom('left_out')
    .innerJoin('rounds', 'rounds.id', 'left_out.round_id')
    .select(['left_out.member_id as memberId', 'rounds.published_at as at'])
    .where(sql<boolean>`left_out.member_id = any(${ids}::uuid[])`)
    .execute();
  const answered = await db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .select(['match_members.member_id as memberId', 'matches.made_at as at', 'state', 'outcome'])
    .where(sql<boolean>`match_members.member_id = any(${ids}::uuid[])`)
    .where((or) => or.or([or('outcome', 'is not', null), or('state', '=', 'met')]))
    .execute();
  const meetings = Map.groupBy(answered, ({ memberId }) => memberId);
  const absences = Map.groupBy(left, ({ memberId }) => memberId);
  const known = new Set([...meetings.keys(), ...absences.keys()]);
  return new Map(
    [...known].map((id) => {
      const mine = meetings.get(id) ?? [];
      const met = mine.filter(
        ({ state, outcome }) => state === 'met' && outcome !== 'not-met' && outcome !== 'no-show',
      );
      const since = Math.max(0, ...met.map(({ at }) => at.getTime()));
      const leftOut = absences.get(id) ?? [];
      const badly = [...leftOut, ...mine.filter(({ outcome }) => outcome === 'no-show')];
      const owed = badly.filter(({ at }) => at.getTime() > since).length;
      return [id, { leftOut: leftOut.length, owed: Math.min(mostOwed, owed) }] as const;
    }),
  );
}
