import { randomUUID } from 'node:crypto';
import type { IQueueBackend, Queue } from 'bullmq';
import type pg from 'pg';
import { expect, vi } from 'vitest';
import type { QueueName } from '../../jobs/catalog.ts';
import { type Connection, connectPostgres, connectRedis } from '../../jobs/connection.ts';
import { type Carrier, openCarrier } from '../../jobs/queue.ts';
import { type Jobs, type JobsOptions, startJobs } from '../../jobs/run.ts';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { createLog, type Log } from '../../src/log.ts';
import type { Member } from '../../src/network/model.ts';
import { schedule } from '../../src/store/agenda.ts';
import { post } from '../../src/store/outbox.ts';
import type { Clock, SetClock } from '../../src/time/clock.ts';
import { openTestCore } from './core.ts';
import { patience } from './patience.ts';
import { openRedis, redisAbsence } from './redis.ts';

/** A core, and queues that jobs can be started on. */
export interface JobsStage {
  readonly core: Core;
  readonly clock: SetClock;
  readonly carrier: Carrier;
  readonly connection: pg.PoolConfig;
  readonly log: Log;
  /** The log's lines since the last reset. */
  readonly lines: string[];
  /** Starts jobs that send by `outbound`; they sweep once at the start, and then only when asked. */
  start(outbound: Outbound, options?: Partial<JobsOptions>): Promise<Jobs>;
  /** BullMQ's own view of a queue. */
  queue(name: QueueName): TestQueue;
  /** Loses all jobs, as an emptied Redis does. */
  emptyQueues(): Promise<void>;
  /** Between two tests: closes the jobs, and forgets what was due, posted and queued. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export type TestQueue = Pick<Queue, 'add' | 'getJob' | 'getJobCounts' | 'obliterate' | 'close'>;

interface Store {
  readonly carrier: Carrier;
  queue(name: QueueName): TestQueue;
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** The stores that queues can be kept in. `absence` says why one cannot be tested here. */
export const stores: readonly TestedStore[] = [
  { on: 'PostgreSQL', absence: '', open: (clock) => openStage(openPostgresStore, clock) },
  { on: 'Redis', absence: redisAbsence(), open: (clock) => openStage(openRedisStore, clock) },
];

interface TestedStore {
  readonly on: string;
  readonly absence: string;
  /** @param clock the core's, where it is not to stand still */
  open(clock?: Clock): Promise<JobsStage>;
}

async function openPostgresStore(connection: pg.PoolConfig): Promise<Store> {
  const store = queuesOf(await connectPostgres(connection, silent), 'colloquy');
  const empty = async (): Promise<void> => {
    await store.queue('agenda').obliterate({ force: true });
    await store.queue('deliveries').obliterate({ force: true });
  };
  return { carrier: { kind: 'postgres', connection }, queue: store.queue, empty, close: store.close };
}

async function openRedisStore(): Promise<Store> {
  const redis = await openRedis();
  const store = queuesOf(await connectRedis(redis.url, silent), redis.prefix);
  return {
    carrier: { kind: 'redis', url: redis.url, prefix: redis.prefix },
    queue: store.queue,
    empty: redis.empty,
    async close() {
      await store.close();
      await redis.close();
    },
  };
}

/** For those who do not look at a connection's troubles. */
export const silent = { note: () => {}, well: () => {} };

function queuesOf<B extends IQueueBackend, C>(connection: Connection<B, C>, prefix: string) {
  const open = (name: QueueName): TestQueue =>
    new connection.classes.Queue(name, { connection: connection.forQueues, prefix });
  const queues = { agenda: open('agenda'), deliveries: open('deliveries') };
  return {
    queue: (name: QueueName) => queues[name],
    async close() {
      await Promise.all([queues.agenda.close(), queues.deliveries.close()]);
      await connection.close();
    },
  };
}

async function openStage(
  openStore: (connection: pg.PoolConfig) => Promise<Store>,
  ticking: Clock | undefined,
): Promise<JobsStage> {
  const { core: still, clock, connection, close } = await openTestCore();
  const core = { ...still, clock: ticking ?? clock };
  const store = await openStore(connection);
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const started = new Set<Jobs>();
  const reset = async (): Promise<void> => {
    await Promise.all([...started].map((jobs) => jobs.close()));
    started.clear();
    await store.empty();
    await core.db.deleteFrom('agenda').execute();
    await core.db.deleteFrom('deliveries').execute();
    await core.db.deleteFrom('lanes').execute();
    lines.length = 0;
  };
  return {
    core,
    clock,
    carrier: store.carrier,
    connection,
    log,
    lines,
    async start(outbound, options = {}) {
      const given = { carrier: store.carrier, database: connection, sweepEveryMs: 3_600_000, concurrency: 10 };
      const jobs = await startJobs(core, new Map([[outbound.platform, outbound]]), { ...given, ...options }, log);
      const once = { ...jobs, close: () => (started.delete(once) ? jobs.close() : Promise.resolve()) };
      started.add(once);
      return once;
    },
    queue: store.queue,
    emptyQueues: store.empty,
    reset,
    async close() {
      await reset();
      await store.close();
      await close();
    },
  };
}

/** The queues without anybody who works on them. */
export async function openQueues({ carrier, log }: JobsStage) {
  const carriage = await openCarrier(carrier, log, silent);
  return { agenda: await carriage.openQueue('agenda'), deliveries: await carriage.openQueue('deliveries'), carriage };
}

/** Sweeps, and waits until the queues hold nothing that waits or runs. */
export async function settled(jobs: Jobs): Promise<void> {
  await jobs.sweep();
  await vi.waitFor(async () => {
    const { agenda, deliveries } = await jobs.counts();
    expect([agenda?.waiting, agenda?.active, deliveries?.waiting, deliveries?.active]).toEqual([0, 0, 0, 0]);
  }, patience);
}

export function advance({ clock }: JobsStage, ms: number): void {
  clock.set(new Date(clock.now().getTime() + ms));
}

export function linesWith({ lines }: JobsStage, words: string): readonly string[] {
  return lines.filter((line) => line.includes(words));
}

/** Posts as many messages to a member, each of its own, in one transaction. */
export async function postMessages(core: Core, member: Member, count = 1, now = core.clock.now()): Promise<void> {
  const posting = { kind: 'network.welcome', subject: member.id, memberId: member.id } as const;
  const postings = Array.from({ length: count }, () => ({ ...posting, key: randomUUID() }));
  await core.db.transaction().execute((tx) => post(tx, now, postings));
}

/** Puts things on the agenda that fall due now, each of which ends a pause of this member. @returns their ids */
export async function appoint(
  core: Core,
  subject: string,
  count = 1,
  at = core.clock.now(),
): Promise<readonly string[]> {
  const appointment = { kind: 'network.pause-ends', subject, at } as const;
  const keys = Array.from({ length: count }, () => randomUUID());
  await core.db.transaction().execute((tx) =>
    schedule(
      tx,
      keys.map((key) => ({ ...appointment, key })),
    ),
  );
  const rows = await core.db.selectFrom('agenda').select('id').where('key', 'in', keys).execute();
  return rows.map((row) => row.id);
}

export async function statuses(core: Core): Promise<readonly string[]> {
  const rows = await core.db.selectFrom('deliveries').select('status').execute();
  return rows.map((row) => row.status);
}

export async function undone(core: Core): Promise<number> {
  const rows = await core.db.selectFrom('agenda').select('id').where('done_at', 'is', null).execute();
  return rows.length;
}
