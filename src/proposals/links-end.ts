import { addDays } from 'date-fns/addDays';
import { addMinutes } from 'date-fns/addMinutes';
import { hostDays } from '../afterwards/model.ts';
import type { Reader } from '../store/database.ts';

/**
 * Until when somebody who hosts by links alone has a use for them: they may say who came for so long after the last
 * conversation that they host. `undefined` for who hosts none.
 */
export async function hostingEnds(db: Reader, memberId: string): Promise<Date | undefined> {
  const hosted = await db
    .selectFrom('conversations')
    .select(['starts_at', 'minutes'])
    .where('host_id', '=', memberId)
    .where('cancelled_at', 'is', null)
    .execute();
  const ends = hosted.map(({ starts_at, minutes }) => addDays(addMinutes(starts_at, minutes), hostDays).getTime());
  return ends.length === 0 ? undefined : new Date(Math.max(...ends));
}
