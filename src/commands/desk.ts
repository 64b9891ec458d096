import type { Config } from '../config.ts';
import type { Core } from '../core.ts';

/** What a command of one platform works with: the operator's terminal, and the network. */
export interface Desk {
  /** To standard output, which a program may read. */
  print(line: string): void;
  /** To standard error: for the person. */
  printError(line: string): void;
  /** One line of standard input, without its end: for a secret, which must not stand on a command line. */
  readLine(): Promise<string>;
  /** Opens the network for one command, and closes it whatever happens. */
  withCore(work: (core: Core, config: Config) => Promise<void>): Promise<void>;
}
