import { cpus } from 'node:os';
import { z } from 'zod';
import { kinds } from './cases.ts';

/*
 * What the bench measured, as it is kept in figures.json: the tables and the picture of docs/matching.md are drawn from it.
 */

const Measured = z.strictObject({
  kind: z.enum(kinds),
  n: z.number(),
  warm_ms: z.number(),
  cold_ms: z.number(),
  gap: z.number(),
  certified: z.boolean(),
  rss_mb: z.number(),
  worst_gap: z.number(),
});

/** Times are of the processor, in milliseconds. `agrees`: its pairs are worth exactly what ours are. */
export const PeerTime = z.strictObject({ peer: z.string(), n: z.number(), ms: z.number(), agrees: z.boolean() });
export type PeerTime = z.infer<typeof PeerTime>;

/** Twenty rounds by one rule; shares are from 0 to 1. `n` members take part in each. */
export const RuleFigures = z.strictObject({
  name: z.string(),
  rule: z.string(),
  n: z.number(),
  sameCouncil: z.number(),
  repeats: z.number(),
  soonRepeats: z.number(),
  leftOut: z.number(),
  mostLeftOut: z.number(),
  noSharedHours: z.number(),
  meanScore: z.number(),
});
export type RuleFigures = z.infer<typeof RuleFigures>;

export const Figures = z.strictObject({
  machine: z.string(),
  rows: z.array(Measured).readonly(),
  peers: z.array(PeerTime).readonly(),
  /** Of solvers that were not there to be measured. */
  absent: z.array(z.string()).readonly(),
  rules: z.array(RuleFigures).readonly(),
});
export type Figures = z.infer<typeof Figures>;

export function thisMachine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}`;
}
