import { z } from 'zod';

/** What a person can ask about their matches. */
export const matchingIntents = [z.strictObject({ kind: z.literal('matching.current') })] as const;
