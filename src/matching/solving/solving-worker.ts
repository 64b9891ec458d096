import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { RoundInput } from '../scoring/model.ts';
import { RoundCertificate } from './model.ts';
import { solveRound } from './solve-round.ts';
import { verifyRound } from './verify-round.ts';

/*
 * What runs in the threads of solving-thread.ts. It is given one round after another. Of one to solve it tells how far it
 * is, and the round; of one to verify, what the independent check says.
 */
const Task = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('solve'), input: RoundInput, effort: z.enum(['quick', 'thorough']) }),
  z.strictObject({ kind: z.literal('verify'), input: RoundInput, certificate: RoundCertificate }),
]);

parentPort?.on('message', (message: unknown) => {
  const task = Task.parse(message);
  if (task.kind === 'verify') {
    parentPort?.postMessage({ kind: 'verified', verdict: verifyRound(task.input, task.certificate) });
    return;
  }
  const onProgress = (share: number) => parentPort?.postMessage({ kind: 'progress', share });
  parentPort?.postMessage({ kind: 'solved', solution: solveRound(task.input, { onProgress, effort: task.effort }) });
});
