import { sql } from 'kysely';
import { planLater, replan } from '../calendar/planning.ts';
import type { Core } from '../core.ts';
import { refreshManyHomes } from '../network/many-homes.ts';
import type { Transaction } from '../store/database.ts';
import { councilsOutside } from './taking-part.ts';

/** Whom a change is about. */
export type Concerned = { readonly members: readonly string[] } | { readonly councils: readonly string[] | 'all' };

/**
 * Puts on the agenda, in the transaction that changes where people belong, that the rest is to follow: whatever happens
 * after it. Only of those who have joined does anything depend on it.
 */
export async function dueToFreshen(tx: Transaction, concerned: Concerned, now: Date): Promise<void> {
  await sql`
    insert into agenda (id, key, kind, subject, due_at)
    select gen_random_uuid(), 'network.freshen:' || id || ':' || ${now.toISOString()}, 'network.freshen', id::text, ${now}
      from members
     where status = 'active' and ${areConcerned(concerned)}
        on conflict (key) do nothing`.execute(tx);
}

/** Who takes no part now because of the council they are of. */
export async function membersOutside(tx: Transaction): Promise<readonly string[]> {
  const of = [...(await councilsOutside(tx))];
  const rows = tx.selectFrom('members').select('id').where('status', '=', 'active');
  return (await rows.where(sql<boolean>`council_id = any(${of}::uuid[])`).execute()).map(({ id }) => id);
}

/**
 * Puts on the agenda, in the transaction that changes which councils take part, or who is of which, that those whose
 * council does so from now on are matched again: each by themselves.
 *
 * @param before the members outside until then
 */
export async function dueToTakePart(tx: Transaction, before: readonly string[], now: Date): Promise<void> {
  const outside = new Set(await membersOutside(tx));
  const back = before.filter((id) => !outside.has(id));
  if (back.length === 0) return;
  await sql`
    insert into agenda (id, key, kind, subject, due_at)
    select gen_random_uuid(), 'network.takes-part:' || id || ':' || ${now.toISOString()}, 'network.takes-part', id::text, ${now}
      from members
     where status = 'active' and ${areConcerned({ members: back })}
        on conflict (key) do nothing`.execute(tx);
}

function areConcerned(concerned: Concerned) {
  if ('members' in concerned) return sql`id = any(${[...concerned.members]}::uuid[])`;
  return concerned.councils === 'all' ? sql`true` : sql`council_id = any(${[...concerned.councils]}::uuid[])`;
}

/**
 * Of those for whom all is done, takes off the agenda that it is to be done. Of who has a pause it stays: the end of that
 * may have moved, and is planned with what is on the agenda held. So it does of those whose council takes no part: each is
 * taken out of their match by themselves, and the others are told.
 */
async function isFresh(tx: Transaction, memberIds: readonly string[]): Promise<void> {
  const outside = [...(await councilsOutside(tx))];
  await sql`
    delete from agenda where id in (
      select agenda.id from agenda join members on members.id = agenda.subject::uuid
       where agenda.kind = 'network.freshen' and agenda.done_at is null and agenda.subject = any(${[...memberIds]})
         and num_nonnulls(prompts_paused_until, matching_paused_until, conversations_paused_until) = 0
         and not members.council_id = any(${outside}::uuid[])
         for update of agenda skip locked)`.execute(tx);
}

/**
 * Puts right what depends on where people belong and what their councils said: when their next prompt comes, and what
 * their homes show. In a transaction of its own, after the change: it holds what is on the agenda of many.
 * Where it comes to nothing, what {@link dueToFreshen} put there does it.
 */
export async function freshen({ db, clock }: Pick<Core, 'db' | 'clock'>, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return;
  const now = clock.now();
  const leftOut = await db.transaction().execute(async (tx) => {
    const others = await replan(tx, memberIds, now);
    await refreshManyHomes(tx, now, memberIds);
    await isFresh(
      tx,
      memberIds.filter((id) => !others.includes(id)),
    );
    return others;
  });
  await planLater({ db, clock }, leftOut);
}

/** The same for everybody of these councils. */
export async function freshenCouncils(
  core: Pick<Core, 'db' | 'clock'>,
  councilIds: readonly string[] | 'all',
): Promise<void> {
  const members = core.db.selectFrom('members').select('id').where('status', '=', 'active').orderBy('id');
  const those = councilIds === 'all' ? members : members.where('council_id', 'in', [...councilIds]);
  await freshen(
    core,
    (await those.execute()).map(({ id }) => id),
  );
}
