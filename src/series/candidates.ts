import { sql } from 'kysely';
import { councilsOutside } from '../convening/taking-part.ts';
import { endOf } from '../conversations/model.ts';
import { activeMembers } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import type { Reader } from '../store/database.ts';
import type { Slot } from './model.ts';
import { askingOrder, type Candidate } from './order.ts';

const yearMs = 365 * 24 * 3_600_000;

/**
 * Who may be asked to host a slot, in order: hosts and conveners who are not paused, whose council takes part, who host
 * nothing else at that time, and who were not asked for this slot before.
 */
export async function candidatesFor(
  db: Reader,
  now: Date,
  slot: Pick<Slot, 'id' | 'startsAt' | 'topicId'>,
  minutes: number,
): Promise<readonly Candidate[]> {
  const outside = await councilsOutside(db);
  const busy = new Set(await hostingMeanwhile(db, slot.startsAt, minutes));
  const asked = await db.selectFrom('host_asks').select('member_id').where('slot_id', '=', slot.id).execute();
  const hadTheirTurn = new Set(asked.map((row) => row.member_id));
  const free = (await activeMembers(db)).filter(
    (member) =>
      member.permission !== 'member' &&
      !isPaused(member, 'conversations', now) &&
      !outside.has(member.councilId) &&
      !busy.has(member.id) &&
      !hadTheirTurn.has(member.id),
  );
  const ids = free.map(({ id }) => id);
  return askingOrder(await describe(db, now, slot.topicId, ids));
}

async function hostingMeanwhile(db: Reader, startsAt: Date, minutes: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('host_id')
    .where('cancelled_at', 'is', null)
    .where('host_id', 'is not', null)
    .where('starts_at', '<', endOf({ startsAt, minutes }))
    .where(sql<boolean>`starts_at + minutes * interval '1 minute' > ${startsAt}`)
    .execute();
  return rows.flatMap((row) => (row.host_id === null ? [] : [row.host_id]));
}

async function describe(
  db: Reader,
  now: Date,
  topicId: string | null,
  ids: readonly string[],
): Promise<readonly Candidate[]> {
  const yearAgo = new Date(now.getTime() - yearMs);
  const { rows } = await sql<Omit<Candidate, 'hosted'> & { readonly hosted: string }>`
    select m.id as "memberId",
           (select count(*) from conversations c
             where c.host_id = m.id and c.cancelled_at is null and c.starts_at > ${yearAgo}) as hosted,
           (select max(c.starts_at) from conversations c
             where c.host_id = m.id and c.cancelled_at is null) as "lastHostedAt",
           (select max(a.asked_at) from host_asks a where a.member_id = m.id) as "lastAskedAt",
           exists (select from topics t where t.id = ${topicId} and t.member_id = m.id) as "suggestedIt"
      from members m where m.id = any(${[...ids]}::uuid[])`.execute(db);
  return rows.map((row) => ({ ...row, hosted: Number(row.hosted) }));
}
