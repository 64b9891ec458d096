import type { Reader } from '../store/database.ts';

/** The round that is planned next. */
export interface RoundAhead {
  readonly number: number;
  readonly at: Date;
}

/** `undefined` where none is planned. */
export async function roundAhead(db: Reader): Promise<RoundAhead | undefined> {
  const row = await db
    .selectFrom('agenda')
    .select(['subject', 'due_at as at'])
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is', null)
    .orderBy('due_at')
    .executeTakeFirst();
  return row === undefined ? undefined : { number: Number(row.subject), at: row.at };
}
