import { readOwnWay } from '../../membership/own-way.ts';
import type { Reader } from '../../store/database.ts';

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

/** The same as one member stands to it. */
export interface OwnRound {
  readonly round: RoundAhead | undefined;
  /** Whether they sit it out. */
  readonly skips: boolean;
}

export async function ownRoundAhead(db: Reader, memberId: string): Promise<OwnRound> {
  const { skipsRound } = await readOwnWay(db, memberId);
  return { round: await roundAhead(db), skips: skipsRound };
}
