import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Outcome } from '../../src/delivery/model.ts';

type Failure = Exclude<Outcome['kind'], 'sent'>;

/**
 * What each answer of chat.postMessage means for a delivery: https://docs.slack.dev/reference/methods/chat.postMessage
 * An answer that is not here was a refusal all the same: `refused`.
 */
const meanings: Readonly<Record<string, Failure>> = {
  // This person cannot be reached in this workspace any more.
  user_not_found: 'gone',
  user_disabled: 'gone',
  user_not_visible: 'gone',
  users_not_found: 'gone',
  channel_not_found: 'gone',
  cannot_dm_bot: 'gone',
  is_archived: 'gone',
  // Slack is busy, and says that it did nothing.
  ratelimited: 'later',
  rate_limited: 'later',
  message_limit_exceeded: 'later',
  service_unavailable: 'later',
  team_added_to_org: 'later',
  // Slack broke off half way.
  internal_error: 'unknown',
  fatal_error: 'unknown',
  request_timeout: 'unknown',
};

/** The line was never there: surely nothing was sent. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reads what came of a call that failed. Anything that may have reached Slack is `unknown`. */
export function readFailure(error: unknown): Outcome {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'later', afterMs: error.retryAfter * 1000, reason: 'Slack: too many messages' };
  }
  if (error instanceof webApi.WebAPIPlatformError) return readAnswer(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError) return readStatus(error.statusCode);
  if (error instanceof webApi.WebAPIRequestError) return readLine(error.original);
  // The client's own plain error for a 429 that does not say when: it has no class to know it by.
  const isBusy = error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout');
  if (isBusy) return { kind: 'later', afterMs: 0, reason: 'Slack: too many messages' };
  return {
    kind: 'unknown',
    reason: `Slack: the answer broke off (${error instanceof Error ? error.name : 'no error'})`,
  };
}

function readAnswer(code: string): Outcome {
  // Where Slack's answer is not JSON the client gives the whole text as the code: a page from some proxy, say.
  if (!/^[a-z0-9_]{1,80}$/.test(code)) return { kind: 'unknown', reason: 'Slack: not an answer of the Web API' };
  const reason = `Slack: ${code}`;
  const kind = meanings[code] ?? 'refused';
  return kind === 'later' ? { kind, afterMs: 0, reason } : { kind, reason };
}

function readStatus(status: number): Outcome {
  const reason = `Slack: HTTP ${status}`;
  // 4xx comes from a proxy that would not let the call through: it never reached Slack. 408 does not say how far it got.
  return status >= 400 && status < 500 && status !== 408
    ? { kind: 'later', afterMs: 0, reason }
    : { kind: 'unknown', reason };
}

function readLine(error: Error): Outcome {
  const codes = z.object({ code: z.string() });
  const cause = codes.safeParse(error.cause).data?.code ?? codes.safeParse(error).data?.code ?? error.name;
  const reason = `Slack: no answer (${cause})`;
  return neverConnected.has(cause) ? { kind: 'later', afterMs: 0, reason } : { kind: 'unknown', reason };
}
