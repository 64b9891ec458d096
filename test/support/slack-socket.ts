import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { closeNow, listenLocally } from './connector-stub.ts';
import type { SlackRequest } from './slack-requests.ts';

/** What a call to open a line meets; `mute` gives one on which nobody greets. */
type Refusal = { readonly status: number; readonly body: string } | 'mute';

/** Slack at the other end of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode/ */
export interface SlackSocket {
  /** As the adapter is given it: all but the opening of lines is passed on to the emulator. */
  readonly apiUrl: string;
  /** The tokens that lines were asked for with, in order. */
  readonly asked: readonly string[];
  /** How many lines were opened and greeted, and how many are open. */
  greeted(): number;
  open(): number;
  refuse(...refusals: readonly Refusal[]): void;
  /** What Slack would send over HTTP, down the newest line. Answers as HTTP would: 200 with what was acknowledged. */
  post(request: SlackRequest, retry?: number): Promise<Response>;
  /** Slack asks for a new line, as it does every few hours. */
  recycle(): void;
  /** The line breaks. */
  drop(): void;
  close(): Promise<void>;
}

const Acknowledged = z.object({ envelope_id: z.string(), payload: z.record(z.string(), z.unknown()).default({}) });

/** @param onward where the Web API is; '' where nothing else is called */
export async function openSlackSocket(onward = ''): Promise<SlackSocket> {
  const lines: WebSocket[] = [];
  const asked: string[] = [];
  const refusals: Refusal[] = [];
  const waiting = new Map<string, (payload: Readonly<Record<string, unknown>>) => void>();
  let greeted = 0;
  let isMute = false;
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server });
  const port = await listenLocally(server);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (!request.url?.endsWith('/apps.connections.open')) return await passOn(request, body, response);
    asked.push((request.headers.authorization ?? '').replace('Bearer ', ''));
    const refusal = refusals.shift();
    isMute = refusal === 'mute';
    const [status, said] =
      refusal === undefined || refusal === 'mute'
        ? [200, JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` })]
        : [refusal.status, refusal.body];
    response.writeHead(status, { 'content-type': 'application/json' }).end(said);
  }

  async function passOn({ url, headers }: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { authorization = '', 'content-type': type = '' } = headers;
    const init = { method: 'POST', headers: { authorization, 'content-type': type }, body };
    const answered = await fetch(new URL(url ?? '', onward), init);
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(await answered.text());
  }

  sockets.on('connection', (line) => {
    lines.push(line);
    line.on('message', (message) => {
      const { envelope_id, payload } = Acknowledged.parse(JSON.parse(String(message)));
      waiting.get(envelope_id)?.(payload);
      waiting.delete(envelope_id);
    });
    if (isMute) return;
    greeted += 1;
    line.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });
  const isOpen = (line: WebSocket) => line.readyState === line.OPEN;

  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    asked,
    greeted: () => greeted,
    open: () => lines.filter(isOpen).length,
    refuse: (...more) => refusals.push(...more),
    async post(request, retry = 0) {
      const envelope_id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<Readonly<Record<string, unknown>>>();
      waiting.set(envelope_id, resolve);
      const again = retry === 0 ? {} : { retry_attempt: retry, retry_reason: 'timeout' };
      const envelope = { envelope_id, ...envelopeOf(request), accepts_response_payload: true, ...again };
      lines.findLast(isOpen)?.send(JSON.stringify(envelope));
      const payload = await promise;
      return new Response(Object.keys(payload).length === 0 ? '' : JSON.stringify(payload));
    },
    recycle: () => lines.findLast(isOpen)?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    drop: () => lines.findLast(isOpen)?.terminate(),
    async close() {
      for (const line of lines) line.terminate();
      sockets.close();
      await closeNow(server);
    },
  };
}

function envelopeOf({ type, body }: SlackRequest): { readonly type: string; readonly payload: unknown } {
  if (type === 'application/json') return { type: 'events_api', payload: JSON.parse(body) };
  const fields = Object.fromEntries(new URLSearchParams(body));
  const { payload } = fields;
  return payload === undefined
    ? { type: 'slash_commands', payload: fields }
    : { type: 'interactive', payload: JSON.parse(payload) };
}
