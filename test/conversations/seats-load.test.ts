import { expect, test } from 'vitest';
import { openTestCore } from '../support/core.ts';
import { busyMachine } from '../support/patience.ts';
import { addCrowd, signUpAll } from '../support/sign-up-load.ts';

test(
  'a hundred sign-ups on five conversations by twenty connections: nothing overfilled, every answer true',
  busyMachine,
  async () => {
    const stage = await openTestCore();
    const crowd = await addCrowd(stage.core, 101);
    const load = { people: 100, conversations: 5, connections: 20 };
    const { faults, deadlocks, mostWaiting } = await signUpAll(stage.core, stage.connection, crowd, load);
    expect({ faults, deadlocks }).toEqual({ faults: [], deadlocks: 0 });
    // They did want the same thing at the same time.
    expect(mostWaiting).toBeGreaterThan(1);
    await stage.close();
  },
);
