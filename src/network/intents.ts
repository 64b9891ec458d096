import { z } from 'zod';

/** What a person can ask of the network itself. */
export const networkIntents = [
  z.strictObject({ kind: z.literal('network.help'), asked: z.string().max(200) }),
  z.strictObject({ kind: z.literal('network.home') }),
  z.strictObject({ kind: z.literal('network.join') }),
  z.strictObject({ kind: z.literal('network.sign-in'), email: z.string().max(320) }),
  z.strictObject({ kind: z.literal('network.profile') }),
  z.strictObject({ kind: z.literal('network.open-pause') }),
  z.strictObject({ kind: z.literal('network.pause'), weeks: z.string().max(3) }),
  z.strictObject({ kind: z.literal('network.resume') }),
  z.strictObject({ kind: z.literal('network.leave') }),
  z.strictObject({ kind: z.literal('network.confirm-leave') }),
] as const;
