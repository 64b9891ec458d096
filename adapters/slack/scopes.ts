/*
 * What the app asks of a workspace, and why: the least that it works with. Adding a scope has no effect where the app
 * is installed already, until it is installed there again.
 */

/** Without any of these the app does not work: scope by scope, what for. */
const required = {
  'chat:write': 'prompts, reminders and answers; and changing or removing our own',
  commands: '/colloquy',
  'im:history': 'words typed to the bot; and looking up whether a message was sent, after a broken line',
  'im:write': 'opening the conversation with a person in which such a message is looked up',
  'mpim:history': 'looking up whether an introduction was sent, after a broken line',
  'mpim:write': 'the group conversation in which people who were matched are introduced',
  'users:read': 'a person’s name, time zone and language, and whether they left the workspace',
  'users:read.email': 'finding a person on the roster by the address their workspace vouches for',
} as const;

/** An administrator may refuse these: only looking up an announcement after a broken line is lost. */
const optional = {
  'channels:history': 'looking up whether an announcement was sent to a public channel, after a broken line',
  'groups:history': 'the same in a private channel',
} as const;

/** The scopes every workspace grants. */
export const botScopes: readonly string[] = Object.keys(required);
/** The scopes a workspace may leave out: https://docs.slack.dev/changelog/2026/03/16/optional-scopes */
export const optionalScopes: readonly string[] = Object.keys(optional);
