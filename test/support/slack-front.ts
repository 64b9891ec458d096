import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeNow, listenLocally } from './connector-stub.ts';
import type { SlackEmulator } from './slack-emulator.ts';

/** The one address of Slack's Web API, behind which each workspace is an emulator of its own. */
export interface SlackFront {
  /** As the adapter is given it. */
  readonly apiUrl: string;
  close(): Promise<void>;
}

/** Hands each call to the workspace that gave out its token, or the code of its installation. */
export async function openSlackFront(emulators: readonly SlackEmulator[]): Promise<SlackFront> {
  const server = createServer((incoming, response) => {
    void forward(emulators, incoming, response);
  });
  const port = await listenLocally(server);
  return { apiUrl: `http://127.0.0.1:${port}/api/`, close: () => closeNow(server) };
}

async function forward(
  emulators: readonly SlackEmulator[],
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(incoming);
  const token = (incoming.headers.authorization ?? '').replace(/^Bearer /, '');
  const code = new URLSearchParams(body.toString()).get('code') ?? '';
  const emulator = emulators.find((one) => one.knows(token) || one.knows(code));
  if (emulator === undefined) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error: code === '' ? 'invalid_auth' : 'invalid_code' }));
    return;
  }
  const { method, url, headers } = incoming;
  const onward = request(`${emulator.base}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    // A line that breaks over there breaks here too.
    answer.on('error', () => response.destroy());
    answer.on('aborted', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  onward.end(body);
}
