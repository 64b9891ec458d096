import type { Core } from '../core.ts';
import type { Level } from '../network/model.ts';
import type { Audience } from '../proposals/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { refreshCards } from './cards.ts';
import type { Attendance, Conversation, Standing } from './model.ts';
import { remindIfLate, type Taken } from './reminding.ts';
import { promotions } from './rules.ts';

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

/** Holds the conversation until the transaction ends, so that sign-ups are decided one after another. */
export async function lockConversation(tx: Transaction, id: string): Promise<Conversation | undefined> {
  await tx.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
  return await findConversation(tx, id);
}

export async function readAttendance(db: Reader, conversationId: string): Promise<Attendance> {
  const rows = await db.selectFrom('seats').select('state').where('conversation_id', '=', conversationId).execute();
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  return { seated: count('seated'), offered: count('offered'), waiting: count('waiting') };
}

export async function readStanding(db: Reader, conversation: Conversation, memberId: string): Promise<Standing> {
  if (conversation.host?.id === memberId) return { kind: 'host' };
  const seats = await db
    .selectFrom('seats')
    .select(['member_id', 'state', 'offered_until'])
    .where('conversation_id', '=', conversation.id)
    .orderBy('place')
    .execute();
  const own = seats.find((seat) => seat.member_id === memberId);
  if (own === undefined) return { kind: 'none' };
  if (own.state === 'seated') return { kind: 'seated' };
  if (own.offered_until !== null) return { kind: 'offered', until: own.offered_until };
  const waiting = seats.filter((seat) => seat.state === 'waiting');
  return { kind: 'waiting', position: waiting.indexOf(own) + 1 };
}

/** Takes a member out and gives the freed seat to whoever has waited longest. The conversation must be locked. */
export async function giveUpSeat(
  core: Core,
  tx: Transaction,
  conversation: Conversation,
  memberId: string,
): Promise<void> {
  const given = await tx
    .deleteFrom('seats')
    .where('conversation_id', '=', conversation.id)
    .where('member_id', '=', memberId)
    .returning('place')
    .executeTakeFirst();
  if (given === undefined) return;
  const attendance = await readAttendance(tx, conversation.id);
  const next = await tx
    .selectFrom('seats')
    .select(['member_id', 'place'])
    .where('conversation_id', '=', conversation.id)
    .where('state', '=', 'waiting')
    .orderBy('place')
    .limit(promotions(conversation.capacity, attendance))
    .execute();
  for (const seat of next) await promote(core, tx, conversation, seat);
  await refreshCards(tx, core.clock.now(), conversation.id);
}

async function promote(core: Core, tx: Transaction, conversation: Conversation, seat: Taken): Promise<void> {
  const now = core.clock.now();
  await tx
    .updateTable('seats')
    .set({ state: 'seated' })
    .where('conversation_id', '=', conversation.id)
    .where('member_id', '=', seat.member_id)
    .execute();
  const posting = { kind: 'conversations.seat-freed', subject: conversation.id, memberId: seat.member_id } as const;
  // `place` is new each time a person signs up, so someone promoted twice is told twice.
  await post(tx, now, [{ ...posting, key: `${posting.kind}:${conversation.id}:${seat.place}` }]);
  await remindIfLate(tx, now, conversation, seat);
}

/** Gives up every seat a member has in conversations still to come. */
export async function freeSeatsOf(core: Core, tx: Transaction, memberId: string): Promise<void> {
  for (const conversation of await lockComingOf(core, tx, memberId)) {
    await giveUpSeat(core, tx, conversation, memberId);
  }
}

/**
 * Holds every conversation to come that this member hosts or has a place in. Whoever needs more than one of them takes
 * them all at once and in this order, so that two who leave at the same moment never wait for each other.
 */
export async function lockComingOf(core: Core, tx: Transaction, memberId: string): Promise<readonly Conversation[]> {
  const places = tx.selectFrom('seats').select('conversation_id').where('member_id', '=', memberId);
  const rows = await tx
    .selectFrom('conversations')
    .select('id')
    .where('starts_at', '>', core.clock.now())
    .where('cancelled_at', 'is', null)
    .where((or) => or.or([or('host_id', '=', memberId), or('id', 'in', places)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  const conversations = await Promise.all(rows.map(({ id }) => findConversation(tx, id)));
  return conversations.filter((found) => found !== undefined);
}
