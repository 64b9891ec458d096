import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from '../store/database.ts';
import { refreshDelayMs, wakeRelay } from '../store/outbox.ts';

/**
 * Marks the homes of many members as out of date, as `refreshHomes` does for one: in one statement, however many there
 * are. A home that is to be drawn again anyway is only made to come soon; one that somebody else holds just now gets
 * another.
 */
export async function refreshManyHomes(
  tx: Transaction,
  now: Date,
  who: readonly string[] | 'everybody',
): Promise<void> {
  if (who.length === 0) return;
  const soon = new Date(now.getTime() + refreshDelayMs);
  const theirs = who === 'everybody' ? sql`true` : sql`accounts.member_id = any(${[...new Set(who)]}::uuid[])`;
  const posted = await sql`
    with stale as (
      select accounts.id::text as subject, accounts.member_id, accounts.platform
        from accounts
       where accounts.reachable and jsonb_exists(accounts.address, 'home') and ${theirs}
    ), waiting as materialized (
      select deliveries.id, deliveries.subject, deliveries.via, deliveries.not_before
        from deliveries
        join stale on stale.subject = deliveries.subject and stale.platform = deliveries.via
       where deliveries.kind = 'network.home' and deliveries.status = 'pending'
       order by deliveries.id
         for update of deliveries skip locked
    ), sooner as (
      update deliveries set not_before = ${soon}
        from waiting
       where deliveries.id = waiting.id and waiting.not_before > ${soon}
    )
    insert into deliveries (id, key, kind, subject, member_id, via, not_before, created_at)
    select gen_random_uuid(), 'network.home:' || ${randomUUID()} || ':' || stale.subject, 'network.home', stale.subject,
           stale.member_id, stale.platform, ${soon}, ${now}
      from stale
     where not exists (
       select from waiting where waiting.subject = stale.subject and waiting.via = stale.platform)
     order by stale.subject`.execute(tx);
  if ((posted.numAffectedRows ?? 0n) > 0n) await wakeRelay(tx);
}
