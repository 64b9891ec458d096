import { availableParallelism } from 'node:os';
import type { RoundInput } from '../scoring/model.ts';
import type { GroupEffort } from '../solver/groups/effort.ts';
import { refuseFaults } from './input-faults.ts';
import type { Progress, RoundCertificate, RoundSolution, RoundVerdict } from './model.ts';
import { type SolvingThread, startThread } from './solving-thread.ts';

export interface InWorker {
  /** Ends the worker at once; the promise is rejected with the signal’s reason. */
  readonly signal: AbortSignal;
  readonly onProgress?: Progress;
}

/**
 * {@link solveRound} in a thread of its own, so that the process goes on answering meanwhile. The thread has ended when the
 * promise settles. An error of the worker rejects it, with the worker’s stack.
 * @throws RoundFault where the input contradicts itself
 */
export async function solveInWorker(input: RoundInput, { signal, onProgress }: InWorker): Promise<RoundSolution> {
  signal.throwIfAborted();
  refuseFaults(input);
  return await inThread(signal, (thread) => thread.solve(input, 'thorough', onProgress));
}

/** {@link verifyRound} in a thread of its own, as {@link solveInWorker} solves. */
export async function verifyInWorker(
  input: RoundInput,
  certificate: RoundCertificate,
  { signal }: Pick<InWorker, 'signal'>,
): Promise<RoundVerdict> {
  signal.throwIfAborted();
  return await inThread(signal, (thread) => thread.verify(input, certificate));
}

/** Several rounds to solve, with one effort. */
export interface Several {
  readonly inputs: readonly RoundInput[];
  readonly effort: GroupEffort;
  readonly signal: AbortSignal;
  /** Told each as soon as it is there, by its place among the inputs. */
  readonly onSolved: (solution: RoundSolution, place: number) => void;
}

/**
 * Solves them side by side, on no more threads than there are processors. All threads have ended when the promise settles;
 * the first error ends them all.
 * @throws RoundFault where an input contradicts itself
 */
export async function solveSeveral({ inputs, effort, signal, onSolved }: Several): Promise<void> {
  signal.throwIfAborted();
  for (const input of inputs) refuseFaults(input);
  const failed = new AbortController();
  const ending = AbortSignal.any([signal, failed.signal]);
  const left = inputs.entries();
  const work = async (thread: SolvingThread) => {
    for (const [place, input] of left) onSolved(await thread.solve(input, effort), place);
  };
  const threads = Array.from({ length: threadsFor(inputs) }, async () => {
    await inThread(ending, work).catch((error: unknown) => failed.abort(error));
  });
  await Promise.all(threads);
  failed.signal.throwIfAborted();
}

/** Each may need hundreds of megabytes, where very many take part. */
const mostThreads = 4;
const fewThreads = 2;
const veryMany = 2_000;

function threadsFor(inputs: readonly RoundInput[]): number {
  const most = inputs.some(({ members }) => members.length > veryMany) ? fewThreads : mostThreads;
  return Math.min(most, inputs.length, availableParallelism());
}

async function inThread<Result>(
  signal: AbortSignal,
  work: (thread: SolvingThread) => Promise<Result>,
): Promise<Result> {
  const thread = startThread(signal);
  try {
    return await work(thread);
  } finally {
    await thread.end();
  }
}
