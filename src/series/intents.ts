import { z } from 'zod';

const answer = z.string().max(4000);

/** What people would like to talk about, and the conversations that come round. Answers arrive as typed. */
export const seriesIntents = [
  z.strictObject({ kind: z.literal('series.topics') }),
  z.strictObject({ kind: z.literal('series.open-topic'), text: answer }),
  z.strictObject({ kind: z.literal('series.suggest-topic'), title: answer, about: answer, theme: answer }),
  z.strictObject({ kind: z.literal('series.host-topic'), topic: z.uuid() }),
  z.strictObject({ kind: z.literal('series.vote'), topic: z.uuid() }),
  z.strictObject({ kind: z.literal('series.unvote'), topic: z.uuid() }),
  z.strictObject({ kind: z.literal('series.withdraw-topic'), topic: z.uuid() }),
  z.strictObject({ kind: z.literal('series.all') }),
  z.strictObject({ kind: z.literal('series.open-series'), series: z.union([z.uuid(), z.literal('new')]) }),
  z.strictObject({
    kind: z.literal('series.series'),
    series: z.union([z.uuid(), z.literal('new')]),
    name: answer,
    weekday: answer,
    at: answer,
    everyWeeks: answer,
    firstDay: answer,
    minutes: answer,
    capacity: answer,
    perCouncil: answer,
    link: answer,
    place: answer,
  }),
  z.strictObject({ kind: z.literal('series.end-series'), series: z.uuid() }),
  z.strictObject({ kind: z.literal('series.open-yes'), slot: z.uuid() }),
  /** The theme counts only where the topic has none of its own. */
  z.strictObject({ kind: z.literal('series.say-yes'), slot: z.uuid(), theme: answer }),
  z.strictObject({ kind: z.literal('series.say-no'), slot: z.uuid() }),
] as const;
