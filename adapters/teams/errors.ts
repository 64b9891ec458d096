import { z } from 'zod';
import type { Outcome } from '../../src/delivery/model.ts';
import { Permanent, Retryable } from '../../src/errors.ts';

type Headers = { get(name: string): string | undefined };
const Headers = z.custom<Headers>((value) => z.object({ get: z.function() }).safeParse(value).success);

/** What the SDK hangs on the error of a call. Its message can hold what was answered, so we never read it. */
const CallError = z.object({
  name: z.enum(['RestError', 'AbortError', 'TimeoutError']),
  statusCode: z.number().catch(0),
  code: z.union([z.string(), z.number().transform(String)]).catch(''),
  response: z.object({ headers: Headers }).optional().catch(undefined),
});

/** A call to Teams that did not succeed, as far as we know. It holds no words of the answer. */
export interface Failure {
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Teams' own code, such as 'ConversationBlockedByUser', or the socket's, such as 'ECONNRESET'. */
  readonly code: string;
  /** In milliseconds from now; 0 where Teams does not say. */
  readonly retryAfterMs: number;
}

/** `undefined` for an error that is not about a call: a bug, to be thrown on. */
export function readFailure(error: unknown, now: Date): Failure | undefined {
  const parsed = CallError.safeParse(error);
  if (!parsed.success) return undefined;
  const { name, statusCode, code, response } = parsed.data;
  const retryAfterMs = readRetryAfter(response?.headers.get('retry-after') ?? '', now);
  return { status: statusCode, code: name === 'RestError' ? code : 'no answer in time', retryAfterMs };
}

function readRetryAfter(header: string, now: Date): number {
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now.getTime());
}

interface Row {
  readonly when: (failure: Failure) => boolean;
  readonly kind: 'later' | 'gone' | 'refused' | 'unknown';
  readonly reason: string;
}

/** Not one byte was sent. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);
const tryAgain = new Set([412, 429, 502, 503, 504]);

/**
 * From a failure to what it means; the first row that fits counts.
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */
const table: readonly Row[] = [
  { when: ({ code }) => unreached.has(code), kind: 'later', reason: 'Teams could not be reached' },
  { when: ({ status }) => tryAgain.has(status), kind: 'later', reason: 'Teams said: not now' },
  {
    when: ({ status, code }) => status === 403 && code === 'InvalidBotApiHost',
    kind: 'refused',
    reason: 'Teams serves this tenant from another cloud: register the bot there',
  },
  // Blocked, removed, or switched off by the administrator: another channel reaches them until they write to us again.
  { when: ({ status }) => status === 403, kind: 'gone', reason: 'Teams does not let us write to this person' },
  { when: ({ status }) => status === 404, kind: 'gone', reason: 'Teams does not know this chat any more' },
  {
    when: ({ status }) => status === 401,
    kind: 'refused',
    reason: 'Teams did not accept our sign-in: check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID',
  },
  { when: ({ status }) => status >= 300, kind: 'refused', reason: 'Teams refused the message' },
];

/** A cut line, a late answer, an answer that cannot be read: the message may have arrived. */
const doubtful = {
  kind: 'unknown',
  reason: 'the line to Teams broke before it said whether it took the message',
} as const;

export function judge({ status, code, retryAfterMs }: Failure): Outcome {
  const row = table.find(({ when }) => when({ status, code, retryAfterMs })) ?? doubtful;
  const reason = `${row.reason} (${[status === 0 ? '' : status, code].filter((part) => part !== '').join(' ')})`;
  // It counts by the bot and the tenant too, so whoever else is in there would meet the same.
  if (status === 429 && retryAfterMs > 0) return { kind: 'throttled', afterMs: retryAfterMs, reason };
  return row.kind === 'later' ? { kind: 'later', afterMs: retryAfterMs, reason } : { kind: row.kind, reason };
}

/** The same for any error of sending; one that is not about sending is thrown on. */
export function explain(error: unknown, now: Date): Outcome {
  if (error instanceof Retryable) return { kind: 'later', afterMs: error.retryAfterMs, reason: error.message };
  if (error instanceof Permanent) return { kind: 'refused', reason: error.message };
  const failure = readFailure(error, now);
  if (failure === undefined) throw error;
  return judge(failure);
}
