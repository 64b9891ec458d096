import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { queuedLeaseMs } from '../../jobs/catalog.ts';
import { performDelivery } from '../../jobs/handlers.ts';
import { relay } from '../../jobs/relay.ts';
import { queueDue } from '../../jobs/sweep.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember } from '../support/core.ts';
import {
  advance,
  appoint,
  type JobsStage,
  openQueues,
  postMessages,
  settled,
  statuses,
  stores,
  undone,
} from '../support/jobs.ts';
import { patience } from '../support/patience.ts';
import { noPace, recordingOutbound } from '../support/people.ts';

for (const { on, absence, open } of stores) {
  describe.skipIf(absence !== '')(`jobs on ${on}${absence}`, () => {
    let stage: JobsStage;
    let member: Member;

    beforeAll(async () => {
      stage = await open();
    });
    afterAll(() => stage.close());
    beforeEach(async () => {
      member = await addMember(stage.core, { status: 'active' });
    });
    afterEach(() => stage.reset());

    it('sends what is posted without waiting for a sweep', async () => {
      const outbound = recordingOutbound();
      const jobs = await stage.start(outbound);
      await jobs.sweep();
      await postMessages(stage.core, member);
      await vi.waitFor(async () => expect(await statuses(stage.core)).toEqual(['sent']), patience);
      expect(outbound.letters).toHaveLength(1);
    });

    it('sends once what is handled twice at once, and again later', async () => {
      const outbound = recordingOutbound();
      await postMessages(stage.core, member);
      const { id } = await stage.core.db.selectFrom('deliveries').select('id').executeTakeFirstOrThrow();
      const perform = performDelivery(stage.core, new Map([['web', outbound]]), () => {});
      await Promise.all([perform({ delivery: id }), perform({ delivery: id })]);
      await perform({ delivery: id });
      expect(outbound.letters).toHaveLength(1);
    });

    it('sends each delivery once with two processes at work', async () => {
      const outbound = recordingOutbound();
      const both = await Promise.all([stage.start(outbound), stage.start(outbound)]);
      for (let round = 0; round < 5; round += 1) {
        await postMessages(stage.core, member, 40);
        await Promise.all(both.map((jobs) => jobs.sweep()));
      }
      await vi.waitFor(async () => expect(new Set(await statuses(stage.core))).toEqual(new Set(['sent'])), patience);
      expect(outbound.letters).toHaveLength(200);
    });

    it('finds everything again after the queues were emptied', async () => {
      const outbound = recordingOutbound();
      await postMessages(stage.core, member, 3);
      await appoint(stage.core, member.id, 3);
      const { agenda, deliveries, carriage } = await openQueues(stage);
      await queueDue(stage.core, agenda);
      await relay(stage.core, new Map([['web', outbound]]), deliveries);
      expect([(await agenda.counts()).waiting, (await deliveries.counts()).waiting]).toEqual([3, 3]);
      await stage.emptyQueues();
      expect([(await agenda.counts()).waiting, (await deliveries.counts()).waiting]).toEqual([0, 0]);
      await carriage.close();

      const jobs = await stage.start(outbound);
      await settled(jobs);
      expect(await undone(stage.core)).toBe(0);
      expect(outbound.letters).toHaveLength(0);
      advance(stage, queuedLeaseMs + 1);
      await settled(jobs);
      expect(outbound.letters).toHaveLength(3);
    });

    it('queues all that is due and posted in one go, however much it is', async () => {
      const outbound = { ...recordingOutbound(), pace: { ...noPace, inFlight: 5_000 } };
      await postMessages(stage.core, member, 4_100);
      await appoint(stage.core, member.id, 1_200);
      const { agenda, deliveries, carriage } = await openQueues(stage);
      await queueDue(stage.core, agenda);
      await queueDue(stage.core, agenda);
      await relay(stage.core, new Map([['web', outbound]]), deliveries);
      const waiting = [(await agenda.counts()).waiting, (await deliveries.counts()).waiting];
      await carriage.close();
      expect(waiting).toEqual([1_200, 4_100]);
    });

    it('puts a delivery back for the time its platform asks for, and then sends it', async () => {
      const outbound = recordingOutbound();
      outbound.outcomes.push({ kind: 'later', afterMs: 60_000, reason: 'too many' });
      await postMessages(stage.core, member);
      const jobs = await stage.start(outbound);
      await settled(jobs);
      advance(stage, 59_999);
      await settled(jobs);
      expect([await statuses(stage.core), outbound.letters.length]).toEqual([['pending'], 1]);
      advance(stage, 1);
      await settled(jobs);
      expect([await statuses(stage.core), outbound.letters.length]).toEqual([['sent'], 2]);
    });

    it('decides about a delivery that was cut off', async () => {
      const outbound = recordingOutbound();
      outbound.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
      outbound.answer = { kind: 'not-sent' };
      await postMessages(stage.core, member);
      const jobs = await stage.start(outbound);
      await settled(jobs);
      expect(await statuses(stage.core)).toEqual(['sending']);
      advance(stage, 121_000);
      await jobs.sweep();
      await vi.waitFor(async () => expect(await statuses(stage.core)).toEqual(['sent']), patience);
      expect(outbound.letters).toHaveLength(2);
    });

    it('waits for the delivery under way before it closes', async () => {
      const outbound = recordingOutbound();
      const reached = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const send = outbound.send;
      const slow = {
        ...outbound,
        async send(parcel: Parameters<typeof send>[0]) {
          reached.resolve();
          await release.promise;
          return await send(parcel);
        },
      };
      await postMessages(stage.core, member);
      const jobs = await stage.start(slow);
      await reached.promise;
      const closing = jobs.close().then(() => 'closed');
      expect(await Promise.race([closing, pause(300, 'still open')])).toBe('still open');
      release.resolve();
      expect(await closing).toBe('closed');
      expect(await statuses(stage.core)).toEqual(['sent']);
      expect(await stage.queue('deliveries').getJobCounts('active', 'waiting', 'failed')).toEqual({
        active: 0,
        waiting: 0,
        failed: 0,
      });
    });
  });
}
