import { Permanent } from '../errors.ts';
import { checkFrameworks } from '../framework/load.ts';

/** @throws Permanent naming the line of each mistake */
export async function reportFrameworks(folder: string, print: (line: string) => void): Promise<void> {
  const problems = await checkFrameworks(folder);
  const lines = problems.map(({ path, line, reason }) => `${path}:${line}: ${reason}`);
  if (lines.length > 0) throw new Permanent(lines.join('\n'));
  print('Every framework file is in order.');
}
