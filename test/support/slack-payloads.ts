import { eventRequest, formRequest, interaction, type SlackRequest } from './slack-requests.ts';

/*
 * What Slack sends, with all the fields that its documentation shows (https://docs.slack.dev/reference/interaction-payloads,
 * https://docs.slack.dev/reference/events), whether or not the adapter reads them.
 */

/** One thing that Slack sends: the fields of a form, what stands in its `payload`, or JSON. */
export interface Payload {
  readonly way: 'fields' | 'interaction' | 'json';
  readonly body: Readonly<Record<string, unknown>>;
}

export function asRequest({ way, body }: Payload): SlackRequest {
  if (way === 'json') return eventRequest(body);
  if (way === 'interaction') return interaction(body);
  return formRequest(Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)])));
}

/** Who does it, where, and by which trigger. */
export interface Occasion {
  readonly team: string;
  readonly bot: string;
  readonly user: string;
  /** Their conversation with the bot. */
  readonly channel: string;
  readonly trigger: string;
  readonly responseUrl: string;
  /** The window that is open, where there is one. */
  readonly view?: string;
}

export type PayloadName = keyof ReturnType<typeof payloads>;

export function payloads(occasion: Occasion) {
  return { ...typed(occasion), ...pressed(occasion), ...sent(occasion), ...told(occasion), ...asked } as const;
}

const token = 'wJ3pQ8mZ2vN6xK1cT5bR9dYf';
const app = 'A07K2M9QX1P';

function person({ team, user }: Occasion) {
  return { id: user, username: 'priya.n', name: 'priya.n', team_id: team };
}

function common(occasion: Occasion) {
  return {
    token,
    api_app_id: app,
    team: { id: occasion.team, domain: 'northshire' },
    user: person(occasion),
    enterprise: null,
    is_enterprise_install: false,
  };
}

function typed({ team, user, channel, trigger, responseUrl }: Occasion) {
  const command: Payload = {
    way: 'fields',
    body: {
      token,
      team_id: team,
      team_domain: 'northshire',
      channel_id: channel,
      channel_name: 'directmessage',
      user_id: user,
      user_name: 'priya.n',
      command: '/colloquy',
      text: 'help',
      api_app_id: app,
      is_enterprise_install: 'false',
      response_url: responseUrl,
      trigger_id: trigger,
    },
  };
  const sslCheck: Payload = { way: 'fields', body: { token, ssl_check: '1' } };
  return { command, sslCheck };
}

const help = '{"kind":"network.help","asked":""}';

function button(value: string, actionTs: string) {
  const text = { type: 'plain_text', text: 'What can I do?', emoji: false };
  return { type: 'button', action_id: 'card:0', block_id: 'q1Xz', text, value, action_ts: actionTs };
}

function pressed(occasion: Occasion) {
  const { channel, bot, responseUrl, trigger, team, view = 'V07PAGE0001' } = occasion;
  const ts = '1803211200.004319';
  const press = { type: 'block_actions', ...common(occasion), trigger_id: trigger, state: { values: {} } };
  const message = {
    user: bot,
    type: 'message',
    ts,
    bot_id: 'B07COLLOQUY',
    app_id: app,
    text: 'Your prompt for this week',
    team,
    blocks: [{ type: 'actions', block_id: 'q1Xz', elements: [button(help, '')] }],
  };
  const inChat = { channel: { id: channel, name: 'directmessage' }, response_url: responseUrl };
  const container = { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false };
  const onMessage: Payload = {
    way: 'interaction',
    body: { ...press, ...inChat, container, message, actions: [button(help, '1803211260.118204')] },
  };
  const onEphemeral: Payload = {
    way: 'interaction',
    body: {
      ...press,
      ...inChat,
      container: { ...container, message_ts: '1803211300.000200', is_ephemeral: true },
      actions: [button(help, '1803211320.530017')],
    },
  };
  const modal = {
    ...viewOf(occasion, view),
    type: 'modal',
    title: plainText('Your journal'),
    close: plainText('Close'),
  };
  const inModal: Payload = {
    way: 'interaction',
    body: {
      ...press,
      container: { type: 'view', view_id: view },
      view: modal,
      actions: [button(help, '1803211380.002941')],
    },
  };
  const home = { ...viewOf(occasion, 'V07HOME0001'), type: 'home', title: plainText('View Title'), close: null };
  const onHome: Payload = {
    way: 'interaction',
    body: {
      ...press,
      container: { type: 'view', view_id: home.id },
      view: home,
      actions: [button(help, '1803211440.720655')],
    },
  };
  return { onMessage, onEphemeral, inModal, onHome };
}

function plainText(text: string) {
  return { type: 'plain_text', text, emoji: true };
}

function viewOf({ team, bot }: Occasion, id: string) {
  return {
    id,
    team_id: team,
    app_id: app,
    app_installed_team_id: team,
    bot_id: `B${bot.slice(1)}`,
    blocks: [{ type: 'actions', block_id: 'q1Xz', elements: [button(help, '')] }],
    private_metadata: '',
    callback_id: '',
    state: { values: {} },
    hash: '1803211370.kQzW81Pd',
    title: plainText('Pause'),
    clear_on_close: false,
    notify_on_close: false,
    close: plainText('Cancel'),
    submit: null,
    previous_view_id: null,
    root_view_id: id,
    external_id: '',
  };
}

function sent(occasion: Occasion) {
  const { trigger, responseUrl, channel } = occasion;
  const form = {
    ...viewOf(occasion, 'V07FORM0001'),
    type: 'modal',
    callback_id: 'form',
    private_metadata: '{"kind":"network.pause"}',
    submit: plainText('Pause'),
    blocks: [
      { type: 'input', block_id: 'programmes', optional: false },
      { type: 'input', block_id: 'until', optional: false },
    ],
    state: {
      values: {
        programmes: {
          programmes: {
            type: 'checkboxes',
            selected_options: [
              { text: plainText('Weekly prompts'), value: 'prompts' },
              { text: plainText('Matches with peers'), value: 'matching' },
            ],
          },
        },
        until: { until: { type: 'datepicker', selected_date: '2027-05-04' } },
      },
    },
  };
  const viewSubmission: Payload = {
    way: 'interaction',
    body: { type: 'view_submission', ...common(occasion), trigger_id: trigger, view: form, response_urls: [] },
  };
  const viewClosed: Payload = {
    way: 'interaction',
    body: { type: 'view_closed', ...common(occasion), view: form, is_cleared: false },
  };
  const shortcut: Payload = {
    way: 'interaction',
    body: {
      type: 'shortcut',
      ...common(occasion),
      action_ts: '1803211500.118400',
      callback_id: 'suggest_topic',
      trigger_id: trigger,
    },
  };
  const messageAction: Payload = {
    way: 'interaction',
    body: {
      type: 'message_action',
      ...common(occasion),
      action_ts: '1803211560.991200',
      callback_id: 'message_topic',
      trigger_id: trigger,
      channel: { id: channel, name: 'housing' },
      message_ts: '1803211550.000300',
      message: {
        type: 'message',
        user: 'U07OTHER001',
        ts: '1803211550.000300',
        text: 'How do <@U07OTHER001> and <#C07HOUSING1|housing> share the <https://plan.example/a|plan> &amp; the cost?',
        client_msg_id: '2d3a9c52-8a6e-4c0f-9b35-0d3f7c1e4a10',
        blocks: [{ type: 'rich_text', block_id: 'Z9', elements: [] }],
      },
      response_url: responseUrl,
    },
  };
  return { viewSubmission, viewClosed, shortcut, messageAction };
}

function event({ team, bot }: Occasion, id: string, what: Readonly<Record<string, unknown>>): Payload {
  return {
    way: 'json',
    body: {
      token,
      team_id: team,
      context_team_id: team,
      context_enterprise_id: null,
      api_app_id: app,
      event: what,
      type: 'event_callback',
      event_id: id,
      event_time: 1_803_211_600,
      authorizations: [
        { enterprise_id: null, team_id: team, user_id: bot, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      event_context: '4-eyJldCI6Im1lc3NhZ2UifQ',
    },
  };
}

function told(occasion: Occasion) {
  const { team, bot, user, channel } = occasion;
  const about = { client_msg_id: 'b1f0a3de-7f7e-4b63-9f0b-9a3a6a7c2e55', team, blocks: [], channel };
  const words = { user, type: 'message', ts: '1803211600.554219', text: 'help', ...about };
  const opened = { type: 'app_home_opened', user, channel, event_ts: '1803211610.774312' };
  const member = { id: user, team_id: team, name: 'priya.n', deleted: false, color: '9f69e7', real_name: 'Priya Nair' };
  const profile = {
    title: 'Director of Housing',
    phone: '',
    skype: '',
    real_name: 'Priya Nair',
    real_name_normalized: 'Priya Nair',
    display_name: 'Priya',
    display_name_normalized: 'Priya',
    fields: {},
    status_text: 'On leave',
    status_emoji: '',
    status_expiration: 0,
    avatar_hash: 'ge3b51ca72de',
    email: 'priya.nair@northshire.example',
    image_72: 'https://images.example/72.png',
    team,
  };
  const flags = {
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
  const zone = { tz: 'Asia/Tokyo', tz_label: 'Japan Standard Time', tz_offset: 32_400, locale: 'ja-JP' };
  const whole = { ...member, ...zone, ...flags, profile, updated: 1_803_211_620 };
  const stamp = { cache_ts: 1_803_211_620, event_ts: '1803211620.001200' };
  return {
    messageIm: event(occasion, 'Ev07WORDS001', { ...words, event_ts: words.ts, channel_type: 'im' }),
    appHomeOpened: event(occasion, 'Ev07HOME0001', { ...opened, tab: 'home', view: viewOf(occasion, 'V07HOME0001') }),
    messagesOpened: event(occasion, 'Ev07HOME0002', { ...opened, tab: 'messages' }),
    userChange: event(occasion, 'Ev07USER0001', { type: 'user_change', user: whole, ...stamp }),
    teamJoin: event(occasion, 'Ev07JOIN0001', { type: 'team_join', user: { ...whole, id: 'U07NEWHERE1' }, ...stamp }),
    appUninstalled: event(occasion, 'Ev07GONE0001', { type: 'app_uninstalled', event_ts: '1803211640.000100' }),
    tokensRevoked: event(occasion, 'Ev07GONE0002', {
      type: 'tokens_revoked',
      tokens: { oauth: [], bot: [bot] },
      event_ts: '1803211640.000200',
    }),
  };
}

const asked = {
  urlVerification: {
    way: 'json',
    body: { token, challenge: 'kR7v2XqLw0pTn4Jz9aYd', type: 'url_verification' },
  },
} as const satisfies Record<string, Payload>;
