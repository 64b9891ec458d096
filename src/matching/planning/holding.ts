import { sql } from 'kysely';
import type { Transaction } from '../../store/database.ts';

/**
 * Makes sure that nobody else makes matches until the transaction ends: who waits is not matched in the last round while
 * the next is being published. To be called before any member is held; what is on the agenda is held before this.
 */
export async function holdMatching(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('matching.making'))`.execute(tx);
}

/**
 * Holds everybody in the network until the transaction ends: who drops out of a round while it is made drops out of
 * their match a moment later, as soon as there is one. Conveners are held while they act, so what they change (who is
 * fixed, which councils are kept apart or take part) comes before the round or after it too.
 *
 * @returns their ids: whoever joins from now on is not held, and is to be in no match
 */
export async function holdEverybody(tx: Transaction): Promise<ReadonlySet<string>> {
  const active = tx.selectFrom('members').select('id').where('status', '=', 'active');
  return new Set((await active.orderBy('id').forNoKeyUpdate().execute()).map(({ id }) => id));
}

/** The same for those who wait between two rounds. @returns since when each of them has waited, by id */
export async function holdPool(tx: Transaction): Promise<ReadonlyMap<string, Date>> {
  const rows = await tx
    .selectFrom('members')
    .innerJoin('standing_pool', 'standing_pool.member_id', 'members.id')
    .select(['members.id', 'standing_pool.since'])
    .orderBy('members.id')
    .forNoKeyUpdate()
    .execute();
  return new Map(rows.map(({ id, since }) => [id, since]));
}
