import { z } from 'zod';
import { Level } from '../../network/model.ts';

/*
 * What a round is made from: everything that decides who meets whom, and nothing else. It is also the file format of
 * `colloquy match solve` (docs/matching.md), so that a round can be held against any other solver.
 */

const Pair = z.tuple([z.string(), z.string()]).readonly();

/** What somebody asked for in this round. */
export const Wish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new-to-role') }),
  z.strictObject({ kind: z.literal('experience'), experience: z.string() }),
  z.strictObject({ kind: z.literal('theme'), theme: z.string() }),
]);
export type Wish = z.infer<typeof Wish>;

/** Acquiring knowledge, gaining experience, sharpening judgement. */
export const Stage = z.union([z.literal(0), z.literal(1), z.literal(2)]);
export type Stage = z.infer<typeof Stage>;

export const minutesInWeek = 7 * 24 * 60;

export const Candidate = z.strictObject({
  id: z.string().min(1),
  council: z.string().min(1),
  level: Level,
  /** '' for none. */
  cohort: z.string().default(''),
  nation: z.string().default(''),
  region: z.string().default(''),
  /** `<framework>/<theme>`. */
  themes: z.array(z.string()).readonly().default([]),
  /** How far they are with a theme, where their reflections tell. */
  stages: z.record(z.string(), Stage).readonly().default({}),
  experiences: z.array(z.string()).readonly().default([]),
  isNewToRole: z.boolean().default(false),
  /** When they work, in minutes since Monday 00:00 UTC of the round's week; each from, until. */
  hours: z
    .array(z.tuple([z.number().int().min(0).max(minutesInWeek), z.number().int().min(0).max(minutesInWeek)]).readonly())
    .readonly()
    .default([]),
  wish: Wish.nullable().default(null),
  /** They would rather be in a group of three or four this time. */
  wantsGroup: z.boolean().default(false),
  /** How often they were left out, so far. Nobody is left out twice before everybody else was once. */
  leftOut: z.number().int().min(0).max(12).default(0),
  /** How often they came off badly since their last good match: left out, or a partner who did not come. */
  owed: z.number().int().min(0).max(2).default(0),
});
export type Candidate = z.infer<typeof Candidate>;

/** Two who were matched before. `unknown`: nobody said whether they met. */
export const PastMatch = z.strictObject({
  a: z.string(),
  b: z.string(),
  /** 1 for the last round. */
  roundsAgo: z.number().int().min(1),
  outcome: z.enum(['useful', 'not-useful', 'not-met', 'unknown']).default('unknown'),
});
export type PastMatch = z.infer<typeof PastMatch>;

const weight = z.number().int().min(0).max(10);

/** How much each thing counts: 0 not at all, 5 as it is set at first, 10 twice that. */
export const Weights = z.strictObject({
  themes: weight.default(5),
  stages: weight.default(5),
  hours: weight.default(5),
  level: weight.default(5),
  /** Below 0: rather from afar. */
  place: z.number().int().min(-10).max(10).default(0),
  cohort: weight.default(5),
  wishes: weight.default(5),
  /** What it costs for good to bring two together again. */
  repeats: weight.default(5),
  /** For so many rounds two who were matched are not matched again, whatever it costs. */
  coolDownRounds: z.number().int().min(0).max(52).default(4),
});
export type Weights = z.infer<typeof Weights>;

export const defaultWeights: Weights = Weights.parse({});

export const RoundInput = z.strictObject({
  version: z.literal(1),
  /** Of the round; also what ties are drawn by. */
  number: z.number().int().min(1),
  groupSize: z.union([z.literal(2), z.literal(3), z.literal(4)]).default(2),
  weights: Weights.default(defaultWeights),
  members: z.array(Candidate).readonly(),
  past: z.array(PastMatch).readonly().default([]),
  /** Member ids of every two who are never to meet. Where it comes from the store it is told to nobody. */
  apart: z.array(Pair).readonly().default([]),
  /** Council ids of every two whose people are kept apart. */
  councilsApart: z.array(Pair).readonly().default([]),
  /** Groups of two to four that a convener has fixed: the rest is solved around them. */
  locked: z.array(z.array(z.string()).min(2).max(4).readonly()).readonly().default([]),
});
export type RoundInput = z.infer<typeof RoundInput>;
