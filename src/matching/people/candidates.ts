import { councilsOutside } from '../../convening/taking-part.ts';
import type { Member } from '../../network/model.ts';
import { activeMembers } from '../../network/roster.ts';
import { isPaused } from '../../network/rules.ts';
import type { Reader } from '../../store/database.ts';

/**
 * Who can be matched at this moment: they agree to it, have not paused it, and their council takes part. In a stable order.
 */
export async function whoCanBeMatched(db: Reader, at: Date): Promise<readonly Member[]> {
  const outside = await councilsOutside(db);
  return (await activeMembers(db)).filter(
    (member) => member.agreesToMatching && !isPaused(member, 'matching', at) && !outside.has(member.councilId),
  );
}

/** Who sits out the next round. */
export async function sittingOut(db: Reader): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('members').select('id').where('skips_round', '=', true).execute();
  return new Set(rows.map(({ id }) => id));
}
