import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { RoundInput } from '../scoring/model.ts';
import type { GroupEffort } from '../solver/groups/effort.ts';
import { type Progress, type RoundCertificate, RoundSolution, RoundVerdict } from './model.ts';

/** What the thread says, one after another. */
const Said = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), share: z.number() }),
  z.strictObject({ kind: z.literal('solved'), solution: RoundSolution }),
  z.strictObject({ kind: z.literal('verified'), verdict: RoundVerdict }),
]);
type Said = z.infer<typeof Said>;

/** What it is given: a round to solve, or one to verify. */
type Task =
  | { readonly kind: 'solve'; readonly input: RoundInput; readonly effort: GroupEffort }
  | { readonly kind: 'verify'; readonly input: RoundInput; readonly certificate: RoundCertificate };

/**
 * A thread that solves and verifies rounds, one after another: to start one takes longer than to solve a round of a few
 * hundred. What it is asked is rejected with the signal’s reason, or with its error, which holds its stack.
 */
export interface SolvingThread {
  solve(input: RoundInput, effort: GroupEffort, onProgress?: Progress): Promise<RoundSolution>;
  verify(input: RoundInput, certificate: RoundCertificate): Promise<RoundVerdict>;
  /** In the middle of whatever it does. Resolves when the thread is gone. */
  end(): Promise<void>;
}

/** @param signal to be listened to until the thread is ended: nothing that it is asked outlasts it */
export function startThread(signal: AbortSignal): SolvingThread {
  const worker = new Worker(new URL('./solving-worker.ts', import.meta.url));
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // It may break when nothing is asked of it.
  const stop = () => broken.reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  worker.on('error', broken.reject);
  worker.on('messageerror', broken.reject);
  worker.on('exit', (code) => broken.reject(new Error(`The worker that solves rounds ended early, with code ${code}`)));

  async function ask<Result>(
    task: Task,
    resultOf: (said: Said) => Result | undefined,
    onProgress?: Progress,
  ): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const hear = (message: unknown) => {
      try {
        const said = Said.parse(message);
        const result = resultOf(said);
        if (result !== undefined) resolve(result);
        else if (said.kind === 'progress' && !signal.aborted) onProgress?.(said.share);
      } catch (error) {
        reject(error);
      }
    };
    worker.on('message', hear);
    worker.postMessage(task);
    try {
      return await Promise.race([promise, broken.promise]);
    } finally {
      worker.off('message', hear);
    }
  }

  return {
    solve: async (input, effort, onProgress) =>
      await ask(
        { kind: 'solve', input, effort },
        (said) => (said.kind === 'solved' ? said.solution : undefined),
        onProgress,
      ),
    verify: async (input, certificate) =>
      await ask({ kind: 'verify', input, certificate }, (said) =>
        said.kind === 'verified' ? said.verdict : undefined,
      ),
    async end() {
      signal.removeEventListener('abort', stop);
      await worker.terminate();
    },
  };
}
