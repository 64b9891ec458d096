import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { readFailure } from '../../../adapters/slack/errors.ts';

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } = webApi;

function answer(error: string) {
  return readFailure(new WebAPIPlatformError({ ok: false, error, response_metadata: {} }));
}

/** The error of a call whose connection failed, as Node's fetch gives it. */
function line(code: string) {
  const cause = Object.assign(new Error(code), { code });
  return readFailure(new WebAPIRequestError(new TypeError('fetch failed', { cause })));
}

describe('what a failed call means for a delivery', () => {
  it.each(['user_not_found', 'user_disabled', 'channel_not_found', 'cannot_dm_bot'])(
    '%s: this person is gone',
    (code) => {
      expect(answer(code)).toEqual({ kind: 'gone', reason: `Slack: ${code}` });
    },
  );

  it.each([
    'account_inactive',
    'token_revoked',
    'invalid_auth',
    'token_expired',
    'missing_scope',
    'messages_tab_disabled',
    'restricted_action',
    'team_access_not_granted',
    'invalid_blocks',
    'msg_too_long',
    'an_error_of_the_future',
  ])('%s: the operator must act', (code) => {
    expect(answer(code)).toEqual({ kind: 'refused', reason: `Slack: ${code}` });
  });

  it.each(['ratelimited', 'rate_limited', 'message_limit_exceeded', 'service_unavailable'])('%s: later', (code) => {
    expect(answer(code)).toEqual({ kind: 'later', afterMs: 0, reason: `Slack: ${code}` });
  });

  it.each(['internal_error', 'fatal_error', 'request_timeout'])('%s: it may have been sent', (code) => {
    expect(answer(code)).toEqual({ kind: 'unknown', reason: `Slack: ${code}` });
  });

  it('a page of some proxy: it may have been sent, and nothing of the page is kept', () => {
    expect(answer('<html>Hello Asha</html>')).toEqual({
      kind: 'unknown',
      reason: 'Slack: not an answer of the Web API',
    });
  });

  it('too many requests: later, as long as Slack says', () => {
    expect(readFailure(new WebAPIRateLimitedError(30))).toMatchObject({ kind: 'later', afterMs: 30_000 });
  });

  it.each([
    [500, 'unknown'],
    [503, 'unknown'],
    [408, 'unknown'],
    [403, 'later'],
  ] as const)('HTTP %i: %s', (status, kind) => {
    expect(readFailure(new WebAPIHTTPError(status, '', {}, 'a body'))).toMatchObject({
      kind,
      reason: `Slack: HTTP ${status}`,
    });
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s: never connected, so later',
    (code) => {
      expect(line(code)).toEqual({ kind: 'later', afterMs: 0, reason: `Slack: no answer (${code})` });
    },
  );

  it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'])('%s: it may have been sent', (code) => {
    expect(line(code)).toEqual({ kind: 'unknown', reason: `Slack: no answer (${code})` });
  });

  it('no answer in time: it may have been sent', () => {
    const error = new WebAPIRequestError(new DOMException('The operation was aborted', 'TimeoutError'));
    expect(readFailure(error)).toEqual({ kind: 'unknown', reason: 'Slack: no answer (TimeoutError)' });
  });

  it('an answer that broke off: it may have been sent', () => {
    expect(readFailure(new TypeError('terminated'))).toMatchObject({ kind: 'unknown' });
  });
});
