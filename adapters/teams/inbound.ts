import type { Channel, Profile, Sender } from '../../src/account.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Answers } from '../../src/messages/form.ts';
import { readWords } from '../../src/words.ts';
import { answerPrefix } from './fields.ts';
import { type AppChange, readAppChange } from './lifecycle.ts';
import { type Activity, ExecuteValue, type Place, Pressed, type RosterEntry, Submitted, TaskValue } from './schema.ts';

/** What an activity asks of us, in the shapes an answer can take. An intent of `undefined` is one we do not know. */
export type Ask =
  /** Typed, or pressed on a card by a client without Action.Execute. `cardId` is the message pressed; '' for none. */
  | {
      readonly kind: 'chat';
      readonly intent: Intent | undefined;
      readonly cardId: string;
      readonly isTyped: boolean;
    }
  | { readonly kind: 'card'; readonly intent: Intent | undefined; readonly cardId: string }
  /** `cardId` is the message whose button opens it; '' for none. */
  | { readonly kind: 'dialog-opened'; readonly intent: Intent | undefined; readonly cardId: string }
  | { readonly kind: 'dialog-pressed'; readonly intent: Intent | undefined; readonly from: number }
  | {
      readonly kind: 'form-sent';
      readonly intent: Intent | undefined;
      readonly openedBy: Intent;
      readonly answers: Answers;
      readonly ticket: string;
    }
  | { readonly kind: 'installed'; readonly change: AppChange }
  | { readonly kind: 'unknown-invoke' }
  | { readonly kind: 'nothing' };

export function readAsk(activity: Activity): Ask {
  switch (activity.type) {
    case 'message':
      return readMessage(activity);
    case 'invoke':
      return readInvoke(activity);
    case 'installationUpdate': {
      // A conversationUpdate tells of the same, before or after: one of the two is enough.
      const change = readAppChange(activity.action);
      return change === undefined ? { kind: 'nothing' } : { kind: 'installed', change };
    }
    default:
      return { kind: 'nothing' };
  }
}

function readMessage(activity: Activity): Ask {
  const pressed = activity.value !== undefined && activity.value !== null;
  if (pressed) return { kind: 'chat', intent: readPressed(activity.value), cardId: activity.replyToId, isTyped: false };
  // A picture or a file alone: there is no word in it.
  if (activity.text.trim() === '') return { kind: 'nothing' };
  return { kind: 'chat', intent: readWords(withoutMention(activity)), cardId: '', isTyped: true };
}

/** Typed text without our own name, which Teams puts in front wherever we were mentioned. */
function withoutMention({ text, entities, recipient }: Activity): string {
  const mentions = entities.filter(({ type, mentioned }) => type === 'mention' && mentioned.id === recipient.id);
  const rest = mentions.reduce((left, mention) => left.replaceAll(mention.text, ''), text);
  // What Teams puts between a mention and the next word.
  return rest.replaceAll('&nbsp;', ' ');
}

function readInvoke(activity: Activity): Ask {
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const value = ExecuteValue.safeParse(activity.value);
      const intent = value.success ? readPressed(value.data.action.data) : undefined;
      return { kind: 'card', intent, cardId: activity.replyToId };
    }
    case 'task/fetch':
      return { kind: 'dialog-opened', intent: readPressed(taskData(activity)), cardId: activity.replyToId };
    case 'task/submit':
      return readSubmitted(taskData(activity));
    default:
      return { kind: 'unknown-invoke' };
  }
}

function taskData(activity: Activity): unknown {
  const value = TaskValue.safeParse(activity.value);
  return value.success ? value.data.data : undefined;
}

function readPressed(data: unknown): Intent | undefined {
  const pressed = Pressed.safeParse(data);
  return pressed.success ? pressed.data.intent : undefined;
}

function readSubmitted(data: unknown): Ask {
  const submitted = Submitted.safeParse(data);
  if (submitted.success) {
    const { form, ...rest } = submitted.data;
    const answers = Object.fromEntries(form.fields.map((name) => [name, readAnswer(rest[`${answerPrefix}${name}`])]));
    const intent = readIntent({ ...form.completes, ...answers });
    return { kind: 'form-sent', intent, openedBy: form.openedBy, answers, ticket: form.ticket };
  }
  const pressed = Pressed.safeParse(data);
  const { intent, from } = pressed.success ? pressed.data : { intent: undefined, from: 0 };
  return { kind: 'dialog-pressed', intent, from };
}

/** Teams sends text for every kind of input, and nothing for one left empty; some of its clients send a number as one. */
function readAnswer(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The tenants that an activity names; they should be one. */
export function tenantsOf({ channelData, conversation }: Activity): readonly string[] {
  const named = [channelData.tenant.id, conversation.tenantId].filter((tenant) => tenant !== '');
  return [...new Set(named.map((tenant) => tenant.toLowerCase()))];
}

/** @param appId the registration that it was addressed to */
export function placeOf(activity: Activity, appId: string): Place {
  return {
    tenantId: tenantsOf(activity)[0] ?? '',
    appId,
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    botId: activity.recipient.id,
    userId: activity.from.id,
  };
}

/** Who sent it: Teams vouches for `from` by its signature, and for nothing that a card carries. */
export function senderOf(activity: Activity, place: Place, findMember: () => Promise<RosterEntry>): Sender {
  const user = activity.from.aadObjectId.toLowerCase();
  const sender = {
    account: { platform: 'teams', space: place.tenantId, user },
    profile: async () => profileOf(activity, await findMember()),
  } as const;
  // Where many read is nobody's own address: it must never stand in the place of a private chat.
  return isInChannel(activity)
    ? { ...sender, address: {}, channel: channelOf(place) }
    : { ...sender, address: { ...place } };
}

export function isPrivate({ conversation }: Activity): boolean {
  return conversation.conversationType === 'personal';
}

/** In a channel of a team, and not in a chat of a few. */
export function isInChannel({ conversation }: Activity): boolean {
  return conversation.conversationType === 'channel';
}

function channelOf(place: Place): Channel {
  const { userId: _, ...spot } = withoutThread(place);
  return { room: spot.conversationId, address: spot };
}

/** The channel itself for one thread in it; any other place as it is. */
export function withoutThread(place: Place): Place {
  // A thread's id is its channel's, with that of its first message.
  const [conversationId = ''] = place.conversationId.split(';messageid=');
  return { ...place, conversationId };
}

function profileOf(activity: Activity, entry: RosterEntry): Profile {
  return { ...saidOf(activity), email: isOwnEntry(activity, entry) ? verifiedAddress(entry) : '' };
}

/**
 * Whether the roster tells of this very person, as somebody of their own tenant. What it leaves out counts against them,
 * but for role and tenant, which the name they sign in with shows too: a guest's has `#EXT#` in it.
 */
function isOwnEntry(activity: Activity, { aadObjectId, tenantId, userRole, userPrincipalName }: RosterEntry): boolean {
  const isThem = aadObjectId.toLowerCase() === activity.from.aadObjectId.toLowerCase();
  const isOfTenant = tenantId === '' || tenantsOf(activity).includes(tenantId.toLowerCase());
  const isUser = (userRole === '' || userRole === 'user') && !userPrincipalName.toUpperCase().includes('#EXT#');
  return isThem && isOfTenant && isUser;
}

/**
 * What Microsoft vouches for is the domain of the name that somebody signs in with: their tenant has proven that it owns
 * it. Their mail address is free text to their administrator, who could name anybody of any council there; so it counts
 * at that domain alone, and elsewhere the name itself does. '' without such a name.
 * https://learn.microsoft.com/entra/identity-platform/migrate-off-email-claim-authorization
 */
function verifiedAddress({ email, userPrincipalName }: RosterEntry): string {
  const proven = domainOf(userPrincipalName);
  if (proven === '') return '';
  return domainOf(email) === proven ? email : userPrincipalName;
}

/** '' for what is not one name at one domain. */
function domainOf(address: string): string {
  const [name = '', domain = '', ...rest] = address.split('@');
  return name === '' || rest.length > 0 ? '' : domain.toLowerCase();
}

/** What their client says of them: no address and no name that their organisation vouches for. */
export function saidOf({ localTimezone, locale, entities }: Activity): Profile {
  const client = entities.find(({ type }) => type === 'clientInfo');
  return {
    name: '',
    email: '',
    zone: localTimezone === '' ? (client?.timezone ?? '') : localTimezone,
    locale: locale === '' ? (client?.locale ?? '') : locale,
  };
}
