import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RoundInput } from '../../../src/matching/scoring/model.ts';
import type { RoundSolution } from '../../../src/matching/solving/model.ts';
import { type Several, solveInWorker, solveSeveral } from '../../../src/matching/solving/solve-in-worker.ts';
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

const never = new AbortController().signal;

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
  const solution = await solveInWorker(input, { signal: never, onProgress: (share) => shares.push(share) });
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
  const error = await solveInWorker(broken, { signal: never }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Error);
  expect(error instanceof Error && error.stack).toContain('solving-worker.ts');
  expectEnded(1);
});

test('an input that contradicts itself is refused before any worker is started', async () => {
  const input = { ...drawn(4), locked: [['nobody', 'neither']] };
  await expect(solveInWorker(input, { signal: never })).rejects.toThrow(
    'Fixed group 1 holds somebody who does not take part',
  );
  expectEnded(0);
});

const several = (given: Partial<Several>): Several => ({
  inputs: [drawn(30), drawn(24), drawn(31), drawn(12), drawn(18)],
  effort: 'quick',
  signal: never,
  onSolved: () => {},
  ...given,
});

test('several are solved by few threads, each as it is solved here', async () => {
  const { inputs } = several({});
  const solved = new Map<number, RoundSolution>();
  await solveSeveral(several({ inputs, onSolved: (solution, place) => solved.set(place, solution) }));
  const expected = inputs.map((input, place) => [place, solveRound(input, { effort: 'quick' })] as const);
  expect([...solved].toSorted(([one], [other]) => one - other)).toEqual(expected);
  expectEnded(Math.min(4, availableParallelism(), inputs.length));
});

test('an abort, or the first error, ends all threads', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const onSolved: Several['onSolved'] = (_, place) => {
    told.push(place);
    stop.abort(new Error('no longer wanted'));
  };
  await expect(solveSeveral(several({ signal: stop.signal, onSolved }))).rejects.toThrow('no longer wanted');
  expect(told).toHaveLength(1);
  expectEnded(started.length);
  const broken = [{ ...drawn(4), number: -1 }, ...Array.from({ length: 40 }, () => drawn(60))];
  const solved: number[] = [];
  const failing = several({ inputs: broken, onSolved: (_, place) => solved.push(place) });
  const error = await solveSeveral(failing).catch((caught: unknown) => caught);
  expect(error instanceof Error && error.stack).toContain('solving-worker.ts');
  expect(solved.length).toBeLessThan(40);
  expectEnded(started.length);
});
