import { subWeeks } from 'date-fns/subWeeks';
import type { Reader } from '../store/database.ts';

/** How long somebody new to their role is new. */
const newForWeeks = 52;

function newcomers(db: Reader) {
  return db
    .selectFrom('members')
    .select(['id', ({ fn }) => fn<Date | null>('greatest', ['joined_at', 'newly_since']).as('since')])
    .where('newly_appointed', '=', true);
}

/** Since when a member has been new to their role: since they joined, or said so. `undefined` for anybody else. */
export async function newSince(db: Reader, memberId: string): Promise<Date | undefined> {
  const row = await newcomers(db).where('id', '=', memberId).executeTakeFirst();
  return row?.since ?? undefined;
}

/** The members who came to their role in the year before `now`. */
export async function newNow(db: Reader, now: Date): Promise<ReadonlySet<string>> {
  const rows = await newcomers(db).execute();
  const start = subWeeks(now, newForWeeks);
  return new Set(rows.filter(({ since }) => since !== null && since > start).map(({ id }) => id));
}

/** Whether somebody counts as new to their role: a year after they said so they do no longer. */
export async function isNew(db: Reader, memberId: string, now: Date): Promise<boolean> {
  const since = await newSince(db, memberId);
  return since !== undefined && since > subWeeks(now, newForWeeks);
}
