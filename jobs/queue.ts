import { setTimeout as pause } from 'node:timers/promises';
import type { IQueueBackend, Queue, Worker } from 'bullmq';
import type pg from 'pg';
import type { Log } from '../src/log.ts';
import { failedJobKeptMs, firstRetryMs, jobAttempts, type QueuedJob, type QueueName } from './catalog.ts';
import { type Connection, connectPostgres, connectRedis } from './connection.ts';
import type { Trouble } from './trouble.ts';
import { HEARTBEAT, logFailure, type Perform, runJob } from './worker.ts';

/** Where the queues are kept. `prefix` is that of their keys in Redis: several networks may share one. */
export type Carrier =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix?: string }
  | { readonly kind: 'postgres'; readonly connection: pg.PoolConfig };

export type Counts = Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>;

export interface JobQueue {
  /** Adds those whose id is not there yet. */
  add(jobs: readonly QueuedJob[]): Promise<void>;
  /** Removes what failed for good longer ago than `failedJobKeptMs`, so that it can be added again. */
  forgetFailed(): Promise<void>;
  counts(): Promise<Counts>;
}

export interface Carriage {
  openQueue(name: QueueName): Promise<JobQueue>;
  startWorker(name: QueueName, concurrency: number, perform: Perform): Promise<void>;
  /** Waits for the jobs under way, then closes all that was opened. */
  close(): Promise<void>;
}

export async function openCarrier(carrier: Carrier, log: Log, trouble: Trouble): Promise<Carriage> {
  return carrier.kind === 'redis'
    ? carry(await connectRedis(carrier.url, trouble), carrier.prefix ?? 'colloquy', log, trouble)
    : carry(await connectPostgres(carrier.connection, trouble), 'colloquy', log, trouble);
}

/** How long the store may take to hear of the last jobs: a Redis that goes away now would be waited for without end. */
const LEAVE_MS = 5_000;

function carry<B extends IQueueBackend, C>(
  connection: Connection<B, C>,
  prefix: string,
  log: Log,
  trouble: Trouble,
): Carriage {
  const queues: { close(): Promise<void> }[] = [];
  const workers: Pick<Worker, 'pause' | 'close'>[] = [];
  const underWay = new Set<Promise<void>>();
  const allDone = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };
  return {
    async openQueue(name) {
      // Its check of Redis's version is asked once and for all: cut off in the middle, the queue would be of no use
      // for the life of the process. The workers check it, and ask again.
      const options = { ...UNREAD, connection: connection.forQueues, prefix, skipVersionCheck: true };
      const queue = new connection.classes.Queue(name, options);
      queue.on('error', trouble.note);
      queues.push(queue);
      if (connection.isUp()) await queue.waitUntilReady();
      return describeQueue(queue, connection.isUp);
    },
    async startWorker(name, concurrency, perform) {
      const watched: Perform = async (payload) => {
        const done = perform(payload);
        underWay.add(done);
        await done.finally(() => underWay.delete(done));
      };
      const options = { ...HEARTBEAT, connection: connection.forWorkers, prefix, concurrency };
      const worker = new connection.classes.Worker(name, (job, token) => runJob(job, token, watched), options);
      worker.on('error', trouble.note);
      worker.on('failed', (job, error) => logFailure(log, name, job, error));
      workers.push(worker);
      if (connection.isUp()) await worker.waitUntilReady();
    },
    async close() {
      // No new jobs from here on.
      await Promise.all(workers.map((worker) => worker.pause(true)));
      await allDone();
      const force = !(await connection.answers());
      const left = Promise.all(workers.map((worker) => worker.close(force)));
      await Promise.race([left, pause(LEAVE_MS, undefined, { ref: false })]);
      await allDone();
      await Promise.all(queues.map((queue) => queue.close()));
      await connection.close();
    },
  };
}

/** Nobody reads BullMQ's stream of events, so little of it is kept. */
const UNREAD = { streams: { events: { maxLen: 100 } } };

/** What is used of a BullMQ queue, on either store. */
type Store = Pick<Queue, 'name' | 'addBulk' | 'clean' | 'getJobCounts'>;

const OPTIONS = {
  attempts: jobAttempts,
  backoff: { type: 'exponential', delay: firstRetryMs },
  removeOnComplete: true,
  removeOnFail: false,
} as const;

function describeQueue(queue: Store, isUp: () => boolean): JobQueue {
  // A Redis that has not been there yet would be waited for without end.
  const mustBeUp = (): void => {
    if (!isUp()) throw new Error('The queues cannot be reached');
  };
  return {
    async add(jobs) {
      if (jobs.length === 0) return;
      mustBeUp();
      const named = jobs.map(({ id, payload }) => ({
        name: queue.name,
        data: payload,
        opts: { ...OPTIONS, jobId: id },
      }));
      await queue.addBulk(named);
    },
    async forgetFailed() {
      mustBeUp();
      await queue.clean(failedJobKeptMs, 1_000, 'failed');
    },
    async counts() {
      mustBeUp();
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed');
      const count = (state: string): number => counts[state] ?? 0;
      return { waiting: count('waiting'), active: count('active'), delayed: count('delayed'), failed: count('failed') };
    },
  };
}
