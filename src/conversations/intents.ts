import { z } from 'zod';

const answer = z.string().max(4000);

/** What a person can ask about Director conversations. Answers arrive as typed; `rules.ts` reads them. */
export const conversationIntents = [
  z.strictObject({ kind: z.literal('conversations.list') }),
  z.strictObject({ kind: z.literal('conversations.open-proposal') }),
  z.strictObject({
    kind: z.literal('conversations.propose'),
    /** The suggested topic that it takes up; '' for none. */
    topic: z.union([z.literal(''), z.uuid()]),
    theme: answer,
    title: answer,
    about: answer,
    date: answer,
    time: answer,
    minutes: answer,
    capacity: answer,
    link: answer,
  }),
  z.strictObject({ kind: z.literal('conversations.sign-up'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.withdraw'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.open-cancel'), conversation: z.uuid() }),
  z.strictObject({ kind: z.literal('conversations.cancel'), conversation: z.uuid(), reason: answer }),
  z.strictObject({ kind: z.literal('conversations.open-topic'), text: answer }),
  z.strictObject({ kind: z.literal('conversations.suggest-topic'), title: answer, about: answer }),
  z.strictObject({ kind: z.literal('conversations.host-topic'), topic: z.uuid() }),
] as const;
