import type { Transaction } from '../store/database.ts';
import type { SharedWith } from '../store/reflection-tables.ts';

/** How an answer is shared, as its row is written. */
export interface Sharing {
  readonly shared_with: SharedWith;
  readonly shared_match_id: string | null;
  readonly shared_cohort_id: string | null;
}

export const notShared: Sharing = { shared_with: 'nobody', shared_match_id: null, shared_cohort_id: null };

/** Takes back all that a member shared. To be called while they are held: when they leave. */
export async function withdrawShared(tx: Transaction, memberId: string): Promise<void> {
  await withdraw(tx, sharedAnswers(tx).where('member_id', '=', memberId));
}

/** Whoever shared something with the people of these matches shares it with nobody now. */
export async function withdrawFromMatches(tx: Transaction, matchIds: readonly string[]): Promise<void> {
  await withdraw(tx, sharedAnswers(tx).where('shared_match_id', 'in', matchIds).where('shared_with', '=', 'match'));
}

export async function outOfDigests(tx: Transaction, prompts: readonly string[]): Promise<void> {
  await tx.deleteFrom('digest_reflections').where('prompt_id', 'in', prompts).execute();
}

function sharedAnswers(tx: Transaction) {
  return tx.selectFrom('reflections').select('prompt_id').where('shared_with', '!=', 'nobody');
}

async function withdraw(tx: Transaction, answers: ReturnType<typeof sharedAnswers>): Promise<void> {
  // In one order, whoever does it: a digest holds them so as well.
  const held = await answers.orderBy('prompt_id').forUpdate().execute();
  if (held.length === 0) return;
  const prompts = held.map((row) => row.prompt_id);
  const taken = tx.updateTable('reflections').set({ ...notShared, shared_at: null });
  await taken.where('prompt_id', 'in', prompts).execute();
  await outOfDigests(tx, prompts);
}
