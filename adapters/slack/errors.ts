import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Outcome } from '../../src/delivery/model.ts';
import { type Meaning, type Method, meaningOf, throttledMs } from './meanings.ts';

export type Failure = Exclude<Outcome, { kind: 'sent' }>;

/** How long to wait for Slack where the line to it was never there, in milliseconds. */
const unreachableMs = 15_000;

/** The line was never there: surely nothing was sent, and nothing else would be. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A proxy that lets no call through: Slack itself answers 200, whatever it thinks of the call. */
const closedProxy: ReadonlySet<number> = new Set([401, 403, 407]);

const Answer = z.object({
  error: z.string(),
  /** The scope that a `missing_scope` is about. */
  needed: z
    .string()
    .regex(/^[a-z:._,]{1,80}$/)
    .optional()
    .catch(undefined),
  /** The answer's Retry-After, in seconds. */
  response_metadata: z.object({ retryAfter: z.number().optional() }).catch({}),
});

/**
 * Reads what came of a call that failed. Anything that may have reached Slack is `unknown`.
 *
 * @param closed what a conversation that takes nothing from us is: one member's may open again, a channel is to be
 *   chosen anew
 */
export function readFailure(error: unknown, method: Method, closed: 'refused' | 'gone' = 'refused'): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError) return throttled(error.retryAfter, 'Slack: too many messages');
  if (error instanceof webApi.WebAPIPlatformError) return readAnswer(Answer.parse(error.data), method, closed);
  if (error instanceof webApi.WebAPIHTTPError) return readStatus(error.statusCode);
  if (error instanceof webApi.WebAPIRequestError) return readLine(error.original);
  // The client's own plain error for a 429 that does not say when: it has no class to know it by.
  const isBusy = error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout');
  if (isBusy) return throttled(undefined, 'Slack: too many messages');
  return {
    kind: 'unknown',
    reason: `Slack: the answer broke off (${error instanceof Error ? error.name : 'no error'})`,
  };
}

/** @param seconds as Slack says; where it says nothing, or nothing of use, ours */
function throttled(seconds: number | undefined, reason: string): Failure {
  const isUsable = seconds !== undefined && seconds > 0;
  return { kind: 'throttled', afterMs: isUsable ? seconds * 1000 : throttledMs, reason };
}

function readAnswer(
  { error: code, needed, response_metadata }: z.infer<typeof Answer>,
  method: Method,
  closed: 'refused' | 'gone',
): Failure {
  // Where Slack's answer is not JSON the client gives the whole text as the code: a page from some proxy, say.
  if (!/^[a-z0-9_]{1,80}$/.test(code)) return { kind: 'unknown', reason: 'Slack: not an answer of the Web API' };
  const { kind, mend } = meaningOf(code, method);
  const reason = reasonOf(needed === undefined ? code : `${code} (${needed})`, mend);
  switch (kind) {
    case 'throttled':
      return throttled(response_metadata.retryAfter, reason);
    case 'later':
      return { kind, afterMs: 0, reason };
    case 'closed':
      return { kind: closed, reason };
    default:
      return { kind, reason };
  }
}

function reasonOf(what: string, mend: Meaning['mend']): string {
  return mend === '' ? `Slack: ${what}` : `Slack: ${what}. ${mend}`;
}

function readStatus(status: number): Failure {
  const reason = `Slack: HTTP ${status}`;
  if (closedProxy.has(status)) {
    return { kind: 'blocked', reason: reasonOf(`HTTP ${status}`, 'Let this server reach slack.com.') };
  }
  // Any other 4xx comes from a proxy, too: it never reached Slack. 408 does not say how far it got.
  return status >= 400 && status < 500 && status !== 408
    ? { kind: 'later', afterMs: 0, reason }
    : { kind: 'unknown', reason };
}

function readLine(error: Error): Failure {
  const codes = z.object({ code: z.string() });
  const cause = codes.safeParse(error.cause).data?.code ?? codes.safeParse(error).data?.code ?? error.name;
  const reason = `Slack: no answer (${cause})`;
  return neverConnected.has(cause)
    ? { kind: 'throttled', afterMs: unreachableMs, reason }
    : { kind: 'unknown', reason };
}
