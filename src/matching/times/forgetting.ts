import type { Transaction } from '../../store/database.ts';

/** Nobody is asked about a time any more; one that was agreed holds. The match must be held. */
export async function forgetSuggestion(tx: Transaction, matchId: string): Promise<void> {
  const nothing = { suggested_at: null, suggested_by: null };
  await tx.updateTable('matches').set(nothing).where('id', '=', matchId).execute();
  await tx.updateTable('match_members').set({ says_yes: false }).where('match_id', '=', matchId).execute();
}

/** The same, and what was agreed holds no more. They have no date, not even one that they found by themselves. */
export async function forgetDate(tx: Transaction, matchId: string): Promise<void> {
  await forgetSuggestion(tx, matchId);
  await tx.updateTable('matches').set({ agreed_at: null }).where('id', '=', matchId).execute();
  const dated = tx.updateTable('match_members').set({ state: 'open' }).where('match_id', '=', matchId);
  await dated.where('state', '=', 'dated').execute();
}
