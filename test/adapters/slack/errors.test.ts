import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { readFailure } from '../../../adapters/slack/errors.ts';
import { documentedCodes } from '../../support/slack-codes.ts';

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } = webApi;

function answer(error: string, more: { needed?: string; retryAfter?: number } = {}) {
  const { needed, retryAfter } = more;
  const metadata = retryAfter === undefined ? {} : { retryAfter };
  const data = { ok: false, error, response_metadata: metadata, ...(needed === undefined ? {} : { needed }) };
  return readFailure(new WebAPIPlatformError(data), 'chat.postMessage');
}

/** The error of a call whose connection failed, as Node's fetch gives it. */
function line(code: string) {
  const cause = Object.assign(new Error(code), { code });
  return readFailure(new WebAPIRequestError(new TypeError('fetch failed', { cause })), 'chat.postMessage');
}

/** A code, then whole sentences for the operator. */
const withRemedy = (code: string) => new RegExp(`^Slack: ${code}\\. [A-Z][^.]*(slack\\.com)?[^.]*\\.$`);

describe('what each code of Slack’s means for a delivery', () => {
  it.each(documentedCodes)('%s: %s', (code, meaning) => {
    const { kind, reason } = answer(code);
    expect(kind).toBe(meaning === 'refusedUntilMended' ? 'refused' : meaning);
    const isForOperator = meaning === 'blocked' || meaning === 'refusedUntilMended';
    expect(reason).toMatch(isForOperator ? withRemedy(code) : new RegExp(`^Slack: ${code}$`));
  });

  it.each(['an_error_of_the_future', 'constructor', 'tostring'])('%s, which nobody knows: refused', (code) => {
    expect(answer(code)).toEqual({ kind: 'refused', reason: `Slack: ${code}` });
  });

  it('says what to do about a token that is no longer good, and which scope is missing', () => {
    expect(answer('token_revoked').reason).toBe('Slack: token_revoked. Install the app again.');
    expect(answer('missing_scope', { needed: 'chat:write' }).reason).toBe(
      'Slack: missing_scope (chat:write). Install the app again.',
    );
    expect(answer('missing_scope', { needed: 'Hello Asha' }).reason).toBe(
      'Slack: missing_scope. Install the app again.',
    );
  });

  it.each(['conversations.open', 'conversations.history'] as const)(
    'a scope that only %s needs: everybody else’s messages go on',
    (method) => {
      const error = new WebAPIPlatformError({ ok: false, error: 'missing_scope', response_metadata: {} });
      expect(readFailure(error, method).kind).toBe('refused');
    },
  );

  it('a page of some proxy: it may have been sent, and nothing of the page is kept', () => {
    expect(answer('<html>Hello Asha</html>')).toEqual({
      kind: 'unknown',
      reason: 'Slack: not an answer of the Web API',
    });
  });
});

describe('how long a workspace is left alone', () => {
  it('is exactly as long as Slack says', () => {
    expect(readFailure(new WebAPIRateLimitedError(37), 'chat.update')).toEqual({
      kind: 'throttled',
      afterMs: 37_000,
      reason: 'Slack: too many messages',
    });
    expect(answer('ratelimited', { retryAfter: 9 })).toMatchObject({ kind: 'throttled', afterMs: 9000 });
  });

  it('is a minute where Slack says nothing, or no time at all', () => {
    expect(answer('ratelimited')).toMatchObject({ kind: 'throttled', afterMs: 60_000 });
    expect(readFailure(new WebAPIRateLimitedError(0), 'chat.update')).toMatchObject({ afterMs: 60_000 });
  });
});

describe('a line that fails', () => {
  it.each([
    [500, 'unknown'],
    [503, 'unknown'],
    [408, 'unknown'],
    [404, 'later'],
    [413, 'later'],
  ] as const)('HTTP %i: %s', (status, kind) => {
    const failure = readFailure(new WebAPIHTTPError(status, '', {}, 'a body'), 'chat.postMessage');
    expect(failure).toMatchObject({ kind, reason: `Slack: HTTP ${status}` });
  });

  it.each([401, 403, 407])('HTTP %i: a proxy lets nothing through, and the operator must act', (status) => {
    const reason = `Slack: HTTP ${status}. Let this server reach slack.com.`;
    const failure = readFailure(new WebAPIHTTPError(status, '', {}, 'a body'), 'chat.postMessage');
    expect(failure).toEqual({ kind: 'blocked', reason });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s: never connected, so nothing else would go there now either',
    (code) => {
      expect(line(code)).toEqual({ kind: 'throttled', afterMs: 15_000, reason: `Slack: no answer (${code})` });
    },
  );

  it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'])('%s: it may have been sent', (code) => {
    expect(line(code)).toEqual({ kind: 'unknown', reason: `Slack: no answer (${code})` });
  });

  it('no answer in time: it may have been sent', () => {
    const error = new WebAPIRequestError(new DOMException('The operation was aborted', 'TimeoutError'));
    expect(readFailure(error, 'chat.postMessage')).toEqual({
      kind: 'unknown',
      reason: 'Slack: no answer (TimeoutError)',
    });
  });

  it('an answer that broke off: it may have been sent', () => {
    expect(readFailure(new TypeError('terminated'), 'chat.postMessage')).toMatchObject({ kind: 'unknown' });
  });
});
