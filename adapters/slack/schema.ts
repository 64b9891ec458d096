import type { types } from '@slack/bolt';
import { z } from 'zod';
import { writeValues } from '../../src/messages/form.ts';
import { unescapeText } from './text.ts';

// Only what we read; Slack sends much more, and adds to it without notice.

/** What Slack names things by; PostgreSQL takes no text with a zero byte, and these become text there. */
export const Id = z.string().regex(/^[\w.:-]{1,255}$/);

/** `/colloquy help` */
export const Command = z
  .object({ user_id: Id, text: z.string().default(''), trigger_id: Id })
  .transform(({ user_id, text, trigger_id }) => ({
    user: user_id,
    text: unescapeText(text),
    trigger: trigger_id,
  }));
export type Command = z.infer<typeof Command>;

/** Which workspaces a request names is not read: see `from` in sender.ts. */
const Actor = z.object({ user: z.object({ id: Id }) });

/** Something of ours was chosen from Slack's menus; `message` is the one it was chosen on. */
export const Shortcut = Actor.extend({
  callback_id: z.string(),
  trigger_id: Id,
  message: z.object({ text: z.string().nullish() }).nullish(),
}).transform(({ user, callback_id, trigger_id, message }) => ({
  user: user.id,
  callback: callback_id,
  trigger: trigger_id,
  text: message?.text ?? '',
}));
export type Shortcut = z.infer<typeof Shortcut>;

/** A window, or the Home, as it stood when something in it was pressed. Its blocks are ours, and go back as they came. */
const View = z
  .object({
    id: Id,
    type: z.enum(['modal', 'home']).default('modal'),
    /** Changes with whatever the window shows. */
    hash: Id.nullish(),
    /** A Home has none. */
    title: z.object({ text: z.string() }).nullish(),
    close: z.object({ text: z.string() }).nullish(),
    blocks: z.array(z.custom<types.AnyBlock>((block) => typeof block === 'object' && block !== null)),
    root_view_id: z.string().nullish(),
    previous_view_id: z.string().nullish(),
  })
  .transform(({ hash, title, close, root_view_id, previous_view_id, ...view }) => ({
    ...view,
    version: hash ?? '',
    title: title?.text ?? '',
    close: close?.text ?? '',
    /** Slack stacks three modals and no more. */
    isThird: (previous_view_id ?? '') !== '' && previous_view_id !== root_view_id,
  }));
export type View = z.infer<typeof View>;

const OnMessage = z.object({
  type: z.literal('message'),
  channel_id: Id,
  message_ts: Id,
  is_ephemeral: z
    .boolean()
    .nullish()
    .transform((is) => is ?? false),
});

const InView = z.object({ container: z.object({ type: z.literal('view') }), view: View }).transform(({ view }) => ({
  kind: view.type,
  id: view.id,
  view,
}));

const InChat = z
  .object({ container: OnMessage })
  .transform(({ container: { channel_id, message_ts, is_ephemeral } }) => ({
    kind: 'message' as const,
    id: `${channel_id}:${message_ts}`,
    channel: channel_id,
    ts: message_ts,
    isEphemeral: is_ephemeral,
    /** In a channel or a group others read the same card; an id with D is a conversation with us alone. */
    isShared: !is_ephemeral && !channel_id.startsWith('D'),
  }));

/** Seconds since 1970, with microseconds behind the point; `undefined` where it is not that. */
const Moment = z
  .string()
  .regex(/^\d{9,11}(\.\d{1,6})?$/)
  .optional()
  .catch(undefined);

const Action = z.object({
  block_id: z.string(),
  action_id: Id,
  action_ts: Moment,
  /** A button that opens an address carries none. */
  value: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
});

/** A button was pressed: on a message, in a window, or on the Home. */
export const Press = Actor.extend({ trigger_id: Id, actions: z.tuple([Action], z.unknown()) })
  .and(z.union([InView, InChat]))
  .transform(({ user, trigger_id, actions: [action], ...place }) => ({
    user: user.id,
    trigger: trigger_id,
    block: action.block_id,
    action: action.action_id,
    value: action.value,
    /** When it was pressed, by Slack's clock. */
    at: action.action_ts === undefined ? undefined : new Date(Number(action.action_ts) * 1000),
    /** What no other press shares. */
    moment: action.action_ts ?? trigger_id,
    place,
  }));
export type Press = z.infer<typeof Press>;

const Answer = z
  .object({
    value: z.string().nullish(),
    selected_date: z.string().nullish(),
    selected_time: z.string().nullish(),
    selected_conversation: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_options: z.array(z.object({ value: z.string() })).nullish(),
  })
  .transform(
    (answer) =>
      answer.value ??
      answer.selected_conversation ??
      answer.selected_date ??
      answer.selected_time ??
      answer.selected_option?.value ??
      writeValues((answer.selected_options ?? []).map(({ value }) => value)),
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

/** A form was sent: by block, and in it by element, what was answered; '' for nothing. */
export const Submission = Actor.extend({
  view: z.object({
    id: Id,
    /** Changes with whatever the window shows. */
    hash: Id.nullish(),
    private_metadata: Completes,
    state: z.object({ values: z.record(z.string(), z.record(z.string(), Answer)) }),
  }),
}).transform(({ user, view }) => ({
  user: user.id,
  view: view.id,
  version: view.hash ?? '',
  completes: view.private_metadata,
  answers: view.state.values,
}));
export type Submission = z.infer<typeof Submission>;
