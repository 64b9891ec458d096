import type { Core } from '../core.ts';
import { scheduleDigest } from '../digests/due.ts';
import { scheduleFirstRound } from '../matching/publishing/round-agenda.ts';
import { scheduleNight } from '../retention/due.ts';

/** Puts on the agenda what every network must have there. Run at each start, by any number at once: it stands once. */
export async function prepareAgenda(core: Core): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await scheduleFirstRound(tx, core.clock.now());
    await scheduleNight(tx, core.clock.now());
    await scheduleDigest(tx, core.clock.now());
  });
}
