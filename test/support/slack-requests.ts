import { createHmac } from 'node:crypto';
import { systemClock } from '../../src/time/clock.ts';

/** Our own signer, from https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function sign(secret: string, body: string, timestamp: number): Readonly<Record<string, string>> {
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${signature}` };
}

/** Seconds since 1970 on this machine, which is what both ends of a request go by. */
export function nowSeconds(): number {
  return Math.floor(systemClock.now().getTime() / 1000);
}

export interface SlackRequest {
  readonly type: 'application/x-www-form-urlencoded' | 'application/json';
  readonly body: string;
}

/** A slash command or, with a `payload`, a press or a sent form. */
export function formRequest(fields: Readonly<Record<string, string>>): SlackRequest {
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

export function interaction(payload: Readonly<Record<string, unknown>>): SlackRequest {
  return formRequest({ payload: JSON.stringify(payload) });
}

export function eventRequest(payload: Readonly<Record<string, unknown>>): SlackRequest {
  return { type: 'application/json', body: JSON.stringify(payload) };
}

/** Sends a request as Slack does; `headers` replace the ones it would sign. */
export async function post(
  url: string,
  secret: string,
  request: SlackRequest,
  headers: Readonly<Record<string, string>> = sign(secret, request.body, nowSeconds()),
): Promise<Response> {
  return await fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': request.type, ...headers },
    body: request.body,
  });
}
