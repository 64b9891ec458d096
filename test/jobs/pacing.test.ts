import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { laneKey, messagesKey } from '../../src/delivery/lanes.ts';
import type { Pace } from '../../src/delivery/model.ts';
import type { Member } from '../../src/network/model.ts';
import { systemClock } from '../../src/time/clock.ts';
import { addPeople, type Crowd, openCrowd } from '../support/crowd.ts';
import { type JobsStage, postMessages, stores } from '../support/jobs.ts';
import { patience } from '../support/patience.ts';

const pace: Pace = { inFlight: 4, spaceMs: 50, burst: 4, placeMs: 100, changeMs: 100 };

for (const { on, absence, open } of stores) {
  describe.skipIf(absence !== '')(`the pace of sending, with jobs on ${on}${absence}`, () => {
    let stage: JobsStage;
    let inA: readonly Member[];
    let inB: readonly Member[];

    beforeAll(async () => {
      stage = await open(systemClock);
      inA = await addPeople(stage.core, 'A', 10);
      inB = await addPeople(stage.core, 'B', 10);
    });
    afterAll(() => stage.close());
    afterEach(() => stage.reset());

    /** One message to each. */
    async function postTo(people: readonly Member[]): Promise<void> {
      for (const member of people) await postMessages(stage.core, member);
    }

    async function allSettled(): Promise<void> {
      await vi.waitFor(async () => expect(await left()).toBe(0), patience);
    }

    async function left(): Promise<number> {
      const rows = await stage.core.db
        .selectFrom('deliveries')
        .select('id')
        .where('status', 'in', ['pending', 'sending'])
        .execute();
      return rows.length;
    }

    async function triesOf(): Promise<readonly number[]> {
      const rows = await stage.core.db.selectFrom('deliveries').select(['attempts', 'put_off']).execute();
      return rows.map(({ attempts, put_off }) => attempts - put_off);
    }

    /** By the moments at which they were let go: what a busy machine does to a job after that is not the pace's. */
    async function keepsPace(space: string): Promise<void> {
      const rows = await stage.core.db
        .selectFrom('deliveries')
        .select(['queued_at', 'member_id'])
        .where('stream', '=', messagesKey(laneKey('slack', space)))
        .orderBy('queued_at')
        .execute();
      const gone = rows.map(({ queued_at, member_id }) => ({ at: queued_at?.getTime() ?? 0, to: member_id }));
      expect(gone.length).toBeGreaterThan(pace.burst);
      gone.slice(pace.burst).forEach(({ at }, index) => {
        expect(at - (gone[index]?.at ?? 0)).toBeGreaterThanOrEqual(pace.spaceMs);
      });
      for (const same of Map.groupBy(gone, ({ to }) => to).values()) {
        same.slice(1).forEach(({ at }, index) => {
          expect(at - (same[index]?.at ?? 0)).toBeGreaterThanOrEqual(pace.placeMs);
        });
      }
    }

    it('keeps to a platform’s pace, in each workspace and to each person', async () => {
      const crowd = openCrowd(pace);
      await stage.start(crowd.outbound);
      await postTo([...inA, ...inA, ...inB]);
      await allSettled();
      expect([crowd.callsOf('A').length, crowd.callsOf('B').length]).toEqual([20, 10]);
      await keepsPace('A');
      await keepsPace('B');
      // B has half as many, and is not kept waiting for the rest of A.
      const last = (space: string) => Math.max(...crowd.callsOf(space).map(({ at }) => at));
      expect(last('B')).toBeLessThan(last('A'));
    });

    it('waits as long as a workspace asks for, then goes on at once; another one is not kept waiting', async () => {
      const crowd = openCrowd(pace);
      let until = 0;
      crowd.answer('A', () => {
        if (until === 0) until = Date.now() + 6_000;
        const afterMs = until - Date.now();
        return afterMs > 0 ? { kind: 'throttled', afterMs, reason: 'too many' } : { kind: 'sent', receipt: {} };
      });
      await stage.start(crowd.outbound);
      await postTo([...inA, ...inB]);
      await vi.waitFor(() => expect(crowd.callsOf('B')).toHaveLength(10), patience);
      await allSettled();

      const calls = crowd.callsOf('A');
      const refused = calls.filter(({ outcome }) => outcome === 'throttled');
      const sent = calls.filter(({ outcome }) => outcome === 'sent').map(({ at }) => at);
      expect(refused.length).toBeLessThanOrEqual(pace.inFlight);
      expect(sent).toHaveLength(10);
      expect(Math.min(...sent)).toBeGreaterThanOrEqual(until);
      // There is no sweep in this test: only what was said brings them back.
      expect(Math.min(...sent)).toBeLessThan(until + 10_000);
      expect(Math.max(...crowd.callsOf('B').map(({ at }) => at))).toBeLessThan(until);
      expect(await triesOf()).toEqual(Array(20).fill(1));
    });

    it('loses no attempt however often it is put off', async () => {
      const crowd = openCrowd(pace);
      let refusals = 0;
      crowd.answer('A', () => {
        refusals += 1;
        return refusals <= 20 ? { kind: 'throttled', afterMs: 20, reason: 'too many' } : { kind: 'sent', receipt: {} };
      });
      await stage.start(crowd.outbound);
      await postTo(inA.slice(0, 1));
      await allSettled();
      const row = await stage.core.db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
      expect(row).toMatchObject({ status: 'sent', attempts: 21, put_off: 20, reason: '' });
    });

    it('sends at each pace with two processes at work', async () => {
      const crowd = openCrowd(pace);
      const both = await Promise.all([stage.start(crowd.outbound), stage.start(crowd.outbound)]);
      await postTo([...inA, ...inA, ...inB]);
      await Promise.all(both.map((jobs) => jobs.sweep().catch(() => {})));
      await allSettled();
      expect(new Set(crowd.calls.map(({ deliveryId }) => deliveryId)).size).toBe(30);
      expect(crowd.calls).toHaveLength(30);
      await keepsPace('A');
    });

    it('lets no workspace that hangs, is blocked or is throttled to death delay another', async () => {
      const alone = await delaysOfB(openCrowd(pace), []);
      const crowd = openCrowd(pace);
      const released = Promise.withResolvers<void>();
      const dead = {
        hanging: async () => {
          await Promise.race([released.promise, pause(10_000)]);
          return { kind: 'later', afterMs: 60_000, reason: 'no answer' } as const;
        },
        blocked: () => ({ kind: 'blocked', reason: 'token_revoked' }) as const,
        throttled: () => ({ kind: 'throttled', afterMs: 100, reason: 'too many' }) as const,
      };
      const crowds: (readonly Member[])[] = [];
      for (const [space, how] of Object.entries(dead)) {
        crowd.answer(space, how);
        crowds.push(await addPeople(stage.core, space, 5));
      }
      const beside = await delaysOfB(
        crowd,
        crowds.flatMap((people) => Array.from({ length: 20 }, () => people).flat()),
      );
      released.resolve();
      expect(crowd.callsOf('hanging').length).toBeGreaterThanOrEqual(pace.inFlight);
      // Whoever waits for the one that hangs waits for ten seconds.
      expect(mostOf(beside)).toBeLessThan(Math.max(20 * mostOf(alone), 3_000));
    });

    /** How long each of 40 messages to B took from being posted to reaching the platform, in milliseconds. */
    async function delaysOfB(crowd: Crowd, others: readonly Member[]): Promise<readonly number[]> {
      const jobs = await stage.start(crowd.outbound);
      await stage.core.db.deleteFrom('deliveries').execute();
      await postTo(others);
      if (others.length > 0)
        await vi.waitFor(() => expect(crowd.callsOf('hanging').length).toBe(pace.inFlight), patience);
      const posted: number[] = [];
      for (let round = 0; round < 4; round += 1) {
        for (const member of inB) {
          posted.push(Date.now());
          await postMessages(stage.core, member);
          await pause(60);
        }
      }
      await vi.waitFor(() => expect(crowd.callsOf('B')).toHaveLength(40), patience);
      if (others.length === 0) await jobs.close();
      return crowd.callsOf('B').map(({ at }, index) => at - (posted[index] ?? 0));
    }
  });
}

/** What nineteen of twenty take at most, in milliseconds. */
function mostOf(delays: readonly number[]): number {
  const sorted = delays.toSorted((a, b) => a - b);
  return Math.max(1, sorted[Math.floor(sorted.length * 0.95)] ?? 0);
}
