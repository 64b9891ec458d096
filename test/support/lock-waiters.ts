import { sql } from 'kysely';
import type { Core } from '../../src/core.ts';
import type { Transaction } from '../../src/store/database.ts';

/** Until as many as this wait for a transaction, in line with each other; or this has come to an end without waiting. */
export async function untilWaiting(
  { db }: Core,
  tx: Transaction,
  count: number,
  running: Promise<unknown>,
): Promise<void> {
  const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
  const pid = own.rows[0]?.pid ?? 0;
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  running.then(end, end);
  for (let found = 0; !hasEnded && found < count; ) {
    const { rows } = await sql<{ found: number }>`
      with recursive behind (pid) as (
        select pid from pg_stat_activity where ${pid}::int = any (pg_blocking_pids(pid))
        union
        select later.pid from pg_stat_activity later, behind where behind.pid = any (pg_blocking_pids(later.pid))
      )
      select count(*)::int as found from behind`.execute(db);
    found = rows[0]?.found ?? 0;
  }
}

/** While `hold` holds something, each is begun once the one before it waits for that, or for the one before it. */
export async function together(
  core: Core,
  hold: (tx: Transaction) => Promise<unknown>,
  begin: readonly (() => Promise<unknown>)[],
): Promise<PromiseSettledResult<unknown>[]> {
  const running: Promise<unknown>[] = [];
  await core.db.transaction().execute(async (tx) => {
    await hold(tx);
    for (const one of begin) {
      const begun = one();
      running.push(begun);
      await untilWaiting(core, tx, running.length, begun);
    }
  });
  return await Promise.allSettled(running);
}
