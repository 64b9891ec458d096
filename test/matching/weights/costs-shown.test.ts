import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Several } from '../../../src/matching/solving/solve-in-worker.ts';
import { solveRound } from '../../../src/matching/solving/solve-round.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { addActive, ask, textOf } from '../../support/people.ts';
import { crowd } from '../round-stage.ts';
import { buttons } from '../rounds/conveners-stage.ts';

/** A slow solver: it solves what it is told to, when it is told to. */
interface Begun extends Several {
  solve(places: readonly number[]): void;
  end(error?: Error): void;
}
const begun: Begun[] = [];

vi.mock(import('../../../src/matching/solving/solve-in-worker.ts'), async (original) => ({
  ...(await original()),
  solveSeveral: async (several) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    several.signal.addEventListener('abort', () => reject(several.signal.reason));
    const { inputs, effort, onSolved } = several;
    const solve: Begun['solve'] = (places) => {
      for (const place of places) {
        const input = inputs[place];
        if (input !== undefined) onSolved(solveRound(input, { effort }), place);
      }
    };
    begun.push({ ...several, solve, end: (error) => (error === undefined ? resolve() : reject(error)) });
    await promise;
  },
}));

let stage: TestCore;
let convener: Member;
const costs = { kind: 'matching.costs' } as const;
const look = () => ask(stage.core, convener, costs);

async function nthBegun(count: number): Promise<Begun> {
  const of = () => begun[count - 1];
  await expect.poll(of).toBeDefined();
  const one = of();
  if (one === undefined) throw new Error('It was not begun');
  return one;
}

beforeEach(async () => {
  begun.length = 0;
  stage = await openTestCore();
  convener = await addActive(stage.core, { permission: 'convener' });
  // More than are solved for while somebody waits.
  await crowd(stage.core, 110, 40);
});
afterEach(() => stage.close());

test('what takes long is told in the time that a platform waits, goes on by itself, and is worked out once', async () => {
  const first = look();
  const work = await nthBegun(1);
  const rules = work.inputs.length - 1;
  // The round itself may come after some that it is held against.
  work.solve([2, 0, 1]);
  const early = await first;
  expect(textOf(early)).toContain(`We have worked out 2 of ${rules} rules.`);
  expect(buttons(early).get('Look again')).toEqual(costs);
  work.solve([...work.inputs.keys()].slice(3));
  work.end();
  const [again, beside] = await Promise.all([look(), look()]);
  expect(textOf(again)).not.toContain('still working');
  expect(buttons(again).has('Look again')).toBe(false);
  expect(beside).toEqual(again);
  expect(begun).toHaveLength(1);
  expect(work).toMatchObject({ effort: 'quick' });
});

test('a change of the round ends what is worked out of the former, and what failed is begun anew', async () => {
  const former = look();
  const work = await nthBegun(1);
  await ask(stage.core, convener, { kind: 'membership.skip-round' });
  const latter = look();
  const next = await nthBegun(2);
  expect(work.signal.aborted).toBe(true);
  expect(next.signal.aborted).toBe(false);
  expect(next.inputs[0]?.members.length).toBe((work.inputs[0]?.members.length ?? 0) - 1);
  expect(buttons(await former).has('Look again')).toBe(true);
  next.end(new Error('a thread broke'));
  await expect(latter).rejects.toThrow('a thread broke');
  const last = look();
  const anew = await nthBegun(3);
  anew.solve([...anew.inputs.keys()]);
  anew.end();
  expect(buttons(await last).has('Look again')).toBe(false);
});
