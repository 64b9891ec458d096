import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { RoundInput } from '../scoring/model.ts';
import { RoundCertificate } from './model.ts';
import { solveRound } from './solve-round.ts';
import { verifyRound } from './verify-round.ts';

/*
 * What runs in the threads of solve-in-worker.ts. It is given a round’s input, tells how far it is, and the round; or,
 * where it is given a certificate too, what the independent check of that says.
 */
const { input, certificate } = z
  .strictObject({ input: RoundInput, certificate: RoundCertificate.optional() })
  .parse(workerData);
if (certificate === undefined) {
  const solution = solveRound(input, (share) => parentPort?.postMessage({ kind: 'progress', share }));
  parentPort?.postMessage({ kind: 'solved', solution });
} else {
  parentPort?.postMessage({ kind: 'verified', verdict: verifyRound(input, certificate) });
}
