import type { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RoundInput } from '../../../src/matching/scoring/model.ts';
import { solveInWorker } from '../../../src/matching/solving/solve-in-worker.ts';
import { solveRound } from '../../../src/matching/solving/solve-round.ts';
import { randomRound } from '../scoring/random-round.ts';

function drawn(size: number): RoundInput {
  const [input] = fc.sample(randomRound({ least: size, most: size, wantsGroup: false, councils: 9 }), {
    seed: 3,
    numRuns: 1,
  });
  if (input === undefined) throw new Error('nothing was drawn');
  return input;
}

let started: Worker[] = [];
const note = (worker: Worker) => started.push(worker);

beforeEach(() => {
  started = [];
  process.on('worker', note);
});

afterEach(() => {
  process.off('worker', note);
});

/** A thread that has ended has no number. */
function expectEnded(count: number): void {
  expect(started.map(({ threadId }) => threadId)).toEqual(Array.from({ length: count }, () => -1));
}

test('gives what solving here gives, with rising progress, and leaves no worker', async () => {
  const shares: number[] = [];
  const input = drawn(41);
  const solution = await solveInWorker(input, { onProgress: (share) => shares.push(share) });
  expect(solution).toEqual(solveRound(input));
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual([...new Set(shares)].toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expectEnded(1);
});

test('an abort ends it with the signal’s reason, and leaves no worker', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const running = solveInWorker(drawn(60), {
    signal: stop.signal,
    onProgress: (share) => {
      told.push(share);
      stop.abort(new Error('no longer wanted'));
    },
  });
  await expect(running).rejects.toThrow('no longer wanted');
  expect(told).toHaveLength(1);
  expectEnded(1);
  await expect(solveInWorker(drawn(4), { signal: stop.signal })).rejects.toThrow('no longer wanted');
});

test('an error in the worker comes back as an error with its stack, and leaves no worker', async () => {
  const broken = { ...drawn(4), number: -1 };
  const error = await solveInWorker(broken).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Error);
  expect(error instanceof Error && error.stack).toContain('solving-worker.ts');
  expectEnded(1);
});

test('an input that contradicts itself is refused before any worker is started', async () => {
  const input = { ...drawn(4), locked: [['nobody', 'neither']] };
  await expect(solveInWorker(input)).rejects.toThrow('Fixed group 1 holds somebody who does not take part');
  expectEnded(0);
});
