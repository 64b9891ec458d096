import { z } from 'zod';

/** Why an address could not be asked. */
export interface Silence {
  readonly kind: 'late' | 'refused' | 'unknown-name' | 'untrusted' | 'broken';
  /** For the operator; never the message of the error, which can quote what was sent. */
  readonly why: string;
}

export interface Heard {
  readonly kind: 'heard';
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks an address once, by POST and without following it elsewhere. */
export async function probe(
  url: string,
  headers: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<Heard | Silence> {
  try {
    const signal = AbortSignal.timeout(limitMs);
    const response = await fetch(url, { method: 'POST', headers, body: '{}', redirect: 'manual', signal });
    return { kind: 'heard', status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    return silence(error, limitMs);
  }
}

function silence(error: unknown, limitMs: number): Silence {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { kind: 'late', why: `no answer within ${limitMs / 1000} seconds` };
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = z.object({ code: z.string() }).safeParse(cause).data?.code ?? 'no connection';
  return { kind: kindOf(code), why: `no answer (${code})` };
}

function kindOf(code: string): Silence['kind'] {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-name';
  if (code.startsWith('UND_ERR_CONNECT_TIMEOUT')) return 'late';
  return /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code) ? 'untrusted' : 'broken';
}

/** A line of words from Slack itself, and not a page of somebody between us. */
const Answer = z.object({
  ok: z.boolean(),
  error: z
    .string()
    .regex(/^[a-z0-9_]{1,80}$/)
    .default(''),
  team: z.string().default(''),
  team_id: z.string().default(''),
  user: z.string().default(''),
  is_enterprise_install: z.boolean().default(false),
});

/** What Slack's Web API said to one call. */
export interface Told extends z.infer<typeof Answer> {
  readonly kind: 'told';
  /** What the token may do; `undefined` where Slack did not say. */
  readonly scopes: readonly string[] | undefined;
  readonly slackTime: Date | undefined;
}

/** Calls a method of the Web API by hand: its headers matter here, and the SDK keeps them. */
export async function callSlack(
  { apiUrl, limitMs }: { readonly apiUrl: string; readonly limitMs: number },
  method: string,
  token: string,
): Promise<Told | Heard | Silence> {
  const address = new URL(method, apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`).href;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' };
  const heard = await probe(address, headers, limitMs);
  if (heard.kind !== 'heard' || (heard.status !== 200 && heard.status !== 429)) return heard;
  const answer = readAnswer(heard);
  if (answer === undefined) return heard;
  const date = new Date(heard.headers.get('date') ?? '');
  return {
    kind: 'told',
    ...answer,
    scopes: heard.headers
      .get('x-oauth-scopes')
      ?.split(',')
      .map((scope) => scope.trim()),
    slackTime: Number.isNaN(date.getTime()) ? undefined : date,
  };
}

function readAnswer({ status, text }: Heard): z.infer<typeof Answer> | undefined {
  if (status === 429) return Answer.parse({ ok: false, error: 'ratelimited' });
  try {
    return Answer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
