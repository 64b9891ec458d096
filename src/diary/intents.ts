import { z } from 'zod';

const answer = z.string().max(4000);

/** What is coming, and how it gets into a calendar. Answers arrive as typed. */
export const diaryIntents = [
  z.strictObject({ kind: z.literal('diary.show') }),
  z.strictObject({ kind: z.literal('diary.file'), of: z.uuid() }),
  z.strictObject({ kind: z.literal('diary.new-feed') }),
  z.strictObject({ kind: z.literal('diary.stop-feed') }),
  z.strictObject({ kind: z.literal('diary.invitations'), on: z.enum(['yes', 'no']) }),
  z.strictObject({
    kind: z.literal('diary.open-event'),
    event: z.union([z.uuid(), z.literal('new')]),
    /** `YYYY-MM-DD HH:mm` that clocks show twice, or never: to be asked which is meant; '' for none. */
    at: z.string().max(16),
  }),
  z.strictObject({
    kind: z.literal('diary.event'),
    event: z.union([z.uuid(), z.literal('new')]),
    sort: answer,
    title: answer,
    about: answer,
    date: answer,
    time: answer,
    clock: z.string().max(12),
    minutes: answer,
    cohort: answer,
    place: answer,
    link: answer,
  }),
  z.strictObject({ kind: z.literal('diary.cancel-event'), event: z.uuid() }),
] as const;
