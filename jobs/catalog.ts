import { z } from 'zod';
import type { Dispatch } from '../src/delivery/queueing.ts';

/*
 * Ids, and why no kept job can block what the database says is open:
 * - A queue takes no second job of an id it still holds. So what stands in the database always gets the same id, and
 *   may be queued at any time by any process: at most one job of it waits or runs.
 * - A finished job is removed at once, whatever it found to do. Queued again, it finds in the database whether
 *   anything is left; nothing is left to the queue's memory.
 * - A failed job is kept, to be seen, and forgotten by the sweep after `failedJobKeptMs`. The next sweep queues it
 *   anew if it is still open, with a payload of this version and all its attempts.
 */

/** The queues, each with what its jobs hold: an id, never a name or a word of a message. */
export const payloads = {
  agenda: z.strictObject({ appointment: z.uuid() }),
  deliveries: z.strictObject({ delivery: z.uuid() }),
} as const;

export type QueueName = keyof typeof payloads;

/** How often one job is tried, after 2, 4, 8 and 16 seconds, before it has failed for good. */
export const jobAttempts = 5;
export const firstRetryMs = 2_000;

/** How long a job that failed for good is shown as failed; then what it stood for is queued anew. */
export const failedJobKeptMs = 300_000;

/**
 * How long a delivery may stand as queued before it is queued again, because its job may be lost. Much shorter than
 * a backlog may last: a job that is still there is not doubled.
 */
export const queuedLeaseMs = 60_000;

/** What is put into a queue. */
export interface QueuedJob {
  readonly id: string;
  readonly payload: Readonly<Record<string, string>>;
}

export function agendaJob(appointment: string): QueuedJob {
  return { id: appointment, payload: { appointment } satisfies z.input<typeof payloads.agenda> };
}

/** The attempt is part of the id, so that the job of the next attempt can be queued before this one is gone. */
export function deliveryJob({ id, attempt }: Dispatch): QueuedJob {
  return { id: `${id}.${attempt}`, payload: { delivery: id } satisfies z.input<typeof payloads.deliveries> };
}
