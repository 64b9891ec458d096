import { z } from 'zod';
import type { EmulatorApp, Row } from './slack-emulator-hook.ts';
import { objectionsToMessage, objectionsToModal } from './slack-limits.ts';

/** What a call of the Web API meets instead of an answer. `break`: Slack does the work, and the line breaks after it. */
export type Failure =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'break' };

export type Call = Readonly<Record<string, string>>;

/** What the tests ask of the emulator that it does not do by itself. */
export interface Additions {
  /** What the next calls of each method meet. */
  readonly failures: Map<string, Failure[]>;
  readonly calls: Map<string, Call[]>;
  /** Who gets what is sent to each response_url, by its number. */
  readonly receivers: ((body: unknown) => void)[];
  /** The row of a person, once the emulator runs. */
  readUser: (id: string) => Row | undefined;
}

/** Faults, Slack's own limits, response urls, and what the emulator leaves out of users.info. */
export function addRoutes(app: EmulatorApp, additions: Additions): void {
  app.use('*', async (context, next) => {
    const method = context.req.path.replace('/api/', '');
    const body = readBody(await context.req.raw.clone().text(), context.req.header('content-type') ?? '');
    additions.calls.set(method, [...(additions.calls.get(method) ?? []), body]);
    const failure = additions.failures.get(method)?.shift();
    if (failure?.kind === 'answer')
      return new Response(failure.body, { status: failure.status, headers: failure.headers });
    const objections = objectionsTo(method, body);
    if (objections.length > 0) return Response.json({ ok: false, error: 'invalid_blocks', objections });
    await next();
    return failure?.kind === 'break' ? brokenResponse() : undefined;
  });
  app.post('/respond/:number', async (context) => {
    const receive = additions.receivers[Number(context.req.param('number'))];
    receive?.(await context.req.json());
    return receive === undefined ? context.text('expired_url', 404) : context.text('ok');
  });
  app.post('/api/users.info', async (context) => {
    const user = additions.readUser(new URLSearchParams(await context.req.text()).get('user') ?? '');
    if (user === undefined) return context.json({ ok: false, error: 'user_not_found' });
    const { user_id: id, team_id, is_bot, deleted, profile, about } = user;
    const more = z.record(z.string(), z.unknown()).parse(about ?? {});
    return context.json({ ok: true, user: { id, team_id, is_bot, deleted, profile, tz: 'Europe/London', ...more } });
  });
}

function readBody(text: string, type: string): Record<string, string> {
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(text));
  const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
  const entries = Object.entries(read.data ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** The emulator takes any blocks; Slack does not. */
function objectionsTo(method: string, body: Readonly<Record<string, string>>): readonly string[] {
  if (method === 'chat.postMessage' || method === 'chat.update') {
    return objectionsToMessage({ text: body['text'] ?? '', blocks: JSON.parse(body['blocks'] ?? '[]') });
  }
  return ['views.open', 'views.push', 'views.update'].includes(method)
    ? objectionsToModal(JSON.parse(body['view'] ?? '{}'))
    : [];
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
