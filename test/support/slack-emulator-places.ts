import { z } from 'zod';
import type { Rows, Workspace } from './slack-emulator.ts';

const Message = z.object({
  ts: z.string(),
  channel_id: z.string(),
  /** Who wrote it. */
  user: z.string(),
  text: z.string(),
  blocks: z.array(z.unknown()).default([]),
  metadata: z.unknown().optional(),
});
export type StoredMessage = z.infer<typeof Message>;

const Titled = z.object({ text: z.string() }).nullish();
const View = z.object({
  id: z.number(),
  type: z.enum(['home', 'modal']),
  view_id: z.string(),
  user_id: z.string(),
  root_view_id: z.string(),
  previous_view_id: z.string().nullish(),
  title: Titled,
  close: Titled,
  submit: Titled,
  callback_id: z.string(),
  private_metadata: z.string(),
  hash: z.string(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
});
export type StoredView = z.infer<typeof View>;

/** What stands in a workspace: conversations, channels, groups, and each person's windows and home. */
export interface Places {
  /** The messages in the bot's conversation with this person, the oldest first. */
  messagesTo(user: string): readonly StoredMessage[];
  messagesIn(channel: string): readonly StoredMessage[];
  /** The groups of the bot and at least two people, by the ids of those in it. */
  groups(): readonly { readonly id: string; readonly members: readonly string[] }[];
  addChannel(channel: NewChannel): void;
  /** Somebody removes a message, as its channel's administrator may. */
  removeMessage(channel: string, ts: string): void;
  /** The bot is thrown out of a channel. */
  removeBot(channel: string): void;
  /** What the app's home shows this person; `undefined` before there is one. */
  homeOf(user: string): StoredView | undefined;
  /** This person's open modals, the uppermost last. */
  modalsOf(user: string): readonly StoredView[];
  closeModal(view: StoredView): void;
  /** A fresh trigger id, as Slack gives one with each interaction. */
  trigger(user: string, view?: StoredView): Promise<string>;
}

interface NewChannel {
  readonly id: string;
  /** Ids of people. */
  readonly members: readonly string[];
  readonly botIn: boolean;
  readonly isPrivate?: boolean;
}

type CallMethod = (method: string, body: Readonly<Record<string, unknown>>) => Promise<unknown>;

export function places(rows: Rows, workspace: Workspace, call: CallMethod): Places {
  const messagesIn = (channel: string) =>
    rows('messages')
      .findBy('channel_id', channel)
      .map((row) => Message.parse(row));
  const views = (user: string) =>
    rows('views')
      .findBy('user_id', user)
      .map((row) => View.parse(row));
  return {
    ...channels(rows, workspace),
    messagesIn,
    messagesTo(user) {
      const direct = rows('channels')
        .all()
        .filter((channel) => channel['is_im'] === true && channel['user'] === user);
      return direct.flatMap((channel) => messagesIn(String(channel['channel_id'])));
    },
    removeMessage(channel, ts) {
      const found = rows('messages')
        .findBy('ts', ts)
        .find((row) => row['channel_id'] === channel);
      if (found !== undefined) rows('messages').delete(found.id);
    },
    homeOf: (user) => views(user).find(({ type }) => type === 'home'),
    modalsOf: (user) => views(user).filter(({ type }) => type === 'modal'),
    closeModal(view) {
      rows('views').delete(view.id);
    },
    async trigger(user, view) {
      const about = view === undefined ? { user_id: user } : { user_id: user, view_id: view.view_id };
      return z.object({ trigger_id: z.string() }).parse(await call('views.generateTriggerId', about)).trigger_id;
    },
  };
}

const Members = z.array(z.string());

function channels(rows: Rows, { team, botUser }: Workspace): Pick<Places, 'addChannel' | 'groups' | 'removeBot'> {
  return {
    addChannel({ id, members, botIn, isPrivate = false }) {
      const inside = [...members, ...(botIn ? [botUser] : [])];
      const about = { topic: blank, purpose: blank, creator: members[0] ?? botUser, num_members: inside.length };
      const kind = { is_channel: !isPrivate, is_private: isPrivate, is_im: false, is_mpim: false, is_archived: false };
      const name = id.toLowerCase();
      rows('channels').insert({ channel_id: id, team_id: team, name, members: inside, ...kind, ...about });
    },
    removeBot(channel) {
      for (const row of rows('channels').findBy('channel_id', channel)) {
        const members = Members.parse(row['members']).filter((member) => member !== botUser);
        rows('channels').update(row.id, { members, num_members: members.length });
      }
    },
    groups() {
      const found = rows('channels')
        .all()
        .filter((channel) => channel['is_mpim'] === true);
      return found.map((row) => {
        const members = Members.parse(row['members']).filter((member) => member !== botUser);
        return { id: String(row['channel_id']), members: members.toSorted() };
      });
    },
  };
}

const blank = { value: '', creator: '', last_set: 0 };
