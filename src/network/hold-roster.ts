import { sql } from 'kysely';
import type { Transaction } from '../store/database.ts';

/**
 * Holds the whole roster until the transaction ends, for what compares all of it. To be called before anything else is
 * held: whoever holds one member already is waited for, and whoever comes later waits. Reading goes on.
 */
export async function holdRoster(tx: Transaction): Promise<void> {
  await sql`lock table members in exclusive mode`.execute(tx);
}
