import { z } from 'zod';

/** The longest answer we keep, in characters: what one Slack text box takes. */
export const answerLength = 3000;

/** What a person can ask about their reflection prompts. `prompt` is the id of a prompt sent to them. */
export const reflectionIntents = [
  z.strictObject({ kind: z.literal('reflections.open'), prompt: z.union([z.uuid(), z.literal('latest')]) }),
  z.strictObject({ kind: z.literal('reflections.answer'), prompt: z.uuid(), text: z.string().max(answerLength * 4) }),
  z.strictObject({ kind: z.literal('reflections.journal') }),
] as const;
