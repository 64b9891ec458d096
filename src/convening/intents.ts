import { z } from 'zod';

const answer = z.string().max(400);

/** What conveners do for the network. Answers arrive as typed. */
export const conveningIntents = [
  z.strictObject({ kind: z.literal('convening.console') }),
  z.strictObject({ kind: z.literal('convening.councils') }),
  z.strictObject({ kind: z.literal('convening.open-find-council') }),
  z.strictObject({ kind: z.literal('convening.find-council'), query: answer }),
  z.strictObject({ kind: z.literal('convening.open-council'), council: z.uuid() }),
  z.strictObject({
    kind: z.literal('convening.council'),
    council: z.uuid(),
    name: answer,
    type: answer,
    nation: answer,
    region: answer,
    domains: z.string().max(4000),
    consent: answer,
  }),
  z.strictObject({ kind: z.literal('convening.open-relation'), council: z.uuid() }),
  z.strictObject({
    kind: z.literal('convening.relation'),
    council: z.uuid(),
    other: answer,
    relation: answer,
    rule: answer,
  }),
  z.strictObject({ kind: z.literal('convening.end-relation'), council: z.uuid(), other: z.uuid() }),
  z.strictObject({ kind: z.literal('convening.cohorts') }),
  z.strictObject({ kind: z.literal('convening.open-cohort'), cohort: z.union([z.uuid(), z.literal('new')]) }),
  z.strictObject({
    kind: z.literal('convening.cohort'),
    cohort: z.union([z.uuid(), z.literal('new')]),
    name: answer,
    programme: answer,
    year: answer,
  }),
  z.strictObject({ kind: z.literal('convening.graduate'), cohort: z.uuid() }),
  z.strictObject({ kind: z.literal('convening.learning-sets'), cohort: z.uuid() }),
  // `seed` chooses among ways to divide; `shown` knows the one that was looked at.
  z.strictObject({ kind: z.literal('convening.open-divide'), cohort: z.uuid(), seed: z.string().max(10) }),
  z.strictObject({
    kind: z.literal('convening.divide'),
    cohort: z.uuid(),
    seed: z.string().max(10),
    shown: z.string().max(64),
  }),
  // What was done before this entry; '' for the newest.
  z.strictObject({ kind: z.literal('convening.audit'), before: z.string().regex(/^\d{0,18}$/) }),
  z.strictObject({ kind: z.literal('convening.must-agree'), must: z.enum(['yes', 'no']) }),
  z.strictObject({ kind: z.literal('convening.roster') }),
  z.strictObject({ kind: z.literal('convening.open-find-member') }),
  z.strictObject({ kind: z.literal('convening.find-member'), query: answer }),
  z.strictObject({ kind: z.literal('convening.open-role'), member: z.uuid() }),
  z.strictObject({ kind: z.literal('convening.role'), member: z.uuid(), permission: answer }),
] as const;
