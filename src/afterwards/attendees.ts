import type { Reader, Transaction } from '../store/database.ts';
import type { Attendee } from './model.ts';
import type { Named } from './naming.ts';

/** Everybody who had a seat, in the order they signed up. */
export async function readAttendees(db: Reader, conversationId: string): Promise<readonly Attendee[]> {
  return await db
    .selectFrom('seats')
    .innerJoin('people', 'people.id', 'seats.member_id')
    .select(['people.id', 'people.name', 'people.role', 'people.council', 'seats.came'])
    .where('seats.conversation_id', '=', conversationId)
    .where('seats.state', '=', 'seated')
    .orderBy('seats.place')
    .execute();
}

/** Whether this member had a seat, and what the host said of it; `undefined` for anybody else. */
export async function readSeat(
  db: Reader,
  conversationId: string,
  memberId: string,
): Promise<Pick<Attendee, 'came'> | undefined> {
  return await db
    .selectFrom('seats')
    .select('came')
    .where('conversation_id', '=', conversationId)
    .where('member_id', '=', memberId)
    .where('state', '=', 'seated')
    .executeTakeFirst();
}

/** By which names those who had a seat are known: as they are shown, and as the list of their programme has them. */
export async function readNames(db: Reader, conversationId: string): Promise<readonly Named[]> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('people', 'people.id', 'seats.member_id')
    .innerJoin('members', 'members.id', 'seats.member_id')
    .select(['people.name', 'members.name as listed', 'people.council'])
    .where('seats.conversation_id', '=', conversationId)
    .where('seats.state', '=', 'seated')
    .orderBy('seats.place')
    .execute();
  return rows.map(({ name, listed, council }) => ({ names: [...new Set([name, listed])], council }));
}

/**
 * Makes sure that nobody with a place is erased until the transaction ends: what is written to them would else fail. To
 * be called before the conversation or a place in it is held, which an erasure takes after them.
 *
 * @returns the ids of those who are still there
 */
export async function keepAttendees(tx: Transaction, conversationId: string): Promise<ReadonlySet<string>> {
  const theirs = tx.selectFrom('seats').select('member_id').where('conversation_id', '=', conversationId);
  const rows = await tx
    .selectFrom('members')
    .select('id')
    .where('id', 'in', theirs)
    .orderBy('id')
    .forKeyShare()
    .execute();
  return new Set(rows.map(({ id }) => id));
}
