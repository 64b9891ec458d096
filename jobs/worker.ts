import { DelayedError, UnrecoverableError } from 'bullmq';
import { Permanent, Retryable } from '../src/errors.ts';
import type { Log } from '../src/log.ts';
import { systemClock } from '../src/time/clock.ts';

/**
 * Does a job. Throws Retryable to have it done later, no attempt lost; Permanent when trying again is no use; anything
 * else is a fault, and tried again.
 */
export type Perform = (payload: unknown) => Promise<void>;

/** A killed process's jobs are taken up by another within 15 s. */
export const HEARTBEAT = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 10 };

/** What is used of a BullMQ job. */
interface TakenJob {
  readonly id?: string | undefined;
  readonly data: unknown;
  readonly attemptsMade: number;
  readonly opts: { readonly attempts?: number | undefined };
  moveToDelayed(timestamp: number, token?: string): Promise<void>;
}

export async function runJob(job: TakenJob, token: string | undefined, perform: Perform): Promise<void> {
  try {
    await perform(job.data);
  } catch (error) {
    if (error instanceof Retryable) {
      // The queue lives by the machine's clock, whatever the core's clock says.
      await job.moveToDelayed(systemClock.now().getTime() + error.retryAfterMs, token);
      throw new DelayedError();
    }
    throw error instanceof Permanent ? unrecoverable(error) : fault(error);
  }
}

function unrecoverable(cause: Permanent): UnrecoverableError {
  const error = new UnrecoverableError(cause.message);
  error.cause = cause;
  return error;
}

/** The queue keeps an error's message: of a fault, which may quote anything, it is given the kind alone. */
function fault(cause: unknown): Error {
  return new Error(cause instanceof Error ? cause.name : typeof cause, { cause });
}

export function logFailure(log: Log, queue: string, job: TakenJob | undefined, error: Error): void {
  const final = error instanceof UnrecoverableError || (job?.attemptsMade ?? 0) >= (job?.opts.attempts ?? 1);
  const about = { queue, job: job?.id, attempt: job?.attemptsMade, err: error.cause ?? error };
  log.error(about, final ? 'A job failed for good' : 'A job failed and will be tried again');
}
