import type { SlackPlan } from '../../src/config.ts';
import { words } from '../../src/words.ts';
import { callbacks } from './callbacks.ts';
import { botScopes, optionalScopes } from './scopes.ts';

const display = {
  name: 'Colloquy',
  description:
    'A peer support network: weekly reflection prompts, small conversations, and matches across organisations.',
  long_description: [
    'Colloquy runs a peer support network for leaders of public services, across many organisations.',
    'Each week it sends you a prompt to reflect on. Only you can read what you write.',
    'It tells you about small conversations that senior leaders host, and you sign up with one press.',
    'It introduces you to a peer from another organisation, never from your own.',
    'You choose to join, and you can pause or leave whenever you like. Type /colloquy help to start.',
  ].join('\n\n'),
  // Slack writes on it in white: the contrast is 11 to 1.
  background_color: '#10403b',
};

/**
 * What Slack must know of our app, for one deployment. Over HTTP every request comes to one address; in Socket Mode
 * there is none, but the browser of whoever installs the app into one more workspace still comes back to us.
 * Field by field: https://docs.slack.dev/reference/app-manifest
 */
export function manifestFor({ publicUrl, socketMode, manyWorkspaces }: SlackPlan) {
  const events = `${publicUrl}/slack/events`;
  const requests = socketMode ? {} : { request_url: events };
  const redirects = manyWorkspaces ? { redirect_urls: [`${publicUrl}/slack/oauth_redirect`] } : {};
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: display,
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: display.name, always_online: true },
      shortcuts,
      slash_commands: [{ ...command, ...(socketMode ? {} : { url: events }) }],
    },
    oauth_config: {
      ...redirects,
      // Slack wants the optional ones in both lists: https://docs.slack.dev/authentication/installing-with-oauth
      scopes: { bot: [...botScopes, ...optionalScopes], bot_optional: [...optionalScopes] },
    },
    settings: {
      event_subscriptions: { ...requests, bot_events: botEvents },
      interactivity: { is_enabled: true, ...requests },
      // Installed for a whole organisation, one token would be of many workspaces; we refuse that.
      org_deploy_enabled: false,
      socket_mode_enabled: socketMode,
      // It cannot be switched off again. One token in the settings could not be renewed; and of many, a restored
      // backup would hold only spent ones, so that every council would have to install the app again.
      token_rotation_enabled: false,
    },
  };
}

const command = {
  command: '/colloquy',
  description: 'Open your peer support network',
  usage_hint: `[${Object.keys(words).join(' | ')}]`,
  // Escaped as in a message, so that both are read alike.
  should_escape: true,
};

const shortcuts = [
  {
    type: 'global',
    name: 'Suggest a topic',
    callback_id: callbacks.suggestTopic,
    description: 'Suggest what you would like a conversation about',
  },
  {
    type: 'message',
    name: 'Turn into a topic',
    callback_id: callbacks.messageTopic,
    description: 'Turn this into a conversation topic',
  },
] as const;

const botEvents = [
  'app_home_opened',
  'app_uninstalled',
  'message.im',
  // Only acknowledged as yet. An event that is added later reaches no workspace until the app is installed there anew.
  'tokens_revoked',
  'user_change',
] as const;

/** For the operator, beside the manifest: what stands in its way, and what to do with it. */
export function notesOn({ publicUrl, socketMode, manyWorkspaces }: SlackPlan): readonly string[] {
  const isOpen = publicUrl.startsWith('https:');
  const remedy = socketMode ? '' : ', or add --socket for Socket Mode, which needs no address';
  const unreachable = `Slack accepts only https, and this names ${publicUrl}: set PUBLIC_URL to an https address${remedy}.`;
  return [
    ...((socketMode && !manyWorkspaces) || isOpen ? [] : [unreachable]),
    'Next: at https://api.slack.com/apps choose “Create New App”, “From a manifest”, and paste this. For an app you have, paste it under “App Manifest”.',
    `Then set ${settingsFor(socketMode, manyWorkspaces)} (README.md says where they are), start Colloquy, and run: npm run colloquy -- doctor`,
  ];
}

function settingsFor(socketMode: boolean, manyWorkspaces: boolean): string {
  const way = socketMode ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
  return manyWorkspaces
    ? `${way}, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET`
    : `${way} and SLACK_BOT_TOKEN`;
}
