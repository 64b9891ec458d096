import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { RoundInput } from '../scoring/model.ts';
import { refuseFaults } from './input-faults.ts';
import { type Progress, type RoundCertificate, RoundSolution, RoundVerdict } from './model.ts';

/** What the worker says, one after another. */
const Said = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), share: z.number() }),
  z.strictObject({ kind: z.literal('solved'), solution: RoundSolution }),
  z.strictObject({ kind: z.literal('verified'), verdict: RoundVerdict }),
]);
type Said = z.infer<typeof Said>;

/** What a worker is given: a round to solve, or one to verify. */
export interface Task {
  readonly input: RoundInput;
  readonly certificate?: RoundCertificate;
}

export interface InWorker {
  /** Ends the worker at once; the promise is rejected with the signal’s reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: Progress;
}

/**
 * {@link solveRound} in a thread of its own, so that the process goes on answering meanwhile. The thread has ended when the
 * promise settles. An error of the worker rejects it, with the worker’s stack.
 * @throws RoundFault where the input contradicts itself
 */
export async function solveInWorker(input: RoundInput, options: InWorker = {}): Promise<RoundSolution> {
  options.signal?.throwIfAborted();
  refuseFaults(input);
  return await inWorker({ input }, options, (said) => (said.kind === 'solved' ? said.solution : undefined));
}

/** {@link verifyRound} in a thread of its own, as {@link solveInWorker} solves. */
export async function verifyInWorker(input: RoundInput, certificate: RoundCertificate): Promise<RoundVerdict> {
  return await inWorker({ input, certificate }, {}, (said) => (said.kind === 'verified' ? said.verdict : undefined));
}

async function inWorker<Result>(
  task: Task,
  { signal, onProgress }: InWorker,
  resultOf: (said: Said) => Result | undefined,
): Promise<Result> {
  const worker = new Worker(new URL('./solving-worker.ts', import.meta.url), { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const stop = () => reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  worker.on('error', reject);
  worker.on('messageerror', reject);
  worker.on('exit', (code) => reject(new Error(`The worker that solves rounds ended early, with code ${code}`)));
  worker.on('message', (message: unknown) => {
    try {
      const said = Said.parse(message);
      const result = resultOf(said);
      if (result !== undefined) resolve(result);
      else if (said.kind === 'progress' && signal?.aborted !== true) onProgress?.(said.share);
    } catch (error) {
      reject(error);
    }
  });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
