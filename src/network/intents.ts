import { z } from 'zod';

const answer = z.string().max(400);

/** What a person can ask of the network itself. Answers arrive as typed. */
export const networkIntents = [
  z.strictObject({ kind: z.literal('network.help'), asked: z.string().max(200) }),
  z.strictObject({ kind: z.literal('network.home') }),
  z.strictObject({ kind: z.literal('network.join') }),
  z.strictObject({ kind: z.literal('network.sign-in'), email: z.string().max(320) }),
  z.strictObject({ kind: z.literal('network.profile') }),
  z.strictObject({ kind: z.literal('network.open-pause') }),
  z.strictObject({ kind: z.literal('network.pause'), programmes: answer, until: answer }),
  z.strictObject({ kind: z.literal('network.resume') }),
  z.strictObject({ kind: z.literal('network.leave') }),
  z.strictObject({ kind: z.literal('network.confirm-leave') }),
  z.strictObject({ kind: z.literal('network.settings') }),
  z.strictObject({ kind: z.literal('network.open-preferences') }),
  z.strictObject({
    kind: z.literal('network.preferences'),
    name: answer,
    zone: answer,
    locale: answer,
  }),
  z.strictObject({ kind: z.literal('network.open-find') }),
  z.strictObject({ kind: z.literal('network.find'), query: answer }),
  z.strictObject({ kind: z.literal('network.export') }),
  z.strictObject({ kind: z.literal('network.erase') }),
  z.strictObject({ kind: z.literal('network.confirm-erase') }),
  z.strictObject({ kind: z.literal('network.confirm-account'), request: z.uuid() }),
  z.strictObject({ kind: z.literal('network.open-announcements') }),
  z.strictObject({ kind: z.literal('network.choose-announcements'), room: answer }),
  z.strictObject({ kind: z.literal('network.stop-announcements') }),
] as const;
