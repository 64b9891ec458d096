import { sql } from 'kysely';
import type { Transaction } from '../../store/database.ts';

/** What they asked for in the next round is not to hold once they come back. */
export async function forgetWishes(tx: Transaction, memberId: string): Promise<void> {
  await tx.deleteFrom('round_wishes').where('member_id', '=', memberId).execute();
}

/** What was asked for a match is used up by one, in a round or between two. */
export async function useUpWishes(tx: Transaction, matched: readonly string[]): Promise<void> {
  await tx.deleteFrom('round_wishes').where(sql<boolean>`member_id = any(${matched}::uuid[])`).execute();
}
