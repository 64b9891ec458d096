import { z } from 'zod';

const answer = z.string().max(400);

/** What a person can ask on their way in, and change of it later. Answers arrive as typed. */
export const joiningIntents = [
  z.strictObject({ kind: z.literal('joining.open-about') }),
  z.strictObject({ kind: z.literal('joining.about'), council: answer, role: answer, level: answer, newly: answer }),
  z.strictObject({ kind: z.literal('joining.open-interests') }),
  z.strictObject({ kind: z.literal('joining.interests'), interests: z.string().max(4000) }),
  z.strictObject({ kind: z.literal('joining.open-hours') }),
  z.strictObject({ kind: z.literal('joining.hours'), zone: answer, from: answer, until: answer }),
  z.strictObject({ kind: z.literal('joining.open-agreements') }),
  z.strictObject({ kind: z.literal('joining.agreements'), prompts: answer, matching: answer, findable: answer }),
  z.strictObject({ kind: z.literal('joining.open-request') }),
  z.strictObject({
    kind: z.literal('joining.request'),
    name: answer,
    email: answer,
    council: answer,
    role: answer,
    level: answer,
    note: z.string().max(4000),
  }),
  z.strictObject({ kind: z.literal('joining.requests') }),
  z.strictObject({ kind: z.literal('joining.open-approval'), request: z.uuid() }),
  z.strictObject({
    kind: z.literal('joining.approve'),
    request: z.uuid(),
    /** A mark of whom the form was about, by which we see that they have not changed since. */
    shown: z.string().max(100),
    council: answer,
    role: answer,
    level: answer,
    cohort: answer,
    permission: answer,
  }),
  z.strictObject({ kind: z.literal('joining.open-refusal'), request: z.uuid() }),
  z.strictObject({ kind: z.literal('joining.refuse'), request: z.uuid(), reason: z.string().max(4000) }),
  z.strictObject({ kind: z.literal('joining.who-is-who') }),
] as const;
