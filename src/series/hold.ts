import { sql } from 'kysely';
import type { Transaction } from '../store/database.ts';

/**
 * Has all series, their slots and what is asked for them alone until the transaction ends: there are few, so one lock
 * stands for all. To be called after members, conversations and proposals are held, and before any topic or slot is.
 * What stands on the agenda is never moved or taken off under it, only added: whoever does what fell due holds that first.
 */
export async function holdSeries(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('series'))`.execute(tx);
}
