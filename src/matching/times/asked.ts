import type { Reader } from '../../store/database.ts';
import { readKey } from '../matches/calling-off.ts';

/** One of a match whom we ask about a time that another suggested. */
interface Asked {
  readonly memberId: string;
  /** Whether that is sent, or may be. */
  readonly mayKnow: boolean;
}

/** Whom we ask about the time that was suggested last in a match: not who suggested it. */
export async function askedLast(db: Reader, matchId: string): Promise<readonly Asked[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['key', 'status', 'in_doubt as inDoubt', 'member_id as memberId'])
    .where('subject', '=', matchId)
    .where('kind', '=', 'matching.time-suggested')
    .execute();
  const last = Math.max(...rows.map(({ key }) => readKey(key).number));
  return rows
    .filter(({ key }) => readKey(key).number === last)
    .flatMap(({ memberId, status, inDoubt }) =>
      memberId === null ? [] : [{ memberId, mayKnow: status === 'sent' || status === 'sending' || inDoubt }],
    );
}
