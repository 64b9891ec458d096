import type { types } from '@slack/bolt';
import { z } from 'zod';
import { unescapeText } from './text.ts';

// Only what we read; Slack sends much more, and adds to it without notice.

/** `/colloquy help` */
export const Command = z
  .object({ team_id: z.string(), user_id: z.string(), text: z.string().default(''), trigger_id: z.string() })
  .transform(({ team_id, user_id, text, trigger_id }) => ({
    space: team_id,
    user: user_id,
    text: unescapeText(text),
    trigger: trigger_id,
  }));
export type Command = z.infer<typeof Command>;

/**
 * Words that a person typed to the bot. A subtype means something else happened (an edit, a file, someone joined), and
 * a `bot_id` that a bot spoke. The workspace is the one the app is installed in, which `team_id` alone does not say.
 */
export const DirectMessage = z
  .object({
    event_id: z.string(),
    authorizations: z.array(z.object({ team_id: z.string(), user_id: z.string() })).min(1),
    event: z.object({
      type: z.literal('message'),
      channel_type: z.literal('im'),
      channel: z.string(),
      user: z.string(),
      text: z.string(),
      subtype: z.never().optional(),
      bot_id: z.never().optional(),
    }),
  })
  .transform(({ event_id, authorizations, event }) => ({
    id: event_id,
    space: authorizations[0]?.team_id ?? '',
    isOurs: authorizations[0]?.user_id === event.user,
    user: event.user,
    channel: event.channel,
    text: unescapeText(event.text),
  }));
export type DirectMessage = z.infer<typeof DirectMessage>;

const Actor = z.object({
  user: z.object({ id: z.string(), team_id: z.string().default('') }),
  /** Absent where the app is installed for a whole organisation. */
  team: z.object({ id: z.string() }).nullish(),
});

/** A modal as it stood when something in it was pressed. Its blocks are ours, and go back as they came. */
const View = z
  .object({
    id: z.string(),
    title: z.object({ text: z.string() }),
    close: z.object({ text: z.string() }).nullish(),
    blocks: z.array(z.custom<types.AnyBlock>((block) => typeof block === 'object' && block !== null)),
    root_view_id: z.string().nullish(),
    previous_view_id: z.string().nullish(),
    app_installed_team_id: z.string().nullish(),
  })
  .transform(({ id, title, close, blocks, root_view_id, previous_view_id, app_installed_team_id }) => ({
    id,
    title: title.text,
    close: close?.text ?? '',
    blocks,
    space: app_installed_team_id ?? '',
    /** Slack stacks three modals and no more. */
    isThird: (previous_view_id ?? '') !== '' && previous_view_id !== root_view_id,
  }));

const Container = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    channel_id: z.string(),
    message_ts: z.string(),
    is_ephemeral: z.boolean().default(false),
  }),
  z.object({ type: z.literal('view') }),
]);

/** A button was pressed, on a message or in a modal. One that opens an address carries no value. */
export const Press = Actor.extend({
  trigger_id: z.string(),
  actions: z.array(z.object({ block_id: z.string(), value: z.string().default('') })).min(1),
  container: Container,
  view: View.optional(),
}).transform(({ user, team, trigger_id, actions, container, view }) => ({
  space: (view?.space ?? '') || (team?.id ?? user.team_id),
  user: user.id,
  trigger: trigger_id,
  block: actions[0]?.block_id ?? '',
  value: actions[0]?.value ?? '',
  container,
  view,
}));
export type Press = z.infer<typeof Press>;

const Answer = z
  .object({
    value: z.string().nullish(),
    selected_date: z.string().nullish(),
    selected_time: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
  })
  .transform(
    (answer) =>
      answer.value ?? answer.selected_date ?? answer.selected_time ?? answer.selected_option?.value ?? undefined,
  );

/** What a form completes, as it came back from Slack; `undefined` when it is not that. */
const Completes = z
  .string()
  .transform((text, context) => {
    try {
      const read: unknown = JSON.parse(text);
      return read;
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string()))
  .optional()
  .catch(undefined);

/** A form was sent: by block, and in it by element, what was answered. */
export const Submission = Actor.extend({
  view: z.object({
    private_metadata: Completes,
    app_installed_team_id: z.string().nullish(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), Answer)) }),
  }),
}).transform(({ user, team, view }) => ({
  space: (view.app_installed_team_id ?? '') || (team?.id ?? user.team_id),
  user: user.id,
  completes: view.private_metadata,
  answers: view.state.values,
}));
export type Submission = z.infer<typeof Submission>;

/** What we read of a person: https://docs.slack.dev/reference/objects/user-object */
export const User = z.object({
  team_id: z.string().default(''),
  tz: z.string().default(''),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_invited_user: z.boolean().default(false),
  is_email_confirmed: z.boolean().default(true),
  profile: z.object({ email: z.string().default('') }),
});
