import { z } from 'zod';

/** The longest answer we keep, in characters: what one Slack text box takes. */
export const answerLength = 3000;

/** The longest action to try, in characters: a sentence or two. */
export const actionLength = 300;

/** The framework's id of the prompt that a form shows, which may be swapped meanwhile; none on one from before an upgrade. */
const Asked = z.string().max(200).optional();

/** When that was written which a form shows, '' for nothing yet; none where what is there is not shown. */
const Written = z.string().max(40).optional();

/** The day that a button names; none where its words stay true: “tomorrow”. */
const Day = z.string().max(10).optional();

/** What a person can ask about their reflection prompts. `prompt` is the id of a prompt sent to them. */
export const reflectionIntents = [
  z.strictObject({
    kind: z.literal('reflections.open'),
    prompt: z.union([z.uuid(), z.literal('latest')]),
    asked: Asked,
    written: Written,
  }),
  z.strictObject({
    kind: z.literal('reflections.answer'),
    prompt: z.uuid(),
    text: z.string().max(answerLength * 4),
    action: z
      .string()
      .max(actionLength * 4)
      .default(''),
    asked: Asked,
    written: Written,
  }),
  z.strictObject({ kind: z.literal('reflections.journal') }),
  z.strictObject({ kind: z.literal('reflections.swap'), prompt: z.uuid(), swaps: z.int().min(0).max(2) }),
  z.strictObject({
    kind: z.literal('reflections.later'),
    prompt: z.uuid(),
    day: z.enum(['tomorrow', 'thursday']),
    on: Day,
  }),
  z.strictObject({ kind: z.literal('reflections.skip'), prompt: z.uuid() }),
  z.strictObject({ kind: z.literal('reflections.why'), prompt: z.uuid() }),
  z.strictObject({ kind: z.literal('reflections.open-rhythm') }),
  z.strictObject({ kind: z.literal('reflections.rhythm'), rhythm: z.string().max(400) }),
  z.strictObject({ kind: z.literal('reflections.open-follow-up'), prompt: z.uuid(), written: Written }),
  z.strictObject({
    kind: z.literal('reflections.follow-up'),
    prompt: z.uuid(),
    text: z.string().max(answerLength * 4),
    written: Written,
  }),
  z.strictObject({ kind: z.literal('reflections.delete'), prompt: z.uuid() }),
  z.strictObject({ kind: z.literal('reflections.confirm-delete'), prompt: z.uuid() }),
  z.strictObject({ kind: z.literal('reflections.open-share'), prompt: z.uuid() }),
  z.strictObject({ kind: z.literal('reflections.share'), prompt: z.uuid(), with: z.string().max(400) }),
  z.strictObject({ kind: z.literal('reflections.shared') }),
  /** The same from one entry on; the first is 0. */
  z.strictObject({ kind: z.literal('reflections.shared-from'), from: z.int().min(0).max(100_000) }),
  z.strictObject({ kind: z.literal('reflections.journal-by'), by: z.enum(['week', 'theme', 'stage']) }),
  z.strictObject({
    kind: z.literal('reflections.journal-part'),
    by: z.enum(['week', 'theme', 'stage']),
    /** A theme or a stage; '' for everything. */
    part: z.string().max(200),
    from: z.int().min(0).max(100_000),
  }),
  z.strictObject({ kind: z.literal('reflections.map') }),
  z.strictObject({ kind: z.literal('reflections.open-document') }),
  z.strictObject({
    kind: z.literal('reflections.document'),
    from: z.string().max(40).default(''),
    until: z.string().max(40).default(''),
    theme: z.string().max(200).default(''),
  }),
  z.strictObject({ kind: z.literal('reflections.open-search') }),
  z.strictObject({ kind: z.literal('reflections.search'), query: z.string().max(400) }),
] as const;
