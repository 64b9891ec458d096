import { z } from 'zod';

const answer = z.string().max(4000);
/** The revision that whoever is asked has read; to open a form, '' for the latest. A form drawn anew keeps the first one. */
const asRead = z.string().max(12);

/** What hosts ask for on the way to an announced conversation, and what others answer. Answers arrive as typed; `rules.ts` reads them. */
export const proposalIntents = [
  z.strictObject({
    kind: z.literal('proposals.open'),
    topic: z.union([z.literal(''), z.uuid()]),
    follows: z.union([z.literal(''), z.uuid()]),
    theme: answer,
  }),
  z.strictObject({
    kind: z.literal('proposals.draft'),
    topic: z.union([z.literal(''), z.uuid()]),
    follows: z.union([z.literal(''), z.uuid()]),
    theme: answer,
    title: answer,
    about: answer,
    audience: answer,
    chathamHouse: answer,
  }),
  z.strictObject({ kind: z.literal('proposals.mine') }),
  z.strictObject({ kind: z.literal('proposals.open-words'), proposal: z.uuid(), revision: asRead }),
  z.strictObject({
    kind: z.literal('proposals.words'),
    proposal: z.uuid(),
    revision: asRead,
    theme: answer,
    title: answer,
    about: answer,
    audience: answer,
    chathamHouse: answer,
  }),
  z.strictObject({
    kind: z.literal('proposals.open-when'),
    proposal: z.uuid(),
    /** One of the times that people were asked about, to start from; '' for none. */
    time: z.union([z.literal(''), z.uuid()]),
    /** `YYYY-MM-DD HH:mm` on the host's clock, where clocks may change that night; '' for none. */
    at: z.string().max(16),
    revision: asRead,
  }),
  z.strictObject({
    kind: z.literal('proposals.announce'),
    proposal: z.uuid(),
    revision: asRead,
    date: answer,
    time: answer,
    clock: z.string().max(12),
    minutes: answer,
    capacity: answer,
    perCouncil: answer,
    link: answer,
    place: answer,
  }),
  z.strictObject({ kind: z.literal('proposals.open-times'), proposal: z.uuid(), revision: asRead }),
  z.strictObject({
    kind: z.literal('proposals.ask-times'),
    proposal: z.uuid(),
    revision: asRead,
    minutes: answer,
    date1: answer,
    time1: answer,
    date2: answer,
    time2: answer,
    date3: answer,
    time3: answer,
    date4: answer,
    time4: answer,
    date5: answer,
    time5: answer,
  }),
  z.strictObject({ kind: z.literal('proposals.times'), proposal: z.uuid() }),
  z.strictObject({ kind: z.literal('proposals.open-answer'), proposal: z.uuid() }),
  z.strictObject({ kind: z.literal('proposals.answer'), proposal: z.uuid(), times: answer }),
  z.strictObject({ kind: z.literal('proposals.drop'), proposal: z.uuid() }),
  z.strictObject({ kind: z.literal('proposals.waiting') }),
  z.strictObject({ kind: z.literal('proposals.approve'), proposal: z.uuid(), revision: asRead }),
  z.strictObject({ kind: z.literal('proposals.open-refusal'), proposal: z.uuid(), revision: asRead }),
  z.strictObject({ kind: z.literal('proposals.refuse'), proposal: z.uuid(), revision: asRead, reason: answer }),
  z.strictObject({ kind: z.literal('proposals.open-guest'), conversation: z.uuid() }),
  z.strictObject({
    kind: z.literal('proposals.guest'),
    conversation: z.uuid(),
    name: answer,
    email: answer,
    role: answer,
    organisation: answer,
    zone: answer,
  }),
] as const;
