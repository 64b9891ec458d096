import type { Core } from '../core.ts';
import type { Level } from '../network/model.ts';
import type { Audience } from '../proposals/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import type { Attendance, Conversation, Standing } from './model.ts';
import { attendanceIn, type Entry, standingIn } from './seat-book.ts';

export async function findConversation(db: Reader, id: string): Promise<Conversation | undefined> {
  const row = await conversationRows(db).where('conversations.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : readConversation(row);
}

/** What is to take place after `now`, the soonest first. */
export async function comingConversations(db: Reader, now: Date, limit: number): Promise<readonly Conversation[]> {
  const rows = await conversationRows(db)
    .where('conversations.starts_at', '>', now)
    .where('conversations.cancelled_at', 'is', null)
    .orderBy('conversations.starts_at')
    .limit(limit)
    .execute();
  return rows.map(readConversation);
}

function conversationRows(db: Reader) {
  return db
    .selectFrom('conversations')
    .leftJoin('people as host', 'host.id', 'conversations.host_id')
    .select([
      'conversations.id',
      'host.id as hostId',
      'host.name as hostName',
      'host.role as hostRole',
      'host.council as hostCouncil',
      'conversations.theme',
      'conversations.title',
      'conversations.about',
      'conversations.starts_at as startsAt',
      'conversations.zone',
      'conversations.minutes',
      'conversations.capacity',
      'conversations.cancelled_at as cancelledAt',
      'conversations.cancel_reason as cancelReason',
      'conversations.link',
      'conversations.place',
      'conversations.per_council as perCouncil',
      'conversations.for_level as forLevel',
      'conversations.for_cohort_id as forCohortId',
      'conversations.chatham_house as chathamHouse',
      'conversations.revision',
      'conversations.sequence',
    ]);
}

type ConversationRow = Awaited<ReturnType<ReturnType<typeof conversationRows>['executeTakeFirstOrThrow']>>;

function readConversation({
  hostId,
  hostName,
  hostRole,
  hostCouncil,
  forLevel,
  forCohortId,
  ...row
}: ConversationRow): Conversation {
  const host =
    hostId === null
      ? undefined
      : { id: hostId, name: hostName ?? '', role: hostRole ?? '', council: hostCouncil ?? '' };
  return { ...row, host, audience: readAudience(forLevel, forCohortId) };
}

/** As `for_level` and `for_cohort_id` hold it. */
export function readAudience(level: Level | null, cohortId: string | null): Audience {
  if (level !== null) return { kind: 'level', level };
  return cohortId === null ? { kind: 'all' } : { kind: 'cohort', cohortId };
}

/** Holds several until the transaction ends, in the order in which everybody holds several. */
export async function lockConversations(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.selectFrom('conversations').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
}

/** Holds the conversation until the transaction ends, so that sign-ups are decided one after another. */
export async function lockConversation(tx: Transaction, id: string): Promise<Conversation | undefined> {
  await tx.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
  return await findConversation(tx, id);
}

/** An entry as it is kept: `place` is the order of arrival, new each time a person signs up. */
export type SeatRow = Entry & { readonly place: string };

/** Everybody who signed up, in order of arrival. */
export async function readSeats(db: Reader, conversationId: string): Promise<readonly SeatRow[]> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('members', 'members.id', 'seats.member_id')
    .select([
      'seats.member_id as memberId',
      'members.council_id as councilId',
      'seats.state',
      'seats.offered_until as until',
      'seats.unasked',
      'seats.place',
    ])
    .where('seats.conversation_id', '=', conversationId)
    .orderBy('seats.place')
    .execute();
  return rows.map(({ state, until, unasked, ...row }) => {
    if (state !== 'offered') return { ...row, state };
    // A constraint of the table says the same.
    if (until === null) throw new Error('A seat is offered until nobody knows when');
    return { ...row, state, until, ...(unasked ? { unasked } : {}) };
  });
}

/** Whether a seat is kept for them here though they did not sign up. */
export async function isUnasked(db: Reader, conversationId: string, memberId: string): Promise<boolean> {
  const theirs = db.selectFrom('seats').select('unasked').where('conversation_id', '=', conversationId);
  return (await theirs.where('member_id', '=', memberId).executeTakeFirst())?.unasked === true;
}

/** Whether they have any place in the full conversation that this one follows, and it is still to take place. */
export async function isInFollowed(db: Reader, conversationId: string, memberId: string): Promise<boolean> {
  const place = await db
    .selectFrom('conversations as second')
    .innerJoin('conversations as first', 'first.id', 'second.follows_id')
    .innerJoin('seats', 'seats.conversation_id', 'first.id')
    .select('seats.member_id')
    .where('second.id', '=', conversationId)
    .where('first.cancelled_at', 'is', null)
    .where('seats.member_id', '=', memberId)
    .executeTakeFirst();
  return place !== undefined;
}

export async function readAttendance(db: Reader, conversationId: string): Promise<Attendance> {
  return attendanceIn({ entries: await readSeats(db, conversationId) });
}

export async function readStanding(db: Reader, conversation: Conversation, memberId: string): Promise<Standing> {
  if (conversation.host?.id === memberId) return { kind: 'host' };
  return standingIn({ entries: await readSeats(db, conversation.id) }, memberId);
}

/**
 * Holds every conversation to come that this member hosts or has a place in, is asked to take over, or has asked another
 * to. Whoever needs more than one of them takes
 * them all at once and in this order, so that two who leave at the same moment never wait for each other.
 */
export async function lockComingOf(core: Core, tx: Transaction, memberId: string): Promise<readonly Conversation[]> {
  const places = tx.selectFrom('seats').select('conversation_id').where('member_id', '=', memberId);
  const asked = tx
    .selectFrom('hand_overs')
    .select('conversation_id')
    .where((or) => or.or([or('to_id', '=', memberId), or('asked_by', '=', memberId)]));
  const rows = await tx
    .selectFrom('conversations')
    .select('id')
    .where('starts_at', '>', core.clock.now())
    .where('cancelled_at', 'is', null)
    .where((or) => or.or([or('host_id', '=', memberId), or('id', 'in', places), or('id', 'in', asked)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  const conversations = await Promise.all(rows.map(({ id }) => findConversation(tx, id)));
  return conversations.filter((found) => found !== undefined);
}
