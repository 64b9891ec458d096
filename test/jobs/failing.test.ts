import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agendaJob, deliveryJob, failedJobKeptMs, jobAttempts } from '../../jobs/catalog.ts';
import { openCarrier } from '../../jobs/queue.ts';
import { Retryable } from '../../src/errors.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember } from '../support/core.ts';
import {
  advance,
  appoint,
  type JobsStage,
  linesWith,
  openQueues,
  postMessages,
  settled,
  silent,
  stores,
  undone,
} from '../support/jobs.ts';
import { patience } from '../support/patience.ts';
import { recordingOutbound } from '../support/people.ts';

for (const { on, absence, open } of stores) {
  describe.skipIf(absence !== '')(`jobs that come to nothing or fail, on ${on}${absence}`, () => {
    let stage: JobsStage;
    let member: Member;

    beforeAll(async () => {
      stage = await open();
    });
    afterAll(() => stage.close());
    beforeEach(async () => {
      member = await addMember(stage.core, { status: 'active' });
    });
    afterEach(async () => {
      vi.useRealTimers();
      await stage.reset();
    });

    it('is not blocked by a job that came too early and finished with nothing to do', async () => {
      const outbound = recordingOutbound();
      const soon = new Date(stage.clock.now().getTime() + 1_000);
      await postMessages(stage.core, member, 1, soon);
      const [appointment = ''] = await appoint(stage.core, member.id, 1, soon);
      const { id } = await stage.core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
      const { agenda, deliveries, carriage } = await openQueues(stage);
      await agenda.add([agendaJob(appointment)]);
      await deliveries.add([deliveryJob({ id, attempt: 0 })]);
      await carriage.close();
      const jobs = await stage.start(outbound);
      await settled(jobs);
      expect([await undone(stage.core), outbound.letters.length]).toEqual([1, 0]);
      advance(stage, 1_000);
      await settled(jobs);
      expect([await undone(stage.core), outbound.letters.length]).toEqual([0, 1]);
    });

    it('is not blocked for ever by a job that failed and is kept', async () => {
      const outbound = recordingOutbound();
      const jobs = await stage.start(outbound);
      await jobs.sweep();
      const [appointment = ''] = await appoint(stage.core, member.id);
      await stage.queue('agenda').add('agenda', { appointment, of: 'another version' }, { jobId: appointment });
      await vi.waitFor(async () => expect((await jobs.counts())['agenda']?.failed).toBe(1), patience);
      await settled(jobs);
      expect([await undone(stage.core), (await jobs.counts())['agenda']?.failed]).toEqual([1, 1]);

      // BullMQ lives by the machine's clock: only that is moved, no timer.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + failedJobKeptMs + 1_000 });
      await settled(jobs);
      expect([await undone(stage.core), (await jobs.counts())['agenda']?.failed]).toEqual([0, 0]);
    });

    it('tries again what failed by a fault, shows it, gives up, and takes it up again once it is mended', async () => {
      const jobs = await stage.start(recordingOutbound());
      const [appointment = ''] = await appoint(stage.core, 'private words');
      await jobs.sweep();
      for (let attempt = 1; attempt < jobAttempts; attempt += 1) {
        await vi.waitFor(async () => expect((await jobs.counts())['agenda']?.delayed).toBe(1), patience);
        await vi.waitFor(() => expect(linesWith(stage, 'will be tried again')).toHaveLength(attempt), patience);
        // Not promoteJobs, which may do the same job again that has failed meanwhile.
        await (await stage.queue('agenda').getJob(appointment))?.promote();
      }
      await vi.waitFor(async () => expect((await jobs.counts())['agenda']?.failed).toBe(1), patience);
      const final = await vi.waitUntil(() => linesWith(stage, 'failed for good').at(0), patience);
      expect(JSON.parse(final)).toMatchObject({ level: 50, queue: 'agenda', job: appointment, attempt: 5 });
      expect(JSON.stringify(await stage.queue('agenda').getJob(appointment))).not.toContain('private words');

      await stage.core.db.updateTable('agenda').set({ subject: member.id }).execute();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + failedJobKeptMs + 1_000 });
      await settled(jobs);
      expect([await undone(stage.core), (await jobs.counts())['agenda']?.failed]).toEqual([0, 0]);
    });

    it('does later what asks for it, as often as it asks, and takes it for no failed attempt', async () => {
      const began: number[] = [];
      const done = Promise.withResolvers<void>();
      const carriage = await openCarrier(stage.carrier, stage.log, silent);
      const queue = await carriage.openQueue('agenda');
      await carriage.startWorker('agenda', 1, async () => {
        began.push(performance.now());
        if (began.length <= jobAttempts + 1) throw new Retryable('not yet', 50);
        done.resolve();
      });
      await queue.add([{ id: 'patient', payload: {} }]);
      await done.promise;
      await carriage.close();
      const waits = began.slice(1).map((moment, index) => moment - (began[index] ?? 0));
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(45);
      expect(stage.lines).toEqual([]);
      expect(await stage.queue('agenda').getJobCounts('failed', 'delayed')).toEqual({ failed: 0, delayed: 0 });
    });

    it.each([
      ['an extra field', { note: 'private words' }],
      ['an id that is none', { delivery: 'private words' }],
      ['nothing', { delivery: undefined }],
    ])('refuses a job with %s', async (_, change) => {
      const outbound = recordingOutbound();
      await postMessages(stage.core, member, 1, new Date(stage.clock.now().getTime() + 1_000));
      const { id } = await stage.core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
      const jobs = await stage.start(outbound);
      await jobs.sweep();
      advance(stage, 1_000);
      await stage.queue('deliveries').add('deliveries', { delivery: id, ...change }, { jobId: 'odd-one', attempts: 5 });
      await vi.waitFor(async () => expect((await jobs.counts())['deliveries']?.failed).toBe(1), patience);
      expect(outbound.letters).toHaveLength(0);
      await vi.waitFor(() => expect(linesWith(stage, 'odd-one')).toHaveLength(1), patience);
      expect(stage.lines.join('')).not.toContain('private words');
    });
  });
}
