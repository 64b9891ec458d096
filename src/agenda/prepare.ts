import type { Core } from '../core.ts';
import { scheduleFirstRound } from '../matching/due.ts';

/** Puts on the agenda what every network must have there. Run at each start: what stands already stays. */
export async function prepareAgenda(core: Core): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    // Two processes that start at once would both see no round: the second waits here and then sees the first's.
    await tx.selectFrom('network').select('id').forUpdate().execute();
    await scheduleFirstRound(tx, core.clock.now());
  });
}
