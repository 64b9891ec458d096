import type { Database, Transaction } from '../store/database.ts';
import { isChangeable, isClosed, postUpdates, type SentCards, sentCards } from './card-updates.ts';

/*
 * Cards that show what is no longer so, because what had changed could not be shown there yet. Each is marked, and the
 * sweep brings it up to date as soon as its account is open, in whatever way that came about.
 */

/** So many are brought up to date in one sweep; the next one goes on. */
const atOnce = 1_000;

/** To come last in its transaction: nothing else is waited for once these are held. */
export async function markLate(tx: Transaction, cards: SentCards): Promise<void> {
  const ids = cards.select('said.id').orderBy('members.id').forKeyShare('members');
  await tx.updateTable('deliveries').set({ late: 'closed' }).where('id', 'in', ids).execute();
}

/** The cards of somebody who leaves are taken away, wherever they stand. To come last in its transaction. */
export async function takeBackCards(tx: Transaction, memberId: string): Promise<void> {
  await markLate(tx, sentCards(tx).where('said.member_id', '=', memberId).where(isChangeable));
}

/**
 * An update of this card was dropped.
 *
 * @param turnedAway whether the platform gave the card up: it may be that the account is closed, and nobody told us
 */
export async function noteUnchanged(
  tx: Transaction,
  { subject, memberId }: { readonly subject: string; readonly memberId: string },
  turnedAway: boolean,
): Promise<void> {
  const card = sentCards(tx).where('said.subject', '=', subject).where('said.member_id', '=', memberId);
  const found = await card
    .where(isChangeable)
    .select(['said.id', isClosed.as('isClosed')])
    .executeTakeFirst();
  if (found === undefined || !(found.isClosed || turnedAway)) return;
  const late = found.isClosed ? 'closed' : 'turned-away';
  await tx.updateTable('deliveries').set({ late }).where('id', '=', found.id).execute();
}

/** Posts an update of each card that is late and whose account takes it now. Waits for nobody. */
export async function catchUpCards(db: Database, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await noticeClosed(tx);
    const cards = sentCards(tx).select('said.id').where('said.late', '=', 'closed').where(isChangeable);
    const open = await cards
      .where((is) => is.not(isClosed))
      .orderBy('members.id')
      .limit(atOnce)
      // Both at once, and neither waited for: an erasure locks the member first, and then what hangs on them.
      .forNoKeyUpdate(['members', 'said'])
      .skipLocked()
      .execute();
    if (open.length === 0) return;
    const ids = open.map(({ id }) => id);
    await tx.updateTable('deliveries').set({ late: null }).where('id', 'in', ids).execute();
    await postUpdates(tx, now, sentCards(tx).where('said.id', 'in', ids));
  });
}

/** One that was turned away is tried again only once its account was closed and opened: else it would be tried for ever. */
async function noticeClosed(tx: Transaction): Promise<void> {
  const closed = sentCards(tx).select('said.id').where('said.late', '=', 'turned-away').where(isClosed);
  const ids = closed.forNoKeyUpdate('said').skipLocked();
  await tx.updateTable('deliveries').set({ late: 'closed' }).where('id', 'in', ids).execute();
}
