import { z } from 'zod';
import type { SlackOptions } from '../../adapters/slack/app.ts';
import { type Collection, startSlackEmulator } from './slack-emulator-hook.ts';
import { type Additions, addRoutes, type Call, type Failure } from './slack-emulator-routes.ts';

interface SlackUser {
  readonly id: string;
  readonly email: string;
  /** What else users.info says of them, such as `is_restricted`. */
  readonly about?: Readonly<Record<string, unknown>>;
}

const Message = z.object({
  ts: z.string(),
  channel_id: z.string(),
  text: z.string(),
  blocks: z.array(z.unknown()).default([]),
});
type StoredMessage = z.infer<typeof Message>;

const View = z.object({
  id: z.number(),
  view_id: z.string(),
  user_id: z.string(),
  root_view_id: z.string(),
  previous_view_id: z.string().nullish(),
  title: z.object({ text: z.string() }),
  close: z.object({ text: z.string() }).nullish(),
  submit: z.object({ text: z.string() }).nullish(),
  callback_id: z.string(),
  private_metadata: z.string(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })),
});
export type StoredView = z.infer<typeof View>;

/** A workspace of Slack's emulator, with our bot in it. Made anew for each test file: its `reset` forgets the hook. */
export interface SlackEmulator {
  readonly options: SlackOptions;
  readonly team: string;
  readonly botUser: string;
  addUser(user: SlackUser): void;
  /** The person is deactivated. */
  removeUser(id: string): void;
  /** The next call of this method fails. */
  fail(method: string, failure: Failure): void;
  /** What was sent to this method so far. */
  calls(method: string): readonly Call[];
  /** The messages in the bot's conversation with this person, the oldest first. */
  messagesTo(user: string): readonly StoredMessage[];
  /** This person's open modals, the uppermost last. */
  modalsOf(user: string): readonly StoredView[];
  closeModal(view: StoredView): void;
  /** A fresh trigger id, as Slack gives one with each interaction. */
  trigger(user: string, view?: StoredView): Promise<string>;
  /** A fresh response_url; `receive` gets what is sent to it. */
  responseUrl(receive: (body: unknown) => void): string;
  call(method: string, body: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Everything the emulator holds, as text. */
  dump(): string;
  close(): Promise<void>;
}

/** The workspace everyone is in. */
export const slackTeam = 'TCOUNCIL01';
const botUser = 'UCOLLOQUY1';
const botToken = 'xoxb-colloquy';
const signingSecret = 'a-signing-secret-of-the-tests';
/** The least that the adapter needs: a call that needs more fails. */
const scopes = ['chat:write', 'commands', 'im:history', 'im:write', 'users:read', 'users:read.email'];

export async function openSlackEmulator(): Promise<SlackEmulator> {
  const additions: Additions = { failures: new Map(), calls: new Map(), receivers: [], readUser: () => undefined };
  const { emulator, store } = await startSlackEmulator(seed(), (app) => addRoutes(app, additions));
  const rows = (kind: string) => store.collection(`slack.${kind}`);
  renameTeam(rows);
  additions.readUser = (id) => rows('users').findBy('user_id', id)[0];
  const base = emulator.url.replace('localhost', '127.0.0.1');
  return {
    options: { signingSecret, botToken, apiUrl: `${base}/api/` },
    team: slackTeam,
    botUser,
    ...people(rows),
    ...screens(rows, base),
    fail(method, failure) {
      additions.failures.set(method, [...(additions.failures.get(method) ?? []), failure]);
    },
    calls: (method) => additions.calls.get(method) ?? [],
    responseUrl(receive) {
      additions.receivers.push(receive);
      return `${base}/respond/${additions.receivers.length - 1}`;
    },
    dump: () => JSON.stringify(store.snapshot()),
    close: () => emulator.close(),
  };
}

function seed(): Readonly<Record<string, unknown>> {
  const bot = { app_id: 'ACOLLOQUY1', client_id: '1.1', bot_id: 'BCOLLOQUY1', bot_user_id: botUser, scopes };
  const app = { ...bot, client_secret: 'unused', name: 'Colloquy', bot_name: 'colloquy', redirect_uris: [] };
  const token = { ...bot, token: botToken, type: 'bot', user_id: botUser };
  return { oauth_apps: [app], tokens: [token], signing_secret: signingSecret, strict_scopes: true };
}

type Rows = (kind: string) => Collection;

/** The emulator's team has a fixed id; ours shows that nothing relies on it. */
function renameTeam(rows: Rows): void {
  for (const kind of ['teams', 'users', 'channels', 'tokens', 'installations']) {
    for (const row of rows(kind).all()) rows(kind).update(row.id, { team_id: slackTeam });
  }
}

function people(rows: Rows): Pick<SlackEmulator, 'addUser' | 'removeUser'> {
  return {
    addUser({ id, email, about = {} }) {
      const profile = { email, real_name: id, display_name: id };
      const common = { user_id: id, team_id: slackTeam, name: id.toLowerCase(), real_name: id, email, profile };
      rows('users').insert({ ...common, is_admin: false, is_bot: false, deleted: false, presence: 'active', about });
    },
    removeUser(id) {
      for (const row of rows('users').findBy('user_id', id)) rows('users').update(row.id, { deleted: true });
    },
  };
}

function screens(
  rows: Rows,
  base: string,
): Pick<SlackEmulator, 'call' | 'messagesTo' | 'modalsOf' | 'closeModal' | 'trigger'> {
  const call: SlackEmulator['call'] = async (method, body) => {
    const headers = { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' };
    const response = await fetch(`${base}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return await response.json();
  };
  const isWith = (user: string) => (channel: Readonly<Record<string, unknown>>) =>
    channel['is_im'] === true && channel['user'] === user;
  return {
    call,
    messagesTo(user) {
      const channels = rows('channels').all().filter(isWith(user));
      const found = channels.flatMap((channel) => rows('messages').findBy('channel_id', String(channel['channel_id'])));
      return found.map((row) => Message.parse(row));
    },
    modalsOf(user) {
      const views = rows('views').findBy('user_id', user);
      return views.map((row) => View.parse(row));
    },
    closeModal(view) {
      rows('views').delete(view.id);
    },
    async trigger(user, view) {
      const about = view === undefined ? { user_id: user } : { user_id: user, view_id: view.view_id };
      return z.object({ trigger_id: z.string() }).parse(await call('views.generateTriggerId', about)).trigger_id;
    },
  };
}
