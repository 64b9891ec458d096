import { z } from 'zod';
import { Id } from './schema.ts';
import { unescapeText } from './text.ts';

// What Slack tells us by itself: https://docs.slack.dev/reference/events

const Envelope = z.object({ event_id: Id });

/**
 * Words that a person typed to the bot. A subtype means something else happened (an edit, a file, someone joined), and
 * a `bot_id` that a bot spoke.
 */
export const DirectMessage = Envelope.extend({
  /** The user there is our bot. */
  authorizations: z.tuple([z.object({ user_id: Id })], z.unknown()),
  event: z.object({
    type: z.literal('message'),
    channel_type: z.literal('im'),
    channel: Id,
    user: Id,
    text: z.string(),
    subtype: z.never().optional(),
    bot_id: z.never().optional(),
  }),
}).transform(({ event_id, authorizations: [bot], event }) => ({
  id: event_id,
  isOurs: bot.user_id === event.user,
  user: event.user,
  channel: event.channel,
  text: unescapeText(event.text),
}));
export type DirectMessage = z.infer<typeof DirectMessage>;

/** Somebody opened our app in Slack, on the tab Home. The channel is their conversation with us. */
export const HomeOpened = Envelope.extend({
  event: z.object({ type: z.literal('app_home_opened'), tab: z.literal('home'), user: Id, channel: Id }),
}).transform(({ event_id, event: { user, channel } }) => ({ id: event_id, user, channel }));

/** PostgreSQL takes no zero byte. What Slack does not know of a person is missing, or null. */
const Said = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').replaceAll('\u0000', ''));

const no = z
  .boolean()
  .nullish()
  .transform((is) => is ?? false);
const yes = z
  .boolean()
  .nullish()
  .transform((is) => is ?? true);

/** What we read of a person: https://docs.slack.dev/reference/objects/user-object */
export const User = z.object({
  team_id: Said,
  tz: Said,
  locale: Said,
  deleted: no,
  is_bot: no,
  is_restricted: no,
  is_ultra_restricted: no,
  is_stranger: no,
  is_invited_user: no,
  is_email_confirmed: yes,
  profile: z.object({ email: Said, real_name: Said }),
});
export type User = z.infer<typeof User>;

/** Somebody changed how Slack shows them, or was deactivated. */
export const UserChange = Envelope.extend({
  event: z.object({ type: z.literal('user_change'), user: User.extend({ id: Id }) }),
}).transform(({ event_id, event: { user } }) => ({ id: event_id, user }));
