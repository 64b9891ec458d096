import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from '@slack/bolt';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { manifestFor, notesOn } from '../../../adapters/slack/manifest.ts';
import { botScopes, optionalScopes } from '../../../adapters/slack/scopes.ts';
import { words } from '../../../src/words.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { eventRequest, interaction } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

const schemaFile = new URL('../../support/slack-manifest-schema.json', import.meta.url);
const validate = new Ajv({
  allErrors: true,
  // Slack's schema has notes and an unknown keyword of its own.
  strict: false,
  formats: { uri: URL.canParse },
}).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

/** What Slack's published schema objects to. */
function objections(manifest: unknown): readonly unknown[] {
  validate(manifest);
  return validate.errors ?? [];
}

const publicUrl = 'https://network.example.org';
const http = { publicUrl, socketMode: false, manyWorkspaces: false };
const events = `${publicUrl}/slack/events`;
const redirect = `${publicUrl}/slack/oauth_redirect`;

/** Every address anywhere in it. */
function addressesIn(manifest: unknown): readonly string[] {
  return [...new Set(JSON.stringify(manifest).match(/https?:[^"]+/g))].toSorted();
}

describe('the manifest', () => {
  it('the schema would object', () => {
    expect(objections({ ...manifestFor(http), display_information: {} })).not.toEqual([]);
    expect(objections({ ...manifestFor(http), surprise: 1 })).not.toEqual([]);
  });

  it.each([
    ['over HTTP, one workspace', http, [events]],
    ['over HTTP, many workspaces', { ...http, manyWorkspaces: true }, [events, redirect]],
    ['in Socket Mode, one workspace', { ...http, socketMode: true }, []],
    ['in Socket Mode, many workspaces', { ...http, socketMode: true, manyWorkspaces: true }, [redirect]],
  ])('%s: Slack’s schema takes it, and it holds these addresses only', (_, plan, addresses) => {
    const manifest = manifestFor(plan);
    expect(objections(manifest)).toEqual([]);
    expect(addressesIn(manifest)).toEqual(addresses);
    expect(manifest.settings.socket_mode_enabled).toBe(plan.socketMode);
  });

  it('Slack’s schema takes it whatever the address', () => {
    const plan = fc.record({
      publicUrl: fc.webUrl({ validSchemes: ['http', 'https'] }).map((url) => url.replace(/\/+$/, '')),
      socketMode: fc.boolean(),
      manyWorkspaces: fc.boolean(),
    });
    fc.assert(
      fc.property(plan, (given) => {
        expect(objections(manifestFor(given))).toEqual([]);
      }),
    );
  });

  it('the hint of the command names every word', () => {
    const [command] = manifestFor(http).features.slash_commands;
    for (const word of Object.keys(words)) expect(command?.usage_hint).toMatch(new RegExp(`\\b${word}\\b`));
  });

  it('Slack’s white can be read on the colour: https://www.w3.org/TR/WCAG22/#contrast-minimum', () => {
    const channels = manifestFor(http).display_information.background_color.match(/[0-9a-f]{2}/g) ?? [];
    const linear = channels
      .map((channel) => Number.parseInt(channel, 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    const luminance = [0.2126, 0.7152, 0.0722].reduce((sum, share, index) => sum + share * (linear[index] ?? 1), 0);
    expect(1.05 / (luminance + 0.05)).toBeGreaterThan(7);
  });

  it('is for one workspace at a time, and its tokens last', () => {
    expect(manifestFor({ ...http, manyWorkspaces: true }).settings).toMatchObject({
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    });
  });
});

describe('what is said beside it', () => {
  it.each([
    ['http', { ...http, publicUrl: 'http://localhost:3000' }, 3],
    ['http, to install from', { publicUrl: 'http://a.example', socketMode: true, manyWorkspaces: true }, 3],
    ['https', http, 2],
    ['no address needed', { publicUrl: 'http://localhost:3000', socketMode: true, manyWorkspaces: false }, 2],
  ])('%s', (_, plan, lines) => {
    const notes = notesOn(plan);
    expect(notes).toHaveLength(lines);
    expect(notes.filter((note) => note.includes('https address'))).toHaveLength(lines - 2);
  });

  it('names the settings to copy', () => {
    expect(notesOn(http).join()).toMatch(/SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN/);
    const socket = { publicUrl, socketMode: true, manyWorkspaces: true };
    expect(notesOn(socket).join()).toMatch(/SLACK_APP_TOKEN, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SEC/);
    // Socket Mode is the remedy only for those who are not in it.
    expect(notesOn({ ...socket, publicUrl: 'http://a.example' }).join()).not.toContain('--socket');
  });
});

describe('the adapter behind it', () => {
  const { settings, features } = manifestFor(http);
  let scene: SlackScene;
  /** The events that have a listener of their own. */
  let listened: readonly unknown[];

  beforeAll(async () => {
    const named = vi.spyOn(App.prototype, 'event');
    const messages = vi.spyOn(App.prototype, 'message');
    scene = await openSlackScene();
    listened = [...named.mock.calls.map(([name]) => name), ...messages.mock.calls.map(() => 'message.im')];
    named.mockRestore();
    messages.mockRestore();
  });
  afterAll(async () => {
    await scene.close();
  });

  it('listens to every event it subscribes to, and to no other', () => {
    expect(listened.toSorted()).toEqual(settings.event_subscriptions.bot_events.toSorted());
  });

  it.each(settings.event_subscriptions.bot_events)('takes %s', async (event) => {
    const [type, channel_type] = event.split('.');
    const authorizations = [{ team_id: slackTeam, user_id: scene.emulator.botUser, is_bot: true }];
    const about = { type: 'event_callback', team_id: slackTeam, event_id: `Ev${event}`, authorizations };
    const sent = await scene.post(eventRequest({ ...about, event: { type, channel_type, user: 'UANYBODY' } }));
    expect(sent.status).toBe(200);
  });

  it('knows its shortcuts, and no other', async () => {
    const { client } = await scene.joined();
    const choose = async (type: string, callback_id: string) => {
      scene.takeLog();
      const about = {
        user: { id: client.user, team_id: slackTeam },
        team: { id: slackTeam },
        message: { text: 'Rest' },
      };
      const trigger_id = await scene.emulator.trigger(client.user);
      expect((await scene.post(interaction({ ...about, type, callback_id, trigger_id }))).status).toBe(200);
      return scene.takeLog();
    };
    const unknown = 'shortcut we do not know';
    expect(await choose('shortcut', 'of_another_version')).toContain(unknown);
    for (const { type, callback_id } of features.shortcuts) {
      expect(await choose(type === 'global' ? 'shortcut' : 'message_action', callback_id)).not.toContain(unknown);
    }
  });

  it('answers its command', async () => {
    const { client } = await scene.joined();
    await client.type('help');
    expect((await client.messages()).join()).toContain('What you can do');
  });
});

/** The scope each method needs of a bot: https://docs.slack.dev/reference/methods */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['im:history', 'mpim:history', 'channels:history', 'groups:history'],
  'conversations.open': ['im:write', 'mpim:write'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};
/** What they are sent for, which are not called. */
const scopesOfEvents = { commands: ['commands'], 'message.im': ['im:history'], user_change: ['users:read'] };

describe('its scopes', () => {
  const folder = fileURLToPath(new URL('../../../adapters/slack/', import.meta.url));
  const source = globSync('*.ts', { cwd: folder }).map((file) => readFileSync(`${folder}${file}`, 'utf8'));
  const calls = source.join('\n').matchAll(/\bclient\s*\.(\w+)\s*\.(\w+)\(/g);
  const called = [...new Set([...calls].map(([, family, method]) => `${family}.${method}`))];

  it('are what the adapter’s own calls need: no more, no fewer', () => {
    expect(called.length).toBeGreaterThan(3);
    const needed = called.flatMap((method) => scopesOf[method] ?? [`the scope of ${method}`]);
    const all = new Set([...needed, ...Object.values(scopesOfEvents).flat()]);
    expect([...all].toSorted()).toEqual([...botScopes, ...optionalScopes].toSorted());
  });

  it('the optional ones stand in both lists, as Slack wants them', () => {
    const { bot, bot_optional } = manifestFor(http).oauth_config.scopes;
    expect(bot).toEqual([...botScopes, ...optionalScopes]);
    expect(bot_optional).toEqual([...optionalScopes]);
  });
});
