import type { Transaction } from '../../store/database.ts';

/** What was suggested or agreed holds no more. The match must be held. */
export async function forgetTime(tx: Transaction, matchId: string): Promise<void> {
  const nothing = { suggested_at: null, suggested_by: null, is_agreed: false };
  await tx.updateTable('matches').set(nothing).where('id', '=', matchId).execute();
  await tx.updateTable('match_members').set({ says_yes: false }).where('match_id', '=', matchId).execute();
}

/** The same, and they have no date any more, not even one that they found by themselves. */
export async function forgetDate(tx: Transaction, matchId: string): Promise<void> {
  await forgetTime(tx, matchId);
  const dated = tx.updateTable('match_members').set({ state: 'open' }).where('match_id', '=', matchId);
  await dated.where('state', '=', 'dated').execute();
}
