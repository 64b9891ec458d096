import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { startJobs } from '../../jobs/run.ts';
import type { Core } from '../../src/core.ts';
import { Retryable } from '../../src/errors.ts';
import { crowd, planRounds, readMatches } from '../matching/round-stage.ts';
import { openTestCore } from '../support/core.ts';
import { type JobsStage, linesWith, stores } from '../support/jobs.ts';
import { patience } from '../support/patience.ts';

/** More than are solved for without a thread of their own. */
const people = 150;
const atTheRound = new Date('2027-03-09T10:00:00Z');

/** The thread that solves, as soon as there is one. */
async function firstThread(): Promise<Worker> {
  return await new Promise((resolve) => process.once('worker', resolve));
}

for (const { on, absence, open } of stores) {
  describe.skipIf(absence !== '')(
    `a round that is solved while the process closes, with jobs on ${on}${absence}`,
    () => {
      let stage: JobsStage;

      beforeAll(async () => {
        stage = await open();
      });
      afterAll(() => stage.close());

      const start = async (core: Core) => {
        const { carrier, connection, log } = stage;
        const options = { carrier, database: connection, sweepEveryMs: 3_600_000, concurrency: 10 };
        return await startJobs(core, new Map(), options, log);
      };

      it('is not waited for, leaves nothing half done, and is published once afterwards', async () => {
        const { core, clock } = stage;
        await planRounds(core);
        await crowd(core, people);
        await core.db.updateTable('network').set({ group_size: 4 }).execute();
        clock.set(atTheRound);

        const closing = new AbortController();
        const solving = firstThread();
        const jobs = await start({ ...core, closing: closing.signal });
        const thread = await solving;
        const said: unknown[] = [];
        thread.on('message', (message) => said.push(message));
        closing.abort(new Retryable('Ended, because this process is closing', 0));
        await jobs.close();
        expect(thread.threadId).toBe(-1);
        expect(said).not.toContainEqual(expect.objectContaining({ kind: 'solved' }));
        expect(await core.db.selectFrom('rounds').select('id').execute()).toEqual([]);
        expect(await readMatches(core)).toEqual([]);
        expect(linesWith(stage, 'A job failed')).toEqual([]);

        const again = await start(core);
        await vi.waitFor(async () => {
          await again.sweep();
          expect(await core.db.selectFrom('rounds').select('number').execute()).toEqual([{ number: 1 }]);
        }, patience);
        await again.close();
        expect((await readMatches(core)).flatMap((match) => match.people)).toHaveLength(people);
      });
    },
  );
}

describe('a whole process', () => {
  const program = fileURLToPath(new URL('../../bin/colloquy.mjs', import.meta.url));

  const started = async (core: Core, network: ChildProcess) => {
    const held = sql<{ count: number }>`
      select count(*)::int as count from pg_locks
      where locktype = 'advisory' and granted and objid = (hashtext('matching.making')::bigint & 4294967295)::oid
        and database = (select oid from pg_database where datname = current_database())`;
    await vi.waitFor(async () => {
      expect(network.exitCode).toBeNull();
      expect((await held.execute(core.db)).rows).toEqual([{ count: 1 }]);
    }, patience);
  };

  test('that is asked to stop while it solves a long round leaves within its grace, with the round undone', async () => {
    const { core, connection, close } = await openTestCore();
    const folder = await mkdtemp(join(tmpdir(), 'round-stopped-'));
    await chmod(folder, 0o711);
    // Groups of four for so many take long beyond its grace.
    await crowd(core, 1_500, 200);
    await core.db.updateTable('network').set({ group_size: 4 }).execute();
    const due = { id: randomUUID(), key: 'matching.round:1', kind: 'matching.round', subject: '1' } as const;
    await core.db
      .insertInto('agenda')
      .values({ ...due, due_at: new Date(), done_at: null })
      .execute();
    const { host, port, user, password, database } = connection;
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: folder,
      PORT: '0',
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      DATABASE_URL: `postgres://${user}:${encodeURIComponent(String(password))}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`,
    };
    const network = spawn(process.execPath, [program, 'start'], { env, cwd: folder });
    let log = '';
    for (const stream of [network.stdout, network.stderr]) stream.on('data', (chunk) => (log += String(chunk)));
    await started(core, network).catch((error: unknown) => {
      throw new Error(log, { cause: error });
    });
    const asked = performance.now();
    network.kill('SIGTERM');
    await once(network, 'exit');
    expect(network.exitCode, log).toBe(0);
    // Orchestrators wait ten seconds and more before they kill.
    expect(performance.now() - asked).toBeLessThan(9_000);
    expect(await core.db.selectFrom('rounds').select('id').execute()).toEqual([]);
    const left = core.db.selectFrom('agenda').select('subject').where('kind', '=', 'matching.round');
    expect(await left.where('done_at', 'is', null).execute()).toEqual([{ subject: '1' }]);
    await rm(folder, { recursive: true, force: true });
    await close();
  });
});
