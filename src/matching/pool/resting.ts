import { sql } from 'kysely';
import type { Reader, Transaction } from '../../store/database.ts';
import { newestNumber } from '../history.ts';

/*
 * Whoever asked for no match until the next round (they sat this one out, or said "not now") has none looked for,
 * whatever else of them begins or ends meanwhile; unless they ask for one themselves.
 */

/** Whether somebody rests until the next round. */
export async function isResting(db: Reader, memberId: string): Promise<boolean> {
  const member = db.selectFrom('members').select('id').where('id', '=', memberId);
  const row = member.where('rests_in_round', '=', newestNumber(db));
  return (await row.executeTakeFirst()) !== undefined;
}

/** @param memberIds who have asked for no match, or for no other one, in the round that was run last */
export async function letRest(tx: Transaction, memberIds: readonly string[]): Promise<void> {
  await tx
    .updateTable('members')
    .set({ rests_in_round: newestNumber(tx) })
    .where(sql<boolean>`id = any(${[...memberIds]}::uuid[])`)
    .execute();
}

/** They have asked for a match since. */
export async function endRest(tx: Transaction, memberId: string): Promise<void> {
  await tx.updateTable('members').set({ rests_in_round: null }).where('id', '=', memberId).execute();
}
