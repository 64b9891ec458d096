import type { z } from 'zod';
import { fallDue } from '../src/agenda/fall-due.ts';
import type { Core } from '../src/core.ts';
import { deliver } from '../src/delivery/deliver.ts';
import { moreWaits } from '../src/delivery/queueing.ts';
import type { Outbounds } from '../src/delivery/route.ts';
import { Permanent } from '../src/errors.ts';
import { payloads } from './catalog.ts';
import type { Perform } from './worker.ts';

/*
 * Each may run twice, or at the same time as itself elsewhere: that the thing happens once is seen to by the database,
 * in fallDue and deliver.
 */

export function performAppointment(core: Core): Perform {
  return async (payload) => {
    const { appointment } = read(payloads.agenda, payload);
    await fallDue(core, appointment);
  };
}

/** @param wake called when others may have waited for this one, or when it is to be tried again at some time */
export function performDelivery(core: Core, outbounds: Outbounds, wake: () => void): Perform {
  return async (payload) => {
    const { delivery } = read(payloads.deliveries, payload);
    const delivered = await deliver(core, outbounds, delivery);
    if (delivered === 'later' || (await moreWaits(core, delivery))) wake();
  };
}

/** @throws Permanent without a word of the payload, which may be anybody's */
function read<T extends z.ZodType>(schema: T, payload: unknown): z.infer<T> {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) throw new Permanent('The job does not hold what this version puts into it.');
  return parsed.data;
}
