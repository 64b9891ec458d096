import { sql } from 'kysely';
import type { Member } from '../../network/model.ts';
import { findMember } from '../../network/roster.ts';
import type { Reader } from '../../store/database.ts';
import { newestNumber } from '../history.ts';
import type { MatchState, Outcome } from '../model.ts';
import { answerThatHolds } from './met-rules.ts';

/** How a match stands, and each of its people to it. */
export interface StandingMatch {
  readonly id: string;
  readonly roundId: string;
  readonly madeAt: Date;
  /** Null while it stands. */
  readonly endedAt: Date | null;
  /** When they meet, where all said yes to a time. */
  readonly agreedAt: Date | undefined;
  /** A time that people are asked about; where another is agreed, to take its place: see `timeAsked`. */
  readonly suggestedAt: Date | undefined;
  readonly people: readonly MatchPerson[];
}

export interface MatchPerson {
  readonly id: string;
  readonly state: MatchState;
  /** Null where they have not answered, or only of an earlier time than the one agreed: see `answerThatHolds`. */
  readonly outcome: Outcome | null;
}

/** `undefined` where there is none any more: somebody in it was erased, or it was long ago. */
export async function findMatch(db: Reader, matchId: string): Promise<StandingMatch | undefined> {
  const [match] = await readMatches(db, await rowsOf(db).where('id', '=', matchId).execute());
  return match;
}

/** Those of a round that have not ended. */
export async function standingMatchesOf(db: Reader, roundId: string): Promise<readonly StandingMatch[]> {
  const rows = rowsOf(db).where('round_id', '=', roundId).where('ended_at', 'is', null);
  return await readMatches(db, await rows.orderBy('id').execute());
}

function rowsOf(db: Reader) {
  return db
    .selectFrom('matches')
    .select(['id', 'round_id as roundId', 'made_at as madeAt', 'ended_at as endedAt'])
    .select(['agreed_at as agreedAt', 'suggested_at as suggestedAt']);
}

/** As the database has it. */
interface MatchRow extends Pick<StandingMatch, 'id' | 'roundId' | 'madeAt' | 'endedAt'> {
  readonly agreedAt: Date | null;
  readonly suggestedAt: Date | null;
}

async function readMatches(db: Reader, rows: readonly MatchRow[]): Promise<readonly StandingMatch[]> {
  const ids = rows.map(({ id }) => id);
  const people = await db
    .selectFrom('match_members')
    .select(['match_id as matchId', 'member_id as id', 'state', 'outcome', 'answered_at as answeredAt'])
    .where(sql<boolean>`match_id = any(${ids}::uuid[])`)
    .orderBy('member_id')
    .execute();
  const byMatch = Map.groupBy(people, ({ matchId }) => matchId);
  return rows.map((match) => {
    const found = byMatch.get(match.id) ?? [];
    const times = { endedAt: match.endedAt, agreedAt: match.agreedAt ?? undefined };
    return {
      ...match,
      ...times,
      suggestedAt: match.suggestedAt ?? undefined,
      people: found.map(({ id, state, ...answer }) => ({ id, state, outcome: answerThatHolds(answer, times) })),
    };
  });
}

/** The match of the newest round that this member is in and has not dropped out of. */
export async function standingMatchOf(db: Reader, memberId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select('matches.id')
    .where('rounds.number', '=', newestNumber(db))
    .where('match_members.member_id', '=', memberId)
    .where('match_members.state', '!=', 'dropped')
    .where('matches.ended_at', 'is', null)
    .orderBy('matches.made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Those of these members who are in the network, in the same order. */
export async function namesOf(db: Reader, memberIds: readonly string[]): Promise<readonly string[]> {
  const found: (Member | undefined)[] = [];
  for (const id of memberIds) found.push(await findMember(db, id));
  return found.flatMap((member) => (member?.status === 'active' ? [member.name] : []));
}
