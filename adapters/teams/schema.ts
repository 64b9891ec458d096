import { z } from 'zod';
import type { Address } from '../../src/account.ts';
import { Intent } from '../../src/intents.ts';

/** The SDK writes some of these into headers, which take no other characters. */
const plain = /^[!-~]{1,500}$/;
const id = z.string().regex(plain);
const text = z.string().max(100_000).catch('');

const Entity = z.object({
  type: text,
  /** As it stands in the text, on an entity of type 'mention'. */
  text: text,
  mentioned: z.object({ id: text }).catch({ id: '' }),
  /** IANA, on an entity of type 'clientInfo'. */
  timezone: text,
  /** BCP 47, on the same. */
  locale: text,
});

/**
 * What Teams sends us, as far as we read it. https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 * Texts that are not there are ''.
 */
export const Activity = z.object({
  type: z.string().max(100),
  id: z.string().max(500).catch(''),
  channelId: z.string().max(100),
  serviceUrl: z.url().regex(plain),
  conversation: z.object({ id, tenantId: text, conversationType: text }),
  from: z.object({ id, aadObjectId: z.string().max(100).catch('') }),
  recipient: z.object({ id }),
  channelData: z
    .object({
      tenant: z.object({ id: text }).catch({ id: '' }),
      /** Of the channel that it happened in; '' in a private chat. */
      channel: z.object({ id: text }).catch({ id: '' }),
    })
    .catch({ tenant: { id: '' }, channel: { id: '' } }),
  text,
  /** The name of an invoke, such as 'task/fetch'. */
  name: text,
  /** What an installationUpdate tells: 'add', 'remove' and others. */
  action: text,
  /** The message whose card was pressed. */
  replyToId: text,
  /** When it happened, by the clock of Teams. */
  timestamp: z.iso
    .datetime({ offset: true })
    .transform((moment) => new Date(moment))
    .optional()
    .catch(undefined),
  /** IANA. */
  localTimezone: text,
  /** BCP 47. */
  locale: text,
  entities: z.array(Entity.catch({ type: '', text: '', mentioned: { id: '' }, timezone: '', locale: '' })).catch([]),
  value: z.unknown().optional(),
});
export type Activity = z.infer<typeof Activity>;

/** What our own buttons carry. `from`: the first card of a page to show, 0 for the first of all. */
export const Pressed = z.object({ intent: Intent, from: z.coerce.number().int().min(0).catch(0) });

/** What our own forms carry beside the answers, which stand next to it under prefixed names. */
export const Submitted = z.looseObject({
  form: z.object({
    completes: z.record(z.string().max(100), z.string().max(4000)),
    openedBy: Intent,
    fields: z.array(z.string().max(100)).max(50),
    /** Which showing of the form this is; '' where the card does not say. */
    ticket: z.string().max(40).catch(''),
  }),
});

/** The value of a press of Action.Execute (`adaptiveCard/action`) and of a dialog's (`task/fetch`, `task/submit`). */
export const ExecuteValue = z.object({ action: z.object({ data: z.unknown() }) });
export const TaskValue = z.object({ data: z.unknown() });

/** One person in the roster of a conversation, as their own tenant tells. */
export const RosterEntry = z.object({
  email: text,
  userPrincipalName: text,
  aadObjectId: text,
  tenantId: text,
  /** 'user', 'guest' or 'anonymous'; '' where Teams does not say. */
  userRole: text,
});
export type RosterEntry = z.infer<typeof RosterEntry>;

/** Where we can write: a private chat, or a channel of a team. */
export const Spot = z.object({
  tenantId: z.string(),
  /** Of our registration that is known there; '' for the network's own, as in what was kept before there were others. */
  appId: z.string().catch(''),
  serviceUrl: z.url(),
  conversationId: id,
  botId: id,
});
export type Spot = z.infer<typeof Spot>;

/** A person's private chat with us. */
export const Place = Spot.extend({ userId: id });
export type Place = z.infer<typeof Place>;

/** `undefined` for an address without a private chat. */
export function readPlace(address: Address): Place | undefined {
  const parsed = Place.safeParse(address);
  return parsed.success ? parsed.data : undefined;
}
