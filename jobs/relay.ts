import type { Core } from '../src/core.ts';
import { putBack, takeForQueue } from '../src/delivery/queueing.ts';
import type { Outbounds } from '../src/delivery/route.ts';
import { deliveryJob, queuedLeaseMs } from './catalog.ts';
import type { JobQueue } from './queue.ts';

/**
 * Outbox → queue: everything that may be sent now. Safe on several processes at once: one of them plans at a time.
 *
 * @returns in how many milliseconds there may be more; `undefined` when nothing is known of
 */
export async function relay(core: Core, outbounds: Outbounds, deliveries: JobQueue): Promise<number | undefined> {
  for (;;) {
    const { dispatches, more, nextInMs } = await takeForQueue(core, outbounds, queuedLeaseMs);
    try {
      await deliveries.add(dispatches.map(deliveryJob));
    } catch (error) {
      // Some may have got through; taken again they have the same ids.
      await putBack(core.db, dispatches);
      throw error;
    }
    if (!more) return nextInMs;
  }
}
