import type { Reader } from '../../store/database.ts';
import { answerThatHolds } from '../matches/met-rules.ts';
import type { LeftOutReason, MatchState, Outcome, StoredVerdict } from '../model.ts';
import type { Quality } from '../scoring/quality.ts';

/** A published round. */
export interface StoredRound {
  readonly id: string;
  readonly number: number;
  readonly at: Date;
  /** Null for rounds of before there were proofs. */
  readonly verdict: StoredVerdict | null;
  readonly quality: Quality | null;
  /** The convener who published it; null where it published itself, or they are erased. */
  readonly publishedBy: string | null;
}

/** A match of it, with those who have not been erased. */
export interface StoredMatch {
  readonly id: string;
  readonly origin: 'round' | 'pool' | 'fixed';
  readonly endedAt: Date | null;
  /** The time that all agreed to, called off with the match or not. */
  readonly agreedAt: Date | undefined;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly council: string;
    readonly state: MatchState;
    /** As `MatchPerson` has it. */
    readonly outcome: Outcome | null;
  }[];
}

function rounds(db: Reader) {
  return db
    .selectFrom('rounds')
    .select(['id', 'number', 'published_at as at', 'verdict', 'quality', 'published_by as publishedBy'])
    .orderBy('number', 'desc');
}

/** The newest first. */
export async function readRounds(db: Reader, most: number): Promise<readonly StoredRound[]> {
  return await rounds(db).limit(most).execute();
}

export async function findRound(db: Reader, id: string): Promise<StoredRound | undefined> {
  return await rounds(db).where('id', '=', id).executeTakeFirst();
}

export async function roundBefore(db: Reader, number: number): Promise<StoredRound | undefined> {
  return await rounds(db).where('number', '<', number).limit(1).executeTakeFirst();
}

/** `undefined` before the first round, and after one that has none. */
export async function newestQuality(db: Reader): Promise<Quality | undefined> {
  const [newest] = await readRounds(db, 1);
  return newest?.quality ?? undefined;
}

/** All matches of these rounds, by the id of the round. */
export async function readMatches(
  db: Reader,
  roundIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredMatch[]>> {
  if (roundIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('matches')
    .innerJoin('match_members', 'match_members.match_id', 'matches.id')
    .innerJoin('people', 'people.id', 'match_members.member_id')
    .select(['matches.id', 'matches.round_id as roundId', 'matches.origin', 'matches.ended_at as endedAt'])
    .select('matches.agreed_at as agreedAt')
    .select(['people.id as memberId', 'people.name', 'people.council', 'match_members.state'])
    .select(['match_members.outcome', 'match_members.answered_at as answeredAt'])
    .where('matches.round_id', 'in', roundIds)
    .orderBy('people.name')
    .orderBy('people.id')
    .execute();
  const byRound = Map.groupBy(rows, ({ roundId }) => roundId);
  return new Map([...byRound].map(([roundId, own]) => [roundId, matchesIn(own)]));
}

type MatchRow = Omit<StoredMatch, 'agreedAt' | 'people'> & {
  readonly agreedAt: Date | null;
  readonly memberId: string;
  readonly answeredAt: Date | null;
} & Omit<StoredMatch['people'][number], 'id'>;

function matchesIn(rows: readonly MatchRow[]): readonly StoredMatch[] {
  return [...Map.groupBy(rows, ({ id }) => id)].flatMap(([id, own]) => {
    const [row] = own;
    if (row === undefined) return [];
    const { origin, endedAt } = row;
    const agreedAt = row.agreedAt ?? undefined;
    const people = own.map(({ memberId, name, council, state, ...answer }) => {
      return { id: memberId, name, council, state, outcome: answerThatHolds(answer, { endedAt, agreedAt }) };
    });
    return [{ id, origin, endedAt, agreedAt, people }];
  });
}

export interface StoredLeftOut {
  readonly roundId: string;
  readonly name: string;
  readonly council: string;
  readonly reason: LeftOutReason;
}

/** Those whom these rounds left out and who have not been erased. */
export async function readLeftOut(db: Reader, roundIds: readonly string[]): Promise<readonly StoredLeftOut[]> {
  if (roundIds.length === 0) return [];
  return await db
    .selectFrom('left_out')
    .innerJoin('people', 'people.id', 'left_out.member_id')
    .select(['left_out.round_id as roundId', 'people.name', 'people.council', 'left_out.reason'])
    .where('left_out.round_id', 'in', roundIds)
    .orderBy('people.name')
    .execute();
}
