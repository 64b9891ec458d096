import { sql } from 'kysely';
import type { DueKind } from '../agenda/model.ts';
import type { Transaction } from '../store/database.ts';
import { localParts, momentOn } from '../time/local.ts';
import { movePauses } from './pausing.ts';

/** What comes at an hour of its member's own clock. Their next prompt does too, and is planned anew. */
const kinds: readonly DueKind[] = ['reflections.later', 'reflections.remind', 'reflections.follow-up', 'joining.path'];

/**
 * Whoever moves to another zone takes along what is to come for them: it comes on the same day, at the same hour of
 * their own clock. To be called after the zone has changed, by who holds the member and what is on the agenda for them;
 * their next prompt is planned after it.
 */
export async function moveWithMember(
  tx: Transaction,
  memberId: string,
  fromZone: string,
  toZone: string,
  now: Date,
): Promise<void> {
  await movePauses(tx, memberId, fromZone, toZone);
  const moved = (moment: Date) => sameHour(moment, fromZone, toZone);
  for (const { id, due_at } of await toCome(tx, memberId, now)) {
    await tx
      .updateTable('agenda')
      .set({ due_at: moved(due_at) })
      .where('id', '=', id)
      .execute();
  }
  // It stands beside the action as well, by which it is known when it falls due.
  const asked = tx.selectFrom('reflections').select(['prompt_id', 'ask_at']).where('member_id', '=', memberId);
  for (const { prompt_id, ask_at } of await asked.where('ask_at', '>', now).execute()) {
    if (ask_at === null) continue;
    const row = tx.updateTable('reflections').set({ ask_at: moved(ask_at) });
    await row.where('prompt_id', '=', prompt_id).execute();
  }
}

/** What somebody else holds falls due now, or is being put off to another day: nobody waits for that. */
async function toCome(tx: Transaction, memberId: string, now: Date) {
  const { rows } = await sql<{ id: string; due_at: Date }>`
    select id, due_at from agenda
     where done_at is null and due_at > ${now} and kind = any(${[...kinds]})
       and (subject = ${memberId} or subject in (select id::text from prompts where member_id = ${memberId}))
     order by id for update skip locked`.execute(tx);
  return rows;
}

function sameHour(moment: Date, fromZone: string, toZone: string): Date {
  const [day = '', time = ''] = localParts(moment, fromZone).split(' ');
  return momentOn(day, Number(time.slice(0, 2)), toZone);
}
