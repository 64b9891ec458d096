import { z } from 'zod';

const answer = z.string().max(4000);

/** What is asked once a conversation is over. Answers arrive as typed. */
export const afterwardsIntents = [
  z.strictObject({ kind: z.literal('afterwards.open-who-came'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('afterwards.who-came'), conversation: z.uuid(), came: answer }),
  z.strictObject({ kind: z.literal('afterwards.open-takeaway'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('afterwards.takeaway'), conversation: z.uuid(), text: answer, shared: answer }),
  z.strictObject({ kind: z.literal('afterwards.drop-takeaway'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('afterwards.takeaways'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('afterwards.open-summary'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('afterwards.summary'), conversation: z.uuid(), text: answer }),
] as const;
