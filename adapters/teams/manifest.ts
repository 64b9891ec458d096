import { createHash } from 'node:crypto';
import { words } from '../../src/words.ts';

/** What makes the app of one deployment, or of one council's own registration in it. */
export interface AppPlan {
  /** An https address, without a slash at its end. */
  readonly publicUrl: string;
  /** Of the bot registration, in lower case. */
  readonly botId: string;
  /** Of the registration that signs people in to the personal tab; '' for no tab. */
  readonly tabAppId: string;
  /** Teams takes a changed manifest only with a higher one. */
  readonly version: string;
}

export type Manifest = ReturnType<typeof manifestFor>;

/** Teams lists twelve at most. These are seldom needed, and `help` names every one. */
const unlisted: ReadonlySet<string> = new Set([
  ...['map', 'search', 'themes', 'profile', 'accounts', 'connect', 'export', 'console', 'leave', 'erase'],
  ...['diary', 'topics', 'drafts'],
]);

const description = {
  short: 'A peer support network for leaders of public services.',
  full: [
    'Colloquy runs a peer support network for leaders of public services, across many organisations.',
    'Each week it sends you a prompt to reflect on. Only you can read what you write.',
    'It tells you about small conversations that senior leaders host, and you sign up with one press.',
    'It introduces you to a peer from another organisation, never from your own.',
    'You choose to join, and you can pause or leave whenever you like. Your organisation must take part in the network. Type help to start.',
  ].join('\n\n'),
};

/**
 * What Teams must know of our app. Field by field:
 * https://learn.microsoft.com/microsoft-365/extensibility/schema/
 */
export function manifestFor({ publicUrl, botId, tabAppId, version }: AppPlan) {
  const { host } = new URL(publicUrl);
  return {
    $schema: 'https://developer.microsoft.com/en-us/json-schemas/teams/v1.29/MicrosoftTeams.schema.json',
    manifestVersion: '1.29',
    id: appIdOf(botId),
    version,
    localizationInfo: { defaultLanguageTag: 'en-gb' },
    developer: {
      name: 'Colloquy',
      websiteUrl: publicUrl,
      privacyUrl: `${publicUrl}/privacy`,
      termsOfUseUrl: `${publicUrl}/terms`,
    },
    name: { short: 'Colloquy', full: 'Colloquy: a peer support network' },
    description,
    icons: { color: 'color.png', outline: 'outline.png' },
    // Teams shows it behind the mark in white: the contrast is 11 to 1.
    accentColor: '#10403b',
    bots: [
      {
        botId,
        scopes: ['personal', 'team'],
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: [
          { scopes: ['personal'], commands: personalCommands() },
          {
            scopes: ['team'],
            commands: [{ title: 'help', description: 'where to write to us, and how to announce conversations here' }],
          },
        ],
      },
    ],
    ...(tabAppId === '' ? {} : tabFor(publicUrl, tabAppId)),
    // With the port where there is one: Teams compares it with where the tab comes from.
    validDomains: [host],
    permissions: ['identity', 'messageTeamMembers'],
    defaultInstallScope: 'personal',
  } as const;
}

function personalCommands() {
  const listed = Object.entries(words).filter(([word]) => !unlisted.has(word));
  return listed.map(([title, { description: text }]) => ({ title, description: text }));
}

/** The web home inside Teams, between the chat and what Teams says about the app. */
function tabFor(publicUrl: string, tabAppId: string) {
  return {
    staticTabs: [
      { entityId: 'conversations', scopes: ['personal'] },
      {
        entityId: 'home',
        name: 'My network',
        contentUrl: `${publicUrl}/tab`,
        websiteUrl: publicUrl,
        scopes: ['personal'],
      },
      { entityId: 'about', scopes: ['personal'] },
    ],
    webApplicationInfo: { id: tabAppId, resource: tabResource(publicUrl, tabAppId) },
  } as const;
}

/** The Application ID URI of the tab's registration: its host must be the one that the tab comes from. */
export function tabResource(publicUrl: string, tabAppId: string): string {
  return `api://${new URL(publicUrl).host}/${tabAppId}`;
}

/** Ours alone: the ids below are made from it and from a bot's. */
const namespace = Buffer.from('5ef48f67b4a84051a8450d1c990a9d14', 'hex');

/** The same app for the same bot, and another one for another: by RFC 9562, version 5. */
function appIdOf(botId: string): string {
  const hash = createHash('sha1').update(namespace).update(botId).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
