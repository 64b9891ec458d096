import type { Core } from '../core.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import type { Attendance, Conversation, Standing } from './model.ts';
import { promotions } from './rules.ts';

export function conversationRows(db: Reader) {
  return db
    .selectFrom('conversations')
    .innerJoin('members as host', 'host.id', 'conversations.host_id')
    .innerJoin('councils', 'councils.id', 'host.council_id')
    .select([
      'conversations.id',
      'conversations.host_id as hostId',
      'host.name as hostName',
      'host.role as hostRole',
      'councils.name as hostCouncil',
      'conversations.theme',
      'conversations.title',
      'conversations.about',
      'conversations.starts_at as startsAt',
      'conversations.zone',
      'conversations.minutes',
      'conversations.capacity',
      'conversations.link',
    ]);
}

export async function findConversation(db: Reader, id: string): Promise<Conversation | undefined> {
  return await conversationRows(db).where('conversations.id', '=', id).executeTakeFirst();
}

/** Holds the conversation until the transaction ends, so that sign-ups are decided one after another. */
export async function lockConversation(tx: Transaction, id: string): Promise<Conversation | undefined> {
  await tx.selectFrom('conversations').select('id').where('id', '=', id).forUpdate().execute();
  return await findConversation(tx, id);
}

export async function readAttendance(db: Reader, conversationId: string): Promise<Attendance> {
  const rows = await db.selectFrom('seats').select('state').where('conversation_id', '=', conversationId).execute();
  const seated = rows.filter((row) => row.state === 'seated').length;
  return { seated, waiting: rows.length - seated };
}

export async function readStanding(db: Reader, conversation: Conversation, memberId: string): Promise<Standing> {
  if (conversation.hostId === memberId) return { kind: 'host' };
  const seats = await db
    .selectFrom('seats')
    .select(['member_id', 'state'])
    .where('conversation_id', '=', conversation.id)
    .orderBy('place')
    .execute();
  const own = seats.find((seat) => seat.member_id === memberId);
  if (own === undefined) return { kind: 'none' };
  if (own.state === 'seated') return { kind: 'seated' };
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
  await tx
    .deleteFrom('seats')
    .where('conversation_id', '=', conversation.id)
    .where('member_id', '=', memberId)
    .execute();
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
}

async function promote(
  core: Core,
  tx: Transaction,
  conversation: Conversation,
  seat: { readonly member_id: string; readonly place: string },
): Promise<void> {
  await tx
    .updateTable('seats')
    .set({ state: 'seated' })
    .where('conversation_id', '=', conversation.id)
    .where('member_id', '=', seat.member_id)
    .execute();
  const posting = { kind: 'conversations.seat-freed', subject: conversation.id, memberId: seat.member_id } as const;
  // `place` is new each time a person signs up, so someone promoted twice is told twice.
  await post(tx, core.clock.now(), [{ ...posting, key: `${posting.kind}:${conversation.id}:${seat.place}` }]);
}

/** Gives up every seat a member has in conversations still to come. */
export async function freeSeatsOf(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const rows = await tx
    .selectFrom('seats')
    .innerJoin('conversations', 'conversations.id', 'seats.conversation_id')
    .select('conversations.id')
    .where('seats.member_id', '=', memberId)
    .where('conversations.starts_at', '>', core.clock.now())
    .orderBy('conversations.id')
    .execute();
  for (const row of rows) {
    const conversation = await lockConversation(tx, row.id);
    if (conversation !== undefined) await giveUpSeat(core, tx, conversation, memberId);
  }
}
