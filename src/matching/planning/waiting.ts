import { readWorkingDays } from '../../calendar/reading.ts';
import type { Reader } from '../../store/database.ts';
import { type Waiting, waitingOf } from '../rules.ts';

/** How a round that was due at this moment waits for conveners, by the network's calendar as it is now. */
export async function readWaiting(db: Reader, due: Date, now: Date): Promise<Waiting> {
  return waitingOf(due, await readWorkingDays(db, now));
}
