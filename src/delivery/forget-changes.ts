import type { Database } from '../store/database.ts';
import { changeKeptMs, changeKinds } from './rules.ts';

/** So many are deleted in one sweep; the next one goes on. */
const atOnce = 5_000;

/**
 * Deletes the rows of changes that were settled a while ago: each was drawn from what was true then, and nobody asks for
 * it again. What was said stays, with the receipts by which it can be changed.
 */
export async function forgetChanges(db: Database, now: Date): Promise<void> {
  const old = db
    .selectFrom('deliveries')
    .select('id')
    .where('kind', 'in', changeKinds)
    .where('status', 'in', ['sent', 'dropped'])
    .where('settled_at', '<', new Date(now.getTime() - changeKeptMs))
    .limit(atOnce)
    .forUpdate()
    .skipLocked();
  await db.deleteFrom('deliveries').where('id', 'in', old).execute();
}
