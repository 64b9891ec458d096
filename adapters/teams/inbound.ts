import type { Profile, Sender } from '../../src/account.ts';
import { type Intent, readIntent } from '../../src/intents.ts';
import type { Answers } from '../../src/messages/form.ts';
import { readWords } from '../../src/words.ts';
import { answerPrefix } from './fields.ts';
import { type Activity, ExecuteValue, type Place, Pressed, type RosterEntry, Submitted, TaskValue } from './schema.ts';

/** What an activity asks of us, in the shapes an answer can take. An intent of `undefined` is one we do not know. */
export type Ask =
  /** Typed, or pressed on a card by a client without Action.Execute. `cardId` is the message pressed; '' for none. */
  | { readonly kind: 'chat'; readonly intent: Intent | undefined; readonly cardId: string }
  | { readonly kind: 'card'; readonly intent: Intent | undefined; readonly cardId: string }
  | { readonly kind: 'dialog-opened'; readonly intent: Intent | undefined }
  | { readonly kind: 'dialog-pressed'; readonly intent: Intent | undefined; readonly from: number }
  | {
      readonly kind: 'form-sent';
      readonly intent: Intent | undefined;
      readonly openedBy: Intent;
      readonly answers: Answers;
      readonly ticket: string;
    }
  | { readonly kind: 'installed' }
  | { readonly kind: 'unknown-invoke' }
  | { readonly kind: 'nothing' };

export function readAsk(activity: Activity): Ask {
  switch (activity.type) {
    case 'message':
      return readMessage(activity);
    case 'invoke':
      return readInvoke(activity);
    case 'installationUpdate':
      // A conversationUpdate tells of the same, before or after: one of the two is enough.
      return activity.action === 'add' ? { kind: 'installed' } : { kind: 'nothing' };
    default:
      return { kind: 'nothing' };
  }
}

function readMessage(activity: Activity): Ask {
  const pressed = activity.value !== undefined && activity.value !== null;
  if (pressed) return { kind: 'chat', intent: readPressed(activity.value), cardId: activity.replyToId };
  return { kind: 'chat', intent: readWords(withoutMention(activity)), cardId: '' };
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
      return { kind: 'dialog-opened', intent: readPressed(taskData(activity)) };
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

export function placeOf(activity: Activity): Place {
  return {
    tenantId: tenantsOf(activity)[0] ?? '',
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    botId: activity.recipient.id,
    userId: activity.from.id,
  };
}

/** Who sent it: Teams vouches for `from` by its signature, and for nothing that a card carries. */
export function senderOf(activity: Activity, findMember: () => Promise<RosterEntry>): Sender {
  const place = placeOf(activity);
  const user = activity.from.aadObjectId.toLowerCase();
  return {
    account: { platform: 'teams', space: place.tenantId, user },
    address: { ...place },
    profile: async () => profileOf(activity, await findMember()),
  };
}

/** A guest's address is the word of another organisation, so we do not take it; nor one of another entry than theirs. */
function profileOf(activity: Activity, entry: RosterEntry): Profile {
  const own = activity.from.aadObjectId.toLowerCase();
  const isOther = entry.aadObjectId !== '' && entry.aadObjectId.toLowerCase() !== own;
  const isForeign = entry.tenantId !== '' && !tenantsOf(activity).includes(entry.tenantId.toLowerCase());
  const isGuest =
    entry.userRole === 'guest' || entry.userRole === 'anonymous' || entry.userPrincipalName.includes('#EXT#');
  const email = entry.email !== '' ? entry.email : entry.userPrincipalName;
  const verified = isOther || isForeign || isGuest || !email.includes('@') ? '' : email;
  return { name: '', email: verified, zone: zoneOf(activity), locale: '' };
}

function zoneOf({ localTimezone, entities }: Activity): string {
  if (localTimezone !== '') return localTimezone;
  return entities.find(({ type }) => type === 'clientInfo')?.timezone ?? '';
}
