import { sql } from 'kysely';
import type { Core } from '../core.ts';

/**
 * Does the work while no other process does work under the same name. It may open transactions of its own: whoever comes
 * second begins after they have ended.
 */
export async function oneAtATime({ db }: Pick<Core, 'db'>, name: string, work: () => Promise<void>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${name}))`.execute(tx);
    await work();
  });
}
