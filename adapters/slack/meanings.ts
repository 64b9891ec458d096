import type { Outcome } from '../../src/delivery/model.ts';

/** The methods of the Web API that a parcel needs. */
export type Method =
  | 'auth.test'
  | 'chat.delete'
  | 'chat.postMessage'
  | 'chat.update'
  | 'conversations.history'
  | 'conversations.open'
  | 'oauth.v2.access'
  | 'views.publish';

/** What an error code means for a parcel; `closed`: this conversation takes nothing from us, whatever it says. */
export interface Meaning {
  readonly kind: Exclude<Outcome['kind'], 'sent'> | 'closed';
  /** What the operator can do about it, as sentences; '' where there is nothing to do. */
  readonly mend: string;
}

/** How long Slack is left alone when it does not say, in milliseconds. Its limits count calls by the minute. */
export const throttledMs = 60_000;

const install = 'Install the app again.';
const invite = 'Invite the app to the channel.';
const allow = 'An administrator of the workspace has to let the app post there.';
const moving = 'Wait until Slack has moved the workspace into its organisation.';
const credentials = 'Check SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.';
const botToken = 'Use the bot token, which begins with xoxb-.';

const gone: Meaning = { kind: 'gone', mend: '' };
const throttled: Meaning = { kind: 'throttled', mend: '' };
const unknown: Meaning = { kind: 'unknown', mend: '' };
const refused = (mend: string): Meaning => ({ kind: 'refused', mend });
const closed = (mend: string): Meaning => ({ kind: 'closed', mend });
const blocked = (mend: string): Meaning => ({ kind: 'blocked', mend });

/**
 * Every code that is more than a refusal, or that somebody can mend. Each method's page lists its own:
 * https://docs.slack.dev/reference/methods/chat.postMessage · https://docs.slack.dev/reference/methods/chat.update
 * https://docs.slack.dev/reference/methods/chat.delete · https://docs.slack.dev/reference/methods/conversations.open
 * https://docs.slack.dev/reference/methods/conversations.history · https://docs.slack.dev/reference/methods/views.publish
 *
 * `blocked` and `throttled` hold up everyone in the workspace. What one person or one channel meets is none of that,
 * however much an administrator has to do with it.
 */
const meanings: Readonly<Record<string, Meaning>> = {
  // This person, channel or card is not there for us any more.
  app_access_restricted: gone,
  cannot_dm_bot: gone,
  cant_delete_message: gone,
  cant_update_message: gone,
  channel_is_limited_access: gone,
  channel_not_found: gone,
  is_archived: gone,
  is_inactive: gone,
  message_not_found: gone,
  user_disabled: gone,
  user_not_found: gone,
  user_not_visible: gone,
  users_not_found: gone,

  // Slack takes nothing from us in this workspace.
  access_revoked: blocked(install),
  accesslimited: blocked('Allow this server’s address in the workspace’s settings.'),
  account_inactive: blocked(install),
  enterprise_is_restricted: blocked('Install the app in the workspace instead of the organisation.'),
  invalid_auth: blocked(install),
  is_bot: blocked(botToken),
  messages_tab_disabled: blocked('Switch on the Messages tab in the app’s settings.'),
  metadata_must_be_sent_from_app: blocked(install),
  missing_scope: blocked(install),
  not_allowed_token_type: blocked(botToken),
  not_authed: blocked(botToken),
  org_login_required: blocked(moving),
  team_access_not_granted: blocked('An administrator of the organisation has to add the app to the workspace.'),
  team_added_to_org: blocked(moving),
  token_expired: blocked(install),
  token_revoked: blocked(install),
  two_factor_setup_required: blocked('Set up two-factor authentication for whoever installed the app.'),

  // Slack is busy, and says that it did nothing.
  message_limit_exceeded: throttled,
  rate_limited: throttled,
  ratelimited: throttled,
  service_unavailable: throttled,
  external_channel_migrating: { kind: 'later', mend: '' },
  update_failed: { kind: 'later', mend: '' },

  // Slack broke off half way.
  fatal_error: unknown,
  internal_error: unknown,
  request_timeout: unknown,

  // One conversation, or one sort of thing, is closed to us.
  ekm_access_denied: closed(allow),
  no_permission: closed(invite),
  not_enabled: refused('Switch on the Home tab in the app’s settings.'),
  not_in_channel: closed(invite),
  restricted_action: closed(allow),
  restricted_action_non_threadable_channel: closed(allow),
  restricted_action_read_only_channel: closed(allow),
  restricted_action_thread_locked: closed(allow),
  restricted_action_thread_only_channel: closed(allow),
};

/**
 * What one method's code means where it differs. An older install lacks a scope that only groups or look-ups need:
 * everybody else's messages go on.
 */
const exceptions: Readonly<Partial<Record<Method, Readonly<Record<string, Meaning>>>>> = {
  'conversations.history': { missing_scope: refused(install) },
  'conversations.open': { missing_scope: refused(install) },
  'oauth.v2.access': { bad_client_secret: blocked(credentials), invalid_client_id: blocked(credentials) },
};

/** A code that is in no table was a refusal all the same. */
export function meaningOf(code: string, method: Method): Meaning {
  const own = exceptions[method] ?? {};
  return lookUp(own, code) ?? lookUp(meanings, code) ?? refused('');
}

function lookUp(table: Readonly<Record<string, Meaning>>, code: string): Meaning | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
