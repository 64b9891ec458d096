import { z } from 'zod';

const answer = z.string().max(4000);

/** What a person can ask about Director conversations. Answers arrive as typed; `rules.ts` reads them. */
export const conversationIntents = [
  z.strictObject({ kind: z.literal('conversations.list') }),
  z.strictObject({ kind: z.literal('conversations.sign-up'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.withdraw'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.open-cancel'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.cancel'), conversation: z.uuid(), reason: answer }),
  z.strictObject({ kind: z.literal('conversations.view'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.accept-seat'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.decline-seat'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.who-is-coming'), conversation: z.uuid() }),
  z.strictObject({
    kind: z.literal('conversations.open-edit'),
    conversation: z.uuid(),
    /** Which state of it the form was drawn from; '' for what it is now. */
    revision: z.string().max(12),
    /** The date and time, `YYYY-MM-DD HH:mm`, that clocks show twice or never, so that we ask which is meant; '' for none. */
    asked: z.string().max(40),
  }),
  z.strictObject({
    kind: z.literal('conversations.edit'),
    conversation: z.uuid(),
    revision: z.string().max(12),
    title: answer,
    about: answer,
    date: answer,
    time: answer,
    clock: z.string().max(12),
    minutes: answer,
    capacity: answer,
    perCouncil: answer,
    link: answer,
    place: answer,
  }),
  z.strictObject({ kind: z.literal('conversations.go-on'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.open-hand-over'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.hand-over'), conversation: z.uuid(), to: answer }),
  z.strictObject({ kind: z.literal('conversations.take-over'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.decline-hand-over'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.open-settings') }),
  z.strictObject({
    kind: z.literal('conversations.settings'),
    approval: answer,
    first: answer,
    second: answer,
    last: answer,
    offerHours: answer,
    fewest: answer,
  }),
] as const;
