import { z } from 'zod';

const answer = z.string().max(400);

/** When prompts and rounds come, and when they do not. Answers arrive as typed. */
export const calendarIntents = [
  z.strictObject({ kind: z.literal('calendar.open-rhythm') }),
  z.strictObject({
    kind: z.literal('calendar.rhythm'),
    zone: answer,
    promptWeekday: answer,
    promptHour: answer,
    roundWeekday: answer,
    roundHour: answer,
    roundWeeks: answer,
  }),
  z.strictObject({ kind: z.literal('calendar.breaks') }),
  z.strictObject({ kind: z.literal('calendar.open-break') }),
  z.strictObject({
    kind: z.literal('calendar.break'),
    name: answer,
    sort: answer,
    first: answer,
    last: answer,
    nation: answer,
    cohort: answer,
  }),
  z.strictObject({ kind: z.literal('calendar.end-break'), break: z.uuid() }),
  z.strictObject({ kind: z.literal('calendar.cohort-prompts') }),
  z.strictObject({ kind: z.literal('calendar.open-cohort-prompt') }),
  z.strictObject({ kind: z.literal('calendar.cohort-prompt'), cohort: answer, on: answer, text: z.string().max(4000) }),
  z.strictObject({ kind: z.literal('calendar.drop-cohort-prompt'), prompt: z.uuid() }),
] as const;
