import { createInterface } from 'node:readline/promises';
import type { Desk } from './desk.ts';

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The operator's own terminal. @param withCore opens the network, as the composition root does */
export function terminal(withCore: Desk['withCore']): Desk {
  return {
    print,
    printError,
    async readLine() {
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) return line;
      return '';
    },
    withCore,
  };
}
