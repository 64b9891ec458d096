import { SingleBar } from 'cli-progress';
import { Permanent } from '../errors.ts';
import type { RoundInput } from '../matching/scoring/model.ts';
import { RoundFault } from '../matching/solving/input-faults.ts';
import type { RoundSolution } from '../matching/solving/model.ts';
import { solveInWorker } from '../matching/solving/solve-in-worker.ts';
import { verifyRound } from '../matching/solving/verify-round.ts';
import type { Desk } from './desk.ts';
import { readRoundFile, strangersIn } from './match-file.ts';
import type { SolveOptions } from './match-options.ts';
import { proofLines, roundLines } from './match-report.ts';

/**
 * Makes the round of a file, checks its proof with the independent verifier, and prints both. Ctrl-C ends it.
 *
 * @throws Permanent when the file cannot be read or contradicts itself, or it was interrupted
 */
export async function solveFile(desk: Pick<Desk, 'print' | 'printError'>, { file, json }: SolveOptions): Promise<void> {
  const input = await readRoundFile(file);
  for (const note of strangersIn(input)) desk.printError(`${file}: ${note}`);
  const solution = await solveUntilInterrupted(input);
  const verdict = verifyRound(input, solution.certificate);
  if (!verdict.isSound) throw new Error(`The round has no proof: ${verdict.faults.join(' ')}`);
  if (json) {
    const groups = solution.groups.map(({ members }) => members);
    const { leftOut, objective, bound, certificate } = solution;
    return desk.print(JSON.stringify({ groups, leftOut, objective, bound, gap: verdict.gap, certificate }));
  }
  for (const line of roundLines(input, solution)) desk.print(line);
  if (input.members.length === 0) return;
  desk.print('');
  for (const line of proofLines(solution.certificate, verdict)) desk.print(line);
}

async function solveUntilInterrupted(input: RoundInput): Promise<RoundSolution> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new Permanent('Interrupted. Nothing was solved.'));
  process.once('SIGINT', interrupt);
  // On standard error, and only where somebody looks on.
  const bar = new SingleBar({ format: 'Solving {bar} {percentage}%', clearOnComplete: true, noTTYOutput: false });
  bar.start(100, 0);
  try {
    return await solveInWorker(input, {
      signal: interrupted.signal,
      onProgress: (share) => bar.update(Math.floor(share * 100)),
    });
  } catch (error) {
    throw error instanceof RoundFault ? new Permanent(error.message) : error;
  } finally {
    bar.stop();
    process.off('SIGINT', interrupt);
  }
}
