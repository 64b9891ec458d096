import { sql } from 'kysely';
import type { Core } from '../../core.ts';
import { idsByToken } from '../../membership/apart.ts';
import type { Reader } from '../../store/database.ts';
import { answerThatHolds } from '../matches/met-rules.ts';
import type { MatchState, Outcome } from '../model.ts';
import { type Answered, endOf, outcomeOf } from '../rules.ts';
import type { PastMatch } from '../scoring/model.ts';

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
    .select('matches.agreed_at as agreedAt')
    .select(['one.state as state', 'one.outcome as outcome', 'one.answered_at as answeredAt'])
    .select(['other.state as otherState', 'other.outcome as otherOutcome', 'other.answered_at as otherAnsweredAt'])
    .execute();
  return rows.map((row) => {
    const other = { state: row.otherState, outcome: row.otherOutcome, answeredAt: row.otherAnsweredAt };
    const said: readonly [Answered, Answered] = [answeredIn(row, row), answeredIn(other, row)];
    const outcome = outcomeOf(said, endOf(row.endedAt, row.agreedAt ?? undefined));
    return { a: row.a, b: row.b, roundsAgo: Math.max(1, number - row.number), outcome };
  });
}

/** As the database has it. */
interface AnswerRow {
  readonly state: MatchState;
  readonly outcome: Outcome | null;
  readonly answeredAt: Date | null;
}

interface TimesRow {
  readonly endedAt: Date | null;
  readonly agreedAt: Date | null;
}

function answeredIn({ state, ...answer }: AnswerRow, { endedAt, agreedAt }: TimesRow): Answered {
  // Whoever dropped out is not to meet at the time that the rest agreed to: their answer is all they have to say.
  const isOut = state === 'dropped';
  const times = { endedAt, agreedAt: agreedAt ?? undefined };
  return { state, outcome: isOut ? answer.outcome : answerThatHolds(answer, times) };
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
  /** The number of the first round that they were matched in, or left out of. */
  readonly first: number | undefined;
  /** The numbers of the rounds that left them out. */
  readonly leftOut: readonly number[];
  /** How often they were left out, or their partner did not come, since they last met somebody; 0 to 2. */
  readonly owed: number;
}

const mostOwed = 2;

/** What the first round is to somebody. */
export const stranger: Fortune = { first: undefined, leftOut: [], owed: 0 };

/** By member id, of those among these who have been in a round. */
export async function fortunes(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Fortune>> {
  const left = await db
    .selectFrom('left_out')
    .innerJoin('rounds', 'rounds.id', 'left_out.round_id')
    .select(['left_out.member_id as memberId', 'rounds.number', 'rounds.published_at as at'])
    .where(sql<boolean>`left_out.member_id = any(${ids}::uuid[])`)
    .execute();
  const answered = await db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .select(['match_members.member_id as memberId', 'matches.made_at as at', 'state', 'outcome'])
    .select(['answered_at as answeredAt', 'ended_at as endedAt', 'agreed_at as agreedAt'])
    .where(sql<boolean>`match_members.member_id = any(${ids}::uuid[])`)
    .where((or) => or.or([or('outcome', 'is not', null), or('state', '=', 'met')]))
    .execute();
  const matched = await db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select(({ fn }) => ['match_members.member_id as memberId', fn.min('rounds.number').as('first')])
    .where(sql<boolean>`match_members.member_id = any(${ids}::uuid[])`)
    .groupBy('match_members.member_id')
    .execute();
  const firsts = new Map(matched.map(({ memberId, first }) => [memberId, first]));
  const said = answered.map(({ memberId, at, ...row }) => ({ memberId, at, ...answeredIn(row, row) }));
  const meetings = Map.groupBy(said, ({ memberId }) => memberId);
  const absences = Map.groupBy(left, ({ memberId }) => memberId);
  const known = new Set([...firsts.keys(), ...absences.keys()]);
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
      const rounds = leftOut.map(({ number }) => number);
      const first = Math.min(firsts.get(id) ?? Number.POSITIVE_INFINITY, ...rounds);
      return [id, { first, leftOut: rounds, owed: Math.min(mostOwed, owed) }] as const;
    }),
  );
}
