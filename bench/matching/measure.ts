import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Case, type Checked, caseOf, isOfGroups, type Kind, type Piece, repeatsOf } from './cases.ts';

/** One line of the table. Times are of one thread’s processor, in milliseconds. */
export interface Row {
  readonly kind: Kind;
  readonly n: number;
  /** The median in a process that has solved before. */
  readonly warm_ms: number;
  /** The first in a fresh process. */
  readonly cold_ms: number;
  /** (bound − value) / bound: the median of the networks that were solved. */
  readonly gap: number;
  /** The independent verifier found every one of them sound; and best, where the kind promises the best. */
  readonly certified: boolean;
  /** The most memory that the fresh process took, in megabytes. */
  readonly rss_mb: number;
}

/** Of what a row is the median. */
export interface Measured extends Row {
  readonly worst_gap: number;
}

/** What is quick is run several times in one go: the processor’s time comes in steps of 4 ms on some machines. */
const leastMs = 60;

function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function timeOf(pieces: readonly Piece[]): number {
  const from = processorMs();
  for (const piece of pieces) piece.run();
  return (processorMs() - from) / pieces.length;
}

export function measure(kind: Kind, size: number): Measured {
  const first = inFreshProcess(kind, size);
  const work = caseOf(kind, size);
  const repeats = repeatsOf(kind, size);
  const once = timeOf([work.prepare(0)]);
  const together = Math.max(1, Math.min(20, Math.ceil(leastMs / Math.max(1, once))));
  const times: number[] = [];
  const checked: Checked[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const pieces = Array.from({ length: together }, (_, at) => work.prepare(repeat * together + at));
    times.push(timeOf(pieces));
    checked.push(...checkedOf(kind, pieces, repeat));
  }
  const gaps = checked.map(({ gap }) => gap);
  return {
    kind,
    n: work.n,
    warm_ms: round(median(times), 2),
    cold_ms: round(first.ms, 1),
    gap: round(median(gaps), 6),
    certified: checked.every(({ certified }) => certified),
    rss_mb: first.rss,
    worst_gap: round(Math.max(...gaps), 6),
  };
}

/** Of what is the same network each time, the first is checked; of others, all that differ. */
function checkedOf(kind: Kind, pieces: readonly Piece[], repeat: number): readonly Checked[] {
  if (kind === 'dropout') return pieces.slice(0, 1).map((piece) => piece.check());
  if (!isOfGroups(kind)) return repeat === 0 ? pieces.slice(0, 1).map((one) => one.check()) : [];
  return pieces.map((piece) => piece.check());
}

const Cold = z.object({ ms: z.number(), rss: z.number() });

function inFreshProcess(kind: Kind, size: number): z.infer<typeof Cold> {
  const program = fileURLToPath(new URL('measure-once.ts', import.meta.url));
  return Cold.parse(JSON.parse(execFileSync(process.execPath, [program, kind, String(size)], { encoding: 'utf8' })));
}

/** What a fresh process tells: the time of its first run, and the most memory that it took. */
export function measureOnce(work: Case): z.infer<typeof Cold> {
  const ms = timeOf([work.prepare(0)]);
  return { ms, rss: Math.round(process.resourceUsage().maxRSS / 1024) };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
