import { Refusal } from '../errors.ts';
import { holdActive, holdWithAgenda, takeTurn } from '../network/hold.ts';
import { refusals } from '../network/messages.ts';
import type { Transaction } from '../store/database.ts';

/**
 * Holds a member who writes, until the transaction ends: what they answer, share, delete and take back happens one
 * after the other, and nothing of it after they left.
 *
 * @throws Refusal for someone who has just left, or been erased
 */
export async function holdWriter(tx: Transaction, memberId: string): Promise<void> {
  await takeTurn(tx, memberId);
  if (!(await holdWithAgenda(tx, memberId))) throw new Refusal(refusals.notJoined);
  await holdActive(tx, memberId);
}
