import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCarrier } from '../../jobs/queue.ts';
import { type Jobs, startJobs } from '../../jobs/run.ts';
import { createLog } from '../../src/log.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { appoint, postMessages, statuses, undone } from '../support/jobs.ts';
import { patience } from '../support/patience.ts';
import { type RecordingOutbound, recordingOutbound } from '../support/people.ts';
import { type PrivateRedis, privateRedis, redisAbsence } from '../support/redis.ts';

const absence = redisAbsence({ alone: true });

let test: TestCore;
let member: Member;
let outbound: RecordingOutbound;
let lines: string[];

beforeEach(async () => {
  test = await openTestCore();
  member = await addMember(test.core, { status: 'active' });
  outbound = recordingOutbound();
  lines = [];
});
afterEach(() => test.close());

function log() {
  return createLog('debug', { write: (line) => void lines.push(line) });
}

describe.skipIf(absence !== '')(`a Redis that is away${absence}`, () => {
  let redis: PrivateRedis;
  let jobs: Jobs;

  beforeEach(async () => {
    redis = await privateRedis();
  });
  afterEach(async () => {
    await jobs.close();
    await redis.close();
  });

  async function start(): Promise<Jobs> {
    const carrier = { kind: 'redis', url: redis.url } as const;
    const options = { carrier, database: test.connection, sweepEveryMs: 3_600_000, concurrency: 5 };
    return await startJobs(test.core, new Map([['web', outbound]]), options, log());
  }

  it('does not keep the process from starting, and all is done when it comes', async () => {
    jobs = await start();
    await postMessages(test.core, member, 3);
    await appoint(test.core, member.id);
    await expect(jobs.sweep()).rejects.toThrow();
    await expect(jobs.counts()).rejects.toThrow();
    await redis.start();
    await vi.waitFor(() => jobs.sweep(), patience);
    await vi.waitFor(async () => expect(await statuses(test.core)).toEqual(['sent', 'sent', 'sent']), patience);
    await vi.waitFor(async () => expect(await undone(test.core)).toBe(0), patience);
    expect(outbound.letters).toHaveLength(3);
  });

  it('makes each sweep fail with a line in the log, loses nothing of what is posted meanwhile, and floods no log', async () => {
    await redis.start();
    jobs = await start();
    await jobs.sweep();
    await redis.kill();
    await vi.waitFor(() => expect(jobs.sweep()).rejects.toThrow(), patience);
    await postMessages(test.core, member, 3);
    await expect(jobs.sweep()).rejects.toThrow();
    await vi.waitFor(() => expect(lines.join('')).toContain('The queue has trouble'), patience);
    await redis.start();
    await vi.waitFor(() => jobs.sweep(), patience);
    await vi.waitFor(async () => expect(await statuses(test.core)).toEqual(['sent', 'sent', 'sent']), patience);
    expect(outbound.letters).toHaveLength(3);
    expect(lines.filter((line) => line.includes('ECONNREFUSED')).length).toBeLessThanOrEqual(1);
    expect(lines.join('')).toContain('The queue works');
  });

  it.each(['before', 'after'])(
    'does not keep jobs from closing when it went %s they began to, nor cuts off what is under way',
    async (when) => {
      const reached = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const send = outbound.send;
      outbound.send = async (parcel) => {
        reached.resolve();
        await release.promise;
        return await send(parcel);
      };
      await redis.start();
      jobs = await start();
      await postMessages(test.core, member);
      await reached.promise;
      if (when === 'before') {
        await redis.kill();
        await vi.waitFor(() => expect(lines.join('')).toContain('ECONNREFUSED'), patience);
      }
      const closing = jobs.close();
      if (when === 'after') await redis.kill();
      release.resolve();
      await closing;
      expect(await statuses(test.core)).toEqual(['sent']);
    },
  );
});

/** Cuts the sessions of the jobs alone. BullMQ names some of them after their queue. */
const cutSql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = $1 AND application_name IN ($2, 'agenda', 'deliveries')`;

describe('a database that cuts its connections', () => {
  it('is connected to again, by those who listen and those who work', async () => {
    const connection = { ...test.connection, application_name: 'jobs' };
    const options = { carrier: { kind: 'postgres', connection } as const, database: connection };
    const jobs = await startJobs(
      test.core,
      new Map([['web', outbound]]),
      { ...options, sweepEveryMs: 3_600_000, concurrency: 5 },
      log(),
    );
    await jobs.sweep();
    const admin = new pg.Client(test.connection);
    await admin.connect();
    const cut = await admin.query(cutSql, [test.connection.database, connection.application_name]);
    await admin.end();
    expect(cut.rowCount).toBeGreaterThan(3);
    await vi.waitFor(() => expect(lines.join('')).toContain('terminating connection'), patience);
    await postMessages(test.core, member, 3);
    await vi.waitFor(async () => expect(await statuses(test.core)).toEqual(['sent', 'sent', 'sent']), patience);
    expect(outbound.letters).toHaveLength(3);
    await jobs.close();
  });

  it('is not asked again at once when it does not answer at all', async () => {
    const answers: unknown[] = [];
    const note = (error: unknown): void => void answers.push(error);
    const connection = { ...test.connection, application_name: 'jobs' };
    const carriage = await openCarrier({ kind: 'postgres', connection }, log(), { note, well: () => {} });
    await carriage.startWorker('agenda', 5, () => Promise.resolve());
    const admin = new pg.Client({ ...test.connection, database: 'postgres' });
    await admin.connect();
    const { database } = test.connection;
    await admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
    await admin.query(cutSql, [database, 'jobs']);
    await vi.waitFor(() => expect(String(answers.at(-1))).toContain('not currently accepting'), patience);
    const from = { answers: answers.length, at: performance.now() };
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(from.answers + 1), patience);
    expect(performance.now() - from.at).toBeGreaterThan(500);
    await admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
    await admin.end();
    await carriage.close();
  });
});
