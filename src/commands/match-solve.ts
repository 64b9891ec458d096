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
import { withBar } from './solving-bar.ts';
import { visible } from './visible.ts';

/**
 * Makes the round of a file, checks its proof with the independent verifier, and prints both. Ctrl-C ends it.
 *
 * @throws Permanent when the file cannot be read or contradicts itself, or it was interrupted
 */
export async function solveFile(desk: Pick<Desk, 'print' | 'printError'>, { file, json }: SolveOptions): Promise<void> {
  const input = await readRoundFile(file);
  const print = (line: string) => desk.print(visible(line));
  for (const note of strangersIn(input)) desk.printError(visible(`${file}: ${note}`));
  const solution = await solveUntilInterrupted(input);
  const verdict = verifyRound(input, solution.certificate);
  if (!verdict.isSound) throw new Error(`The round has no proof: ${verdict.faults.join(' ')}`);
  if (json) {
    const groups = solution.groups.map(({ members }) => members);
    const { leftOut, objective, bound, certificate } = solution;
    return print(JSON.stringify({ groups, leftOut, objective, bound, gap: verdict.gap, certificate }));
  }
  for (const line of roundLines(input, solution)) print(line);
  if (solution.groups.length === 0) return;
  print('');
  for (const line of proofLines(solution.certificate, verdict)) print(line);
}

async function solveUntilInterrupted(input: RoundInput): Promise<RoundSolution> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new Permanent('Interrupted. Nothing was solved.'));
  process.once('SIGINT', interrupt);
  try {
    return await withBar((onProgress) => solveInWorker(input, { signal: interrupted.signal, onProgress }));
  } catch (error) {
    throw error instanceof RoundFault ? new Permanent(visible(error.message)) : error;
  } finally {
    process.off('SIGINT', interrupt);
  }
}
