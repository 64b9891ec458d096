import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startJobs } from '../../jobs/run.ts';
import { sendingLeaseMs } from '../../src/delivery/rules.ts';
import { createLog } from '../../src/log.ts';
import { readRound } from '../../src/matching/planning/record.ts';
import { verifyRound } from '../../src/matching/solving/verify-round.ts';
import { crowd, planRounds, postedOf, readMatches } from '../matching/round-stage.ts';
import { type JobsStage, stores } from '../support/jobs.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { patience } from '../support/patience.ts';
import { openSharedPlatform, sharedPlatform } from '../support/shared-platform.ts';

const program = fileURLToPath(new URL('../support/short-lived-worker.ts', import.meta.url));
/** More than are solved for without a thread of their own. */
const people = 110;
const atTheRound = new Date('2027-03-09T10:00:00Z');

for (const { on, absence, open } of stores.filter((store) => store.on === 'Redis')) {
  describe.skipIf(absence !== '')(`a round on ${on}, with workers killed in the middle${absence}`, () => {
    let stage: JobsStage;
    let pool: pg.Pool;

    beforeAll(async () => {
      stage = await open();
      pool = new pg.Pool(stage.connection);
    });
    afterAll(async () => {
      await pool.end();
      await stage.close();
    });

    function startWorker(sends: number, ends: 'before' | 'after'): ChildProcess {
      const { connection, carrier, clock } = stage;
      const given = { connection, carrier, now: clock.now().toISOString(), sends, ends };
      return spawn(process.execPath, [program, JSON.stringify(given)], { stdio: ['ignore', 'ignore', 'inherit'] });
    }

    /** Everybody is written to on their page, and has an address besides: each is introduced twice. */
    async function gather(): Promise<readonly string[]> {
      const { core, clock } = stage;
      await planRounds(core);
      const ids = await crowd(core, people, 40);
      const account = { platform: 'email', space: '', address: '{}', seen_at: clock.now() } as const;
      const rows = ids.map((id) => ({ ...account, id: randomUUID(), member_id: id, platform_user: `${id}@c.example` }));
      await core.db.insertInto('accounts').values(rows).execute();
      await core.db.updateTable('members').set({ preferred_platform: 'web' }).execute();
      return ids;
    }

    /** It has written almost all of the round, and not yet said so. */
    async function killWhilePublishing(): Promise<void> {
      const { core } = stage;
      await core.db.transaction().execute(async (tx) => {
        await sql`lock table round_locks in share mode`.execute(tx);
        const worker = startWorker(people, 'after');
        const ended = once(worker, 'exit');
        await untilWaiting(core, tx, 1, ended);
        worker.kill('SIGKILL');
        expect(await ended).toEqual([null, 'SIGKILL']);
      });
    }

    async function finish(): Promise<void> {
      const { core, carrier, connection, clock } = stage;
      const never = async () => {};
      const outbounds = new Map(
        (['web', 'email'] as const).map((platform) => [platform, sharedPlatform(pool, platform, never)]),
      );
      const options = { carrier, database: connection, sweepEveryMs: 3_600_000, concurrency: 10 };
      const jobs = await startJobs(core, outbounds, options, createLog('silent'));
      clock.set(new Date(clock.now().getTime() + sendingLeaseMs + 1));
      const open = core.db.selectFrom('deliveries').select('id').where('status', 'in', ['pending', 'sending']);
      await vi.waitFor(async () => {
        await jobs.sweep();
        expect(await open.execute()).toEqual([]);
      }, patience);
      await jobs.close();
    }

    it('is published once and whole, and everybody is introduced once on each of their ways', async () => {
      const { core, clock } = stage;
      const platform = await openSharedPlatform(pool);
      const ids = await gather();
      clock.set(atTheRound);

      await killWhilePublishing();
      expect(await readMatches(core)).toEqual([]);
      expect(await postedOf(core, 'matching.introduction')).toEqual([]);

      // Redis loses what it held: nothing has to wait until it notices that a worker is gone.
      await stage.emptyQueues();
      const workers = [startWorker(15, 'before'), startWorker(15, 'after')];
      const ends = await Promise.all(workers.map(async (worker) => await once(worker, 'exit')));
      expect(ends).toEqual([
        [null, 'SIGKILL'],
        [null, 'SIGKILL'],
      ]);
      expect((await platform.kept()).length).toBeLessThan(2 * people);
      await stage.emptyQueues();
      await finish();

      const record = await readRound(core, 1);
      if (record === undefined) throw new Error('No round was published');
      expect(verifyRound(record.input, record.certificate)).toMatchObject({ isSound: true, isBest: true });
      const matches = await readMatches(core);
      expect(new Set(matches.map(({ round }) => round))).toEqual(new Set([1]));
      expect(matches.flatMap((match) => match.people).toSorted()).toEqual([...ids].toSorted());
      const deliveries = await core.db.selectFrom('deliveries').select(['id', 'kind', 'status', 'member_id']).execute();
      for (const kind of ['matching.introduction', 'matching.email-introduction']) {
        const own = deliveries.filter((delivery) => delivery.kind === kind);
        expect(own.map((delivery) => delivery.member_id).toSorted()).toEqual([...ids].toSorted());
        expect(new Set(own.map(({ status }) => status))).toEqual(new Set(['sent']));
      }
      const kept = await platform.kept();
      expect(kept.filter(({ times }) => times !== 1)).toEqual([]);
      expect(kept.map(({ delivery }) => delivery).toSorted()).toEqual(deliveries.map(({ id }) => id).toSorted());
    });
  });
}
