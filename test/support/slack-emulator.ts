import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { systemClock } from '../../src/time/clock.ts';
import { createFaults, type Faults } from './slack-emulator-faults.ts';
import { type Collection, type Store, startSlackEmulator } from './slack-emulator-hook.ts';
import { type Places, places } from './slack-emulator-places.ts';
import { type Additions, addRoutes, type Call, describeUser, type MadeCall } from './slack-emulator-routes.ts';
import { eventRequest, type SlackRequest } from './slack-requests.ts';

interface SlackUser {
  readonly id: string;
  readonly email: string;
  /** What else users.info says of them, such as `is_restricted`. */
  readonly about?: Readonly<Record<string, unknown>>;
}

/** A workspace of Slack's emulator, with our bot in it. Made anew for each test file: its `reset` forgets the hook. */
export interface SlackEmulator extends Places, Omit<Faults, 'take' | 'mended'> {
  readonly options: { readonly signingSecret: string; readonly botToken: string; readonly apiUrl: string };
  /** Where it listens, as http://127.0.0.1:port */
  readonly base: string;
  readonly team: string;
  readonly botUser: string;
  addUser(user: SlackUser): void;
  /** The person as Slack describes them in `users.info` and events. */
  describeUser(id: string): Readonly<Record<string, unknown>>;
  /** What Slack says of the person from now on, beside what it said already. */
  changeUser(id: string, about: Readonly<Record<string, unknown>>): void;
  /** The id of the person with this address. */
  userWith(email: string): string;
  /** The person is deactivated. */
  removeUser(id: string): void;
  /** What was sent to this method so far. */
  calls(method: string): readonly Call[];
  /** Everything that was sent to any method, in order. */
  made(): readonly MadeCall[];
  /** A fresh response_url; `receive` gets what is sent to it. */
  responseUrl(receive: (body: unknown) => void): string;
  call(method: string, body: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** An event as Slack sends it to the app in this workspace. Its id tells a repetition; `at` is when it happened. */
  event(event: Readonly<Record<string, unknown>>, id?: string, at?: Date): SlackRequest;
  /** Whether this workspace gave out the token, or the code of an installation under way. */
  knows(tokenOrCode: string): boolean;
  /** From now on no token that was given out works, and each call says so with `error`. */
  revoke(error: 'token_revoked' | 'account_inactive'): void;
  /** Everything the emulator holds, as text. */
  dump(): string;
  close(): Promise<void>;
}

/** What tells one workspace from another. The app is the same in all of them. */
export interface Workspace {
  readonly team: string;
  readonly name: string;
  readonly botUser: string;
  /** Given out beforehand; others come with each installation. */
  readonly botToken: string;
}

/** The workspace everyone is in, where there is one. */
export const slackTeam = 'TCOUNCIL01';
const oneWorkspace: Workspace = {
  team: slackTeam,
  name: 'Council',
  botUser: 'UCOLLOQUY1',
  botToken: 'xoxb-colloquy',
};

/** The app as Slack has it registered. */
export const slackApp = {
  id: 'ACOLLOQUY1',
  clientId: '1.1',
  clientSecret: 'a-client-secret-of-the-tests',
  signingSecret: 'a-signing-secret-of-the-tests',
  redirectUri: 'http://localhost:3000/slack/oauth_redirect',
} as const;

/** What the adapter may ask for: a call that needs more fails. */
const scopes = [
  'channels:history',
  'chat:write',
  'commands',
  'groups:history',
  'im:history',
  'im:write',
  'mpim:history',
  'mpim:write',
  'users:read',
  'users:read.email',
];

/** What the tests themselves call with: it may do anything, and is never revoked. */
const harnessToken = 'xoxb-the-tests';

export async function openSlackEmulator(workspace: Workspace = oneWorkspace): Promise<SlackEmulator> {
  const revoked = new Map<string, string>();
  const additions = prepare(revoked);
  const { emulator, store } = await startSlackEmulator(seed(workspace), (app) => addRoutes(app, additions));
  const rows = (kind: string) => store.collection(`slack.${kind}`);
  nameTeam(rows, workspace);
  additions.find = (kind, column, value) => rows(kind).findBy(column, value)[0];
  const { faults, made } = additions;
  const base = emulator.url.replace('localhost', '127.0.0.1');
  const call = callWith(base);
  return {
    options: { signingSecret: slackApp.signingSecret, botToken: workspace.botToken, apiUrl: `${base}/api/` },
    base,
    team: workspace.team,
    botUser: workspace.botUser,
    ...people(rows, workspace),
    ...places(rows, workspace, call),
    fail: faults.fail,
    mend: faults.mend,
    calls: (method) => made.filter((one) => one.method === method).map(({ args }) => args),
    made: () => made,
    responseUrl(receive) {
      additions.receivers.push(receive);
      return `${base}/respond/${additions.receivers.length - 1}`;
    },
    call,
    event: (event, id = `Ev${randomUUID()}`, at = systemClock.now()) => envelope(workspace, event, id, at),
    knows: (given) => given !== '' && (rows('tokens').findBy('token', given).length > 0 || codesOf(store).has(given)),
    revoke(error) {
      for (const { token } of rows('tokens').all()) {
        if (token !== harnessToken) revoked.set(String(token), error);
      }
    },
    dump: () => JSON.stringify(store.snapshot()),
    async close() {
      // What hangs would be waited for.
      faults.mend();
      await emulator.close();
    },
  };
}

function envelope(
  { team, botUser }: Workspace,
  event: Readonly<Record<string, unknown>>,
  event_id: string,
  at: Date,
): SlackRequest {
  const bot = { enterprise_id: null, team_id: team, user_id: botUser, is_bot: true, is_enterprise_install: false };
  const about = { type: 'event_callback', team_id: team, api_app_id: slackApp.id, event_id, authorizations: [bot] };
  return eventRequest({ ...about, event_time: Math.floor(at.getTime() / 1000), event });
}

function prepare(revoked: ReadonlyMap<string, string>): Additions {
  const additions: Additions = {
    faults: createFaults(),
    made: [],
    receivers: [],
    find: () => undefined,
    objectionToToken(token) {
      // The emulator takes any token for its administrator's.
      const isKnown = additions.find('tokens', 'token', token) !== undefined;
      return isKnown ? revoked.get(token) : 'invalid_auth';
    },
  };
  return additions;
}

function seed({ botUser, botToken }: Workspace): Readonly<Record<string, unknown>> {
  const { id, clientId, clientSecret, signingSecret, redirectUri } = slackApp;
  const bot = { app_id: id, client_id: clientId, bot_id: `B${botUser.slice(1)}`, bot_user_id: botUser, scopes };
  const registered = {
    client_secret: clientSecret,
    name: 'Colloquy',
    bot_name: 'colloquy',
    redirect_uris: [redirectUri],
  };
  const token = { ...bot, type: 'bot', user_id: botUser };
  const tokens = [
    { ...token, token: botToken },
    { ...token, token: harnessToken },
  ];
  return { oauth_apps: [{ ...bot, ...registered }], tokens, signing_secret: signingSecret, strict_scopes: true };
}

export type Rows = (kind: string) => Collection;

/** The emulator's team has a fixed id; ours shows that nothing relies on it. */
function nameTeam(rows: Rows, { team, name }: Workspace): void {
  for (const kind of ['teams', 'users', 'channels', 'tokens', 'installations']) {
    for (const row of rows(kind).all()) rows(kind).update(row.id, { team_id: team });
  }
  for (const row of rows('teams').all()) rows('teams').update(row.id, { name });
}

function people(
  rows: Rows,
  { team }: Workspace,
): Pick<SlackEmulator, 'addUser' | 'changeUser' | 'describeUser' | 'removeUser' | 'userWith'> {
  const of = (id: string) => {
    const [row] = rows('users').findBy('user_id', id);
    if (row === undefined) throw new Error(`${id} is not in ${team}`);
    return row;
  };
  return {
    addUser({ id, email, about = {} }) {
      const profile = { email, real_name: id, display_name: id };
      const common = { user_id: id, team_id: team, name: id.toLowerCase(), real_name: id, email, profile };
      rows('users').insert({ ...common, is_admin: false, is_bot: false, deleted: false, presence: 'active', about });
    },
    describeUser: (id) => describeUser(of(id)),
    changeUser(id, about) {
      const row = of(id);
      const before = z.record(z.string(), z.unknown()).parse(row['about'] ?? {});
      rows('users').update(row.id, { about: { ...before, ...about } });
    },
    userWith(email) {
      const [row] = rows('users').findBy('email', email);
      if (row === undefined) throw new Error(`Nobody in ${team} has that address`);
      return String(row['user_id']);
    },
    removeUser(id) {
      rows('users').update(of(id).id, { deleted: true });
    },
  };
}

function callWith(base: string): SlackEmulator['call'] {
  return async (method, body) => {
    const headers = { authorization: `Bearer ${harnessToken}`, 'content-type': 'application/json' };
    const response = await fetch(`${base}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return await response.json();
  };
}

/** The codes of installations that somebody agreed to and nobody has fetched the token of. */
function codesOf(store: Store): ReadonlyMap<string, unknown> {
  const codes = store.getData('slack.oauth.pendingCodes');
  return codes instanceof Map ? codes : new Map();
}
