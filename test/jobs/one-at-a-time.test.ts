import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { oneAtATime } from '../../jobs/one-at-a-time.ts';

it('never runs twice at once, and gives everyone who asks a run that began after they asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 12 }), async (scheduler, asks) => {
      let begun = 0;
      let running = 0;
      const serial = oneAtATime(async () => {
        begun += 1;
        running += 1;
        expect(running).toBe(1);
        await scheduler.schedule(Promise.resolve(), 'work');
        running -= 1;
      });
      const waits: Promise<void>[] = [];
      const ask = async (): Promise<void> => {
        const before = begun;
        await serial.run();
        expect(begun).toBeGreaterThan(before);
      };
      for (let asked = 0; asked < asks; asked += 1) {
        void scheduler.schedule(Promise.resolve(), 'ask').then(() => waits.push(ask()));
      }
      await scheduler.waitIdle();
      await Promise.all(waits);
      await serial.idle();
      expect(begun).toBeLessThanOrEqual(asks);
    }),
  );
});

it('shares one further run among all who ask during a run', async () => {
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  const serial = oneAtATime(() => {
    begun += 1;
    return gate.promise;
  });
  const asked = [serial.run(), serial.run(), serial.run(), serial.run()];
  gate.resolve();
  await Promise.all(asked);
  expect(begun).toBe(2);
});

it('tells a failed run to those who asked for it, and runs again for the others', async () => {
  let begun = 0;
  const serial = oneAtATime(() => {
    begun += 1;
    return begun === 1 ? Promise.reject(new Error('the first')) : Promise.resolve();
  });
  const [first, second] = await Promise.allSettled([serial.run(), serial.run()]);
  expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
  await serial.idle();
});
