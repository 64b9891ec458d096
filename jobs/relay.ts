import type { Core } from '../src/core.ts';
import { putBack, takeForQueue } from '../src/store/outbox.ts';
import { deliveryJob, queuedLeaseMs } from './catalog.ts';
import type { JobQueue } from './queue.ts';

const BATCH = 500;

/** Outbox → queue: everything that may be sent now. Safe on several processes at once: each takes its own. */
export async function relay(core: Core, deliveries: JobQueue): Promise<void> {
  let taken = BATCH;
  while (taken === BATCH) taken = await relayBatch(core, deliveries);
}

async function relayBatch(core: Core, deliveries: JobQueue): Promise<number> {
  const batch = await takeForQueue(core.db, core.clock.now(), BATCH, queuedLeaseMs);
  try {
    await deliveries.add(batch.map(deliveryJob));
  } catch (error) {
    // Some may have got through; taken again they have the same ids.
    await putBack(core.db, batch);
    throw error;
  }
  return batch.length;
}
