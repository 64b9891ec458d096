import type { z } from 'zod';
import { fallDue } from '../src/agenda/fall-due.ts';
import type { Core } from '../src/core.ts';
import { deliver, type Outbounds } from '../src/delivery/deliver.ts';
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

export function performDelivery(core: Core, outbounds: Outbounds): Perform {
  return async (payload) => {
    const { delivery } = read(payloads.deliveries, payload);
    await deliver(core, outbounds, delivery);
  };
}

/** @throws Permanent without a word of the payload, which may be anybody's */
function read<T extends z.ZodType>(schema: T, payload: unknown): z.infer<T> {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) throw new Permanent('The job does not hold what this version puts into it.');
  return parsed.data;
}
