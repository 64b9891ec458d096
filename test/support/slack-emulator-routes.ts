import { z } from 'zod';
import type { Faults } from './slack-emulator-faults.ts';
import type { EmulatorApp, Row } from './slack-emulator-hook.ts';
import { objectionsToHome, objectionsToMessage, objectionsToModal } from './slack-limits.ts';

export type Call = Readonly<Record<string, string>>;

/** A call as it came in, with whose eyes it is for where it shows a view. */
export interface MadeCall {
  readonly method: string;
  readonly args: Call;
  /** The person who sees the view it opens or changes; '' for any other call. */
  readonly viewer: string;
}

/** What the tests ask of the emulator that it does not do by itself. */
export interface Additions {
  readonly faults: Faults;
  readonly made: MadeCall[];
  /** Who gets what is sent to each response_url, by its number. */
  readonly receivers: ((body: unknown) => void)[];
  /** The emulator's rows, once it runs. */
  find: (kind: string, column: string, value: string) => Row | undefined;
  /** Why Slack does not know a token; `undefined` where it does. */
  objectionToToken: (token: string) => string | undefined;
}

/** Faults, Slack's own limits, response urls, and what the emulator leaves out of users.info. */
export function addRoutes(app: EmulatorApp, additions: Additions): void {
  app.use('*', async (context, next) => {
    const method = context.req.path.replace('/api/', '');
    const args = readBody(await context.req.raw.clone().text(), context.req.header('content-type') ?? '');
    additions.made.push({ method, args, viewer: viewerOf(method, args, additions) });
    const failure = additions.faults.take(method);
    if (failure?.kind === 'answer')
      return new Response(failure.body, { status: failure.status, headers: failure.headers });
    if (failure?.kind === 'lost') return brokenResponse();
    if (failure?.kind === 'hang') await additions.faults.mended();
    const token = (context.req.header('authorization') ?? '').replace(/^Bearer /, '');
    const error = context.req.path.startsWith('/api/') ? objectionTo(method, args, token, additions) : undefined;
    if (error !== undefined) return Response.json({ ok: false, ...error });
    await next();
    return failure?.kind === 'break' ? brokenResponse() : undefined;
  });
  app.post('/respond/:number', async (context) => {
    const receive = additions.receivers[Number(context.req.param('number'))];
    receive?.(await context.req.json());
    return receive === undefined ? context.text('expired_url', 404) : context.text('ok');
  });
  app.post('/api/users.info', async (context) => {
    const user = additions.find('users', 'user_id', new URLSearchParams(await context.req.text()).get('user') ?? '');
    if (user === undefined) return context.json({ ok: false, error: 'user_not_found' });
    return context.json({ ok: true, user: describeUser(user) });
  });
}

/** A person as Slack tells of them, in `users.info` and in events. */
export function describeUser({ user_id: id, team_id, is_bot, deleted, profile, about }: Row): Record<string, unknown> {
  const more = z.record(z.string(), z.unknown()).parse(about ?? {});
  return { id, team_id, is_bot, deleted, profile, tz: 'Europe/London', locale: 'en-GB', ...more };
}

function readBody(text: string, type: string): Record<string, string> {
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(text));
  const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
  const entries = Object.entries(read.data ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function viewerOf(method: string, args: Call, { find }: Additions): string {
  if (method === 'views.publish') return args['user_id'] ?? '';
  const row =
    method === 'views.update'
      ? find('views', 'view_id', args['view_id'] ?? '')
      : find('view_triggers', 'trigger_id', args['trigger_id'] ?? '');
  return z.object({ user_id: z.string() }).safeParse(row).data?.user_id ?? '';
}

interface SlackError {
  readonly error: string;
  readonly objections?: readonly string[];
}

/** Methods that are called before there is a token. */
const tokenless: ReadonlySet<string> = new Set(['oauth.v2.access']);

function objectionTo(method: string, args: Call, token: string, additions: Additions): SlackError | undefined {
  const unknown = tokenless.has(method) ? undefined : additions.objectionToToken(token);
  if (unknown !== undefined) return { error: unknown };
  const objections = objectionsTo(method, args);
  if (objections.length > 0) return { error: 'invalid_blocks', objections };
  const outside = method === 'chat.postMessage' ? outsideOf(args['channel'] ?? '', token, additions) : undefined;
  return outside === undefined ? undefined : { error: outside };
}

/** The emulator lets a bot post where it is not; Slack does not, without chat:write.public. */
function outsideOf(channel: string, token: string, { find }: Additions): string | undefined {
  const row = find('channels', 'channel_id', channel);
  const members = z.array(z.string()).catch([]).parse(row?.['members']);
  const bot = z
    .string()
    .catch('')
    .parse(find('tokens', 'token', token)?.['user_id']);
  if (row === undefined || members.includes(bot)) return undefined;
  return row['is_private'] === true ? 'channel_not_found' : 'not_in_channel';
}

/** The emulator takes any blocks; Slack does not. */
function objectionsTo(method: string, args: Call): readonly string[] {
  if (method === 'chat.postMessage' || method === 'chat.update') {
    return objectionsToMessage({ text: args['text'] ?? '', blocks: JSON.parse(args['blocks'] ?? '[]') });
  }
  const view: unknown = JSON.parse(args['view'] ?? '{}');
  if (method === 'views.publish') return objectionsToHome(view);
  if (method === 'views.update' && z.object({ type: z.literal('home') }).safeParse(view).success)
    return objectionsToHome(view);
  return ['views.open', 'views.push', 'views.update'].includes(method) ? objectionsToModal(view) : [];
}

/** An answer whose line breaks before it is complete. */
function brokenResponse(): Response {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error('the line broke'));
    },
  });
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json' } });
}
