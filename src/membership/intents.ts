import { z } from 'zod';

const answer = z.string().max(400);

/** What a member decides about their membership. Answers arrive as typed. */
export const membershipIntents = [
  /** `round` is the number of the one that was told of; without it, whichever comes next. */
  z.strictObject({
    kind: z.literal('membership.skip-round'),
    round: z
      .string()
      .regex(/^\d{1,6}$/)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('membership.take-round') }),
  z.strictObject({ kind: z.literal('membership.avoiding') }),
  z.strictObject({ kind: z.literal('membership.open-avoid') }),
  z.strictObject({ kind: z.literal('membership.avoid'), who: answer }),
  z.strictObject({ kind: z.literal('membership.stop-avoiding'), entry: z.uuid() }),
  z.strictObject({ kind: z.literal('membership.accounts') }),
  z.strictObject({ kind: z.literal('membership.prefer'), platform: answer }),
  z.strictObject({ kind: z.literal('membership.show-code') }),
  z.strictObject({ kind: z.literal('membership.open-connect') }),
  z.strictObject({ kind: z.literal('membership.connect'), code: answer }),
  z.strictObject({ kind: z.literal('membership.disconnect'), account: z.uuid() }),
] as const;
