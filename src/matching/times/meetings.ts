import { sql } from 'kysely';
import type { Member, MemberStatus } from '../../network/model.ts';
import type { Reader, Transaction } from '../../store/database.ts';
import type { MatchState } from '../model.ts';

/** Somebody of a match, as far as meeting them goes. */
export interface MeetingPerson extends Pick<Member, 'id' | 'name' | 'role' | 'council' | 'zone'> {
  readonly status: MemberStatus;
  readonly state: MatchState;
  /** To the time that is suggested. */
  readonly saysYes: boolean;
}

/** When the people of a match meet, or might. */
export interface Meeting {
  /** The id of the match. */
  readonly id: string;
  /** The time that everybody said yes to. */
  readonly agreedAt: Date | undefined;
  /** The time that they are asked about; where another is agreed, to take its place: see `timeAsked`. */
  readonly suggestedAt: Date | undefined;
  /** Null once they are erased too. */
  readonly suggestedBy: string | null;
  /** Counts what was suggested, agreed and called off: it never goes down, so that calendars take the latest. */
  readonly sequence: number;
  /** When it was last agreed or called off. */
  readonly changedAt: Date;
  /** Null while the match stands. */
  readonly endedAt: Date | null;
  /** By name, those who dropped out among them. */
  readonly people: readonly MeetingPerson[];
}

/** `undefined` where the match is gone. */
export async function findMeeting(db: Reader, matchId: string): Promise<Meeting | undefined> {
  const [meeting] = await withPeople(db, await meetingRows(db).where('matches.id', '=', matchId).execute());
  return meeting;
}

/** The same, held until the transaction ends. */
export async function lockMeeting(tx: Transaction, matchId: string): Promise<Meeting | undefined> {
  const rows = meetingRows(tx).where('matches.id', '=', matchId).forUpdate();
  const [meeting] = await withPeople(tx, await rows.execute());
  return meeting;
}

/** Those this member agreed to, the soonest first; those called off with their match among them. */
export async function meetingsOf(db: Reader, memberId: string, after: Date): Promise<readonly Meeting[]> {
  const rows = await meetingRows(db)
    .innerJoin('match_members as own', 'own.match_id', 'matches.id')
    .where('own.member_id', '=', memberId)
    .where('matches.agreed_at', '>', after)
    .orderBy('matches.agreed_at')
    .orderBy('matches.id')
    .execute();
  return await withPeople(db, rows);
}

function meetingRows(db: Reader) {
  return db
    .selectFrom('matches')
    .select([
      'matches.id',
      'matches.agreed_at as agreedAt',
      'matches.suggested_at as suggestedAt',
      'matches.suggested_by as suggestedBy',
      'matches.sequence',
      'matches.ended_at as endedAt',
    ])
    .select(sql<Date>`coalesce(matches.changed_at, matches.made_at)`.as('changedAt'));
}

/** As the database has it. */
interface MeetingRow extends Omit<Meeting, 'agreedAt' | 'suggestedAt' | 'people'> {
  readonly agreedAt: Date | null;
  readonly suggestedAt: Date | null;
}

async function withPeople(db: Reader, rows: readonly MeetingRow[]): Promise<readonly Meeting[]> {
  if (rows.length === 0) return [];
  const people = await db
    .selectFrom('match_members')
    .innerJoin('people', 'people.id', 'match_members.member_id')
    .select([
      'match_members.match_id as matchId',
      'people.id',
      'people.name',
      'people.role',
      'people.council',
      'people.zone',
      'people.status',
      'match_members.state',
      'match_members.says_yes as saysYes',
    ])
    .where(
      'match_members.match_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('people.name')
    .orderBy('people.id')
    .execute();
  const byMatch = Map.groupBy(people, ({ matchId }) => matchId);
  return rows.map((row) => ({
    ...row,
    agreedAt: row.agreedAt ?? undefined,
    suggestedAt: row.suggestedAt ?? undefined,
    people: (byMatch.get(row.id) ?? []).map(({ matchId: _, ...person }) => person),
  }));
}

/** Those who are in it still and in the network, so that they can be met; who has left the network is in a match still. */
export function presentIn({ people }: Pick<Meeting, 'people'>): readonly MeetingPerson[] {
  return people.filter(({ state, status }) => state !== 'dropped' && status === 'active');
}

/** The others, as this member meets them. */
export function othersIn(meeting: Pick<Meeting, 'people'>, memberId: string): readonly MeetingPerson[] {
  return presentIn(meeting).filter(({ id }) => id !== memberId);
}

/** Their names, as this member meets them. */
export function namesFor(meeting: Pick<Meeting, 'people'>, memberId: string): readonly string[] {
  return othersIn(meeting, memberId).map(({ name }) => name);
}

/** Whether this member is to be there: it is agreed, the match stands, and they are in it. */
export function isExpected(meeting: Meeting, memberId: string): boolean {
  return (
    meeting.agreedAt !== undefined && meeting.endedAt === null && presentIn(meeting).some(({ id }) => id === memberId)
  );
}
