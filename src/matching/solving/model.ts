import { z } from 'zod';

/**
 * Why somebody is left out of a round, told from who took part, who was matched with whom and who is now, and from nothing
 * that is told in confidence.
 */
export const LeftOutReason = z.enum([
  /** Nobody from another council took part. */
  'no-other-council',
  /** They were matched lately with everybody from other councils who took part. */
  'met-everyone',
  /** More than half of those who took part are of their council. */
  'one-council',
  /** People were put together by conveners, and would have left somebody for them otherwise. */
  'others-fixed',
  /** An odd number took part, everybody else has somebody, and no three could be together. */
  'odd-number',
  /** Everybody with whom they could be matched has a match. */
  'all-matched',
  /** Nothing of this explains it. */
  'nobody-free',
]);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

const place = z.number().int().min(0);
const whole = z.number().int();

/** Doubled prices of the members, and odd sets as [price, members …]: see solver/model.ts. */
export const PairPrices = z.strictObject({
  price: z.array(whole).readonly(),
  oddSets: z.array(z.array(whole).min(2).readonly()).readonly(),
});
export type PairPrices = z.infer<typeof PairPrices>;

/** Prices that bound every round with a given trio: those of the trio itself do not count. */
export const TrioPrices = PairPrices.extend({ trio: z.tuple([place, place, place]).readonly() });
export type TrioPrices = z.infer<typeof TrioPrices>;

const part = {
  /** Ids, in the order in which everything else numbers them. */
  members: z.array(z.string()).readonly(),
  groups: z.array(z.array(place).min(2).max(4).readonly()).readonly(),
  leftOut: z.array(place).readonly(),
  objective: whole,
  /** No round of this part is worth more. */
  bound: whole,
};

/**
 * Places of members without whom the others fall apart, so that somebody must be left out: solver/proof/least-left-out.ts.
 * Empty where nobody is.
 */
const barrier = z.array(place).readonly().default([]);

/**
 * The proof of one part of a round: of pairs, of pairs and one trio, or of groups. Values are in sixths of a point, so that
 * they are whole: a pair counts its score, a group of three half the sum of its scores, one of four a third of it (the sum
 * of each member’s mean, halved).
 */
export const PartProof = z.discriminatedUnion('kind', [
  z.strictObject({ ...part, kind: z.literal('pairs'), barrier, proof: PairPrices }),
  z.strictObject({
    ...part,
    kind: z.literal('trio'),
    barrier,
    /** `prices` bound nearly all rounds; for each trio with which they would allow more than the bound there are others. */
    proof: z.strictObject({ prices: PairPrices, others: z.array(TrioPrices).readonly() }),
  }),
  z.strictObject({
    ...part,
    kind: z.literal('groups'),
    /** Prices in sixths of a point: see solver/groups/model.ts. */
    proof: z.strictObject({
      price: z.array(whole).readonly(),
      offset: z.tuple([whole, whole, whole, whole]).readonly(),
    }),
  }),
]);
export type PartProof = z.infer<typeof PartProof>;
export type PairsProof = Extract<PartProof, { readonly kind: 'pairs' | 'trio' }>;
export type GroupsProof = Extract<PartProof, { readonly kind: 'groups' }>;

/**
 * What proves a round, as it is stored. Groups that were fixed are not in it: they stand in the round’s input. It has one
 * part of those in groups, and of those who are paired one for each cluster of people who can meet nobody else.
 */
export const RoundCertificate = z.strictObject({
  /** 1 is of rounds that were made by an earlier score: their proof cannot be held against this one. */
  version: z.union([z.literal(1), z.literal(2)]),
  parts: z.array(PartProof).readonly(),
  /**
   * Where it could have been divided otherwise, and somebody is left out: ids of a barrier that shows how many would have
   * been left out so. If some sit in groups, of all members; if all are paired, of those who would have been then.
   */
  otherWay: z.array(z.string()).readonly().optional(),
});
export type RoundCertificate = z.infer<typeof RoundCertificate>;

export const SolvedGroup = z.strictObject({
  /** Member ids, two to four. */
  members: z.array(z.string()).readonly(),
  /** A convener fixed it: it was not solved. */
  isLocked: z.boolean(),
});
export type SolvedGroup = z.infer<typeof SolvedGroup>;

export const LeftOut = z.strictObject({ memberId: z.string(), reason: LeftOutReason });
export type LeftOut = z.infer<typeof LeftOut>;

export const RoundSolution = z.strictObject({
  groups: z.array(SolvedGroup).readonly(),
  leftOut: z.array(LeftOut).readonly(),
  /** Of all parts, in sixths of a point. */
  objective: whole,
  bound: whole,
  certificate: RoundCertificate,
});
export type RoundSolution = z.infer<typeof RoundSolution>;

/** How a round was divided, as the record keeps it once somebody is erased: the rule no longer tells then. */
export const Division = z
  .array(
    z.strictObject({
      kind: z.enum(['pairs', 'trio', 'groups']),
      members: z.array(z.string()).readonly(),
      /** Of each group, and 1 for each who is left out, in rising order. */
      sizes: z.array(z.number().int().min(1).max(4)).readonly(),
    }),
  )
  .readonly();
export type Division = z.infer<typeof Division>;

/** What the independent check found of those in groups, or of all who are paired. */
export const PartFinding = z.strictObject({
  kind: z.enum(['pairs', 'trio', 'groups']),
  /** How many are in it. */
  members: z.number(),
  /** No way to divide these members into pairs, or into groups of these sizes, is worth more, and none leaves out fewer. */
  isBest: z.boolean(),
  /** How many pairs, or groups, could have been; `undefined` where they are too many to count. */
  possible: z.number().optional(),
  objective: z.number(),
  bound: z.number(),
  /** (bound − objective) / |bound|, 0 where nothing is worth more. */
  gap: z.number(),
});
export type PartFinding = z.infer<typeof PartFinding>;

/** What the independent check of a round found. */
export const RoundVerdict = z.strictObject({
  /** Nothing is wrong with it: every rule is kept, and the bound is one. */
  isSound: z.boolean(),
  /** All are in groups, or all are paired, and it is proven that no such round is worth more. */
  isBest: z.boolean(),
  /** Of those in groups, then of those who are paired. */
  parts: z.array(PartFinding).readonly(),
  /** Of all parts. */
  objective: z.number(),
  bound: z.number(),
  /** (bound − objective) / |bound|, 0 where nothing divided in this way is worth more. */
  gap: z.number(),
  /** What is wrong, in plain words, the first few. */
  faults: z.array(z.string()).readonly(),
});
export type RoundVerdict = z.infer<typeof RoundVerdict>;

/** How far the solving of a round has come, from 0 to 1. */
export type Progress = (share: number) => void;
