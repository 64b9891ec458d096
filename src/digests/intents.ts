import { z } from 'zod';

const month = z.string().regex(/^\d{4}-\d{2}$/);

/** What a member can read of what others shared with everybody. */
export const digestsIntents = [
  z.strictObject({ kind: z.literal('digests.latest') }),
  z.strictObject({ kind: z.literal('digests.month'), month }),
  /** What was shared on one theme, as `<framework>/<theme>`, from the one of that number on. */
  z.strictObject({ kind: z.literal('digests.theme'), month, theme: z.string().max(200), from: z.int().min(0) }),
] as const;
