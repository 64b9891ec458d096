import { randomUUID } from 'node:crypto';
import type { ConnectorStub } from './connector-stub.ts';
import { appId, tenantId } from './teams-rig.ts';

/** A person as Teams knows them, in their private chat with the bot. */
export interface TeamsPerson {
  readonly email: string;
  readonly objectId: string;
  readonly userId: string;
  readonly conversationId: string;
  readonly tenantId: string;
}

export function createTeamsPerson(email: string, tenant = tenantId): TeamsPerson {
  const objectId = randomUUID();
  return { email, objectId, userId: `29:${objectId}`, conversationId: `a:${randomUUID()}`, tenantId: tenant };
}

/** Puts a person on the roster of their own chat, as their tenant tells of them; `changes` is what it tells otherwise. */
export function addToRoster(
  stub: ConnectorStub,
  person: TeamsPerson,
  changes: Readonly<Record<string, string>> = {},
): void {
  const { userId: id, objectId: aadObjectId, tenantId: tenant, email } = person;
  const row = { id, aadObjectId, tenantId: tenant, email, userPrincipalName: email, userRole: 'user' };
  stub.addMember(person.conversationId, { ...row, ...changes });
}

export type ActivityJson = Readonly<Record<string, unknown>>;

/** An activity as Teams sends it, from this person in their private chat; `parts` says what happened. */
export function activityOf(person: TeamsPerson, serviceUrl: string, parts: ActivityJson): ActivityJson {
  return {
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    timestamp: '2027-03-02T12:00:00Z',
    from: { id: person.userId, name: 'A person', aadObjectId: person.objectId },
    recipient: { id: `28:${appId}`, name: 'Colloquy' },
    conversation: { id: person.conversationId, tenantId: person.tenantId, conversationType: 'personal' },
    channelData: { tenant: { id: person.tenantId } },
    locale: 'en-GB',
    ...parts,
  };
}

export function typed(text: string): ActivityJson {
  return { type: 'message', text, textFormat: 'plain' };
}

/** A press on Action.Execute of the card in a message. */
export function executed(data: unknown, messageId: string): ActivityJson {
  const action = { type: 'Action.Execute', verb: 'colloquy', data };
  return { type: 'invoke', name: 'adaptiveCard/action', replyToId: messageId, value: { action, trigger: 'manual' } };
}

/** The same by a client that knows Action.Submit alone. */
export function submitted(data: unknown, messageId: string): ActivityJson {
  return { type: 'message', value: data, replyToId: messageId };
}

/** A press on a button that opens a dialog, on the card in a message. */
export function dialogOpened(data: unknown, messageId = ''): ActivityJson {
  const replyToId = messageId === '' ? {} : { replyToId: messageId };
  return { type: 'invoke', name: 'task/fetch', ...replyToId, value: { data, context: { theme: 'default' } } };
}

export function dialogSubmitted(data: unknown): ActivityJson {
  return { type: 'invoke', name: 'task/submit', value: { data, context: { theme: 'default' } } };
}

export function installed(): ActivityJson {
  return { type: 'installationUpdate', action: 'add' };
}

/** A channel of a team that has our app, and a thread in it: where people speak, and cards stand. */
export const channelId = '19:towers-0123456789abcdef@thread.tacv2';
export const threadId = `${channelId};messageid=1709380800000`;

/** The same, by the same person, in a channel of a team. */
export function inChannel(person: TeamsPerson, parts: ActivityJson, conversationId = threadId): ActivityJson {
  const team = { id: '19:team-0123456789abcdef@thread.tacv2', aadGroupId: '0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f' };
  return {
    ...parts,
    conversation: { id: conversationId, tenantId: person.tenantId, conversationType: 'channel', isGroup: true },
    channelData: { tenant: { id: person.tenantId }, team, channel: { id: channelId } },
  };
}

/** The same in a chat of a few people. */
export function inGroupChat(person: TeamsPerson, parts: ActivityJson, conversationId: string): ActivityJson {
  const { tenantId: tenant } = person;
  return {
    ...parts,
    conversation: { id: conversationId, tenantId: tenant, conversationType: 'groupChat', isGroup: true },
  };
}

/** Typed where others read, after our own name. */
export function mentioned(text: string): ActivityJson {
  const mention = { type: 'mention', text: '<at>Colloquy</at>', mentioned: { id: `28:${appId}`, name: 'Colloquy' } };
  return { ...typed(`<at>Colloquy</at>&nbsp;${text}\n`), entities: [mention] };
}
