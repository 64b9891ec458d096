import { z } from 'zod';

/** Why somebody is left out of a round, told from who took part and who met, and from nothing that is told in confidence. */
export const LeftOutReason = z.enum([
  /** An odd number took part, and everybody else has somebody. */
  'odd-number',
  /** They were matched lately with everybody from other councils who took part. */
  'met-everyone',
  /** More than half of those who took part are of their council. */
  'one-council',
  /** Nobody whom the rules allow was free: also where they were the only one. */
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
 * The proof of one part of a round: of pairs, of pairs and one trio, or of groups. Values are in sixths of a point, so that
 * they are whole: a pair counts its score, a group of three half the sum of its scores, one of four a third of it (the sum
 * of each member’s mean, halved).
 */
export const PartProof = z.discriminatedUnion('kind', [
  z.strictObject({ ...part, kind: z.literal('pairs'), proof: PairPrices }),
  z.strictObject({
    ...part,
    kind: z.literal('trio'),
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

/** What proves a round, as it is stored. Groups that were fixed are not in it: they stand in the round’s input. */
export const RoundCertificate = z.strictObject({
  version: z.literal(1),
  parts: z.array(PartProof).readonly(),
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

/** What the independent check of a round found. */
export const RoundVerdict = z.strictObject({
  /** Nothing is wrong with it: every rule is kept, and the bound is one. */
  isSound: z.boolean(),
  /** It is proven that no round is worth more. */
  isBest: z.boolean(),
  /** How many pairs, or groups, could have been. */
  possible: z.number(),
  objective: z.number(),
  bound: z.number(),
  /** (bound − objective) / |bound|, 0 where it is best. */
  gap: z.number(),
  /** What is wrong, in plain words, the first few. */
  faults: z.array(z.string()).readonly(),
});
export type RoundVerdict = z.infer<typeof RoundVerdict>;

/** How far the solving of a round has come, from 0 to 1. */
export type Progress = (share: number) => void;
