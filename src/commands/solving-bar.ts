import { SingleBar } from 'cli-progress';
import type { Progress } from '../matching/solving/model.ts';

/** Shows how far a round is solved, on standard error, and only where somebody looks on. */
export async function withBar<Result>(solve: (onProgress: Progress) => Promise<Result>): Promise<Result> {
  const bar = new SingleBar({ format: 'Solving {bar} {percentage}%', clearOnComplete: true, noTTYOutput: false });
  bar.start(100, 0);
  try {
    return await solve((share) => bar.update(Math.floor(share * 100)));
  } finally {
    bar.stop();
  }
}
