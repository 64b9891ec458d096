import { readFileSync, writeFileSync } from 'node:fs';

/*
 * The graph that a peer is given: 32-bit whole numbers in a file, least significant byte first. How many members and how
 * many pairs there are, then three numbers a pair: one member, the other, the score. Each peer prints the milliseconds
 * of processor time that its search took, and what its pairs are worth.
 */

export type Edge = readonly [a: number, b: number, score: number];

export function writeEdges(path: string, size: number, edges: readonly Edge[]): void {
  const numbers = new Int32Array(2 + 3 * edges.length);
  numbers[0] = size;
  numbers[1] = edges.length;
  edges.forEach((edge, at) => {
    numbers.set(edge, 2 + 3 * at);
  });
  writeFileSync(path, Buffer.from(numbers.buffer));
}

export function readEdges(path: string): readonly Edge[] {
  const bytes = readFileSync(path);
  const number = (at: number) => bytes.readInt32LE(4 * at);
  return Array.from({ length: number(1) }, (_, at) => [number(2 + 3 * at), number(3 + 3 * at), number(4 + 3 * at)]);
}
