import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { SigningKey } from './channel-tokens.ts';
import { closeNow, listenLocally } from './connector-stub.ts';

/** Who reads the keys: our own check, or the SDK's. */
export type Reader = 'ours' | 'sdk';

/** How it answers one reader. */
export type Manner = 'well' | 'refuses' | 'silent' | { readonly delayMs: number };

/** The documents that lead to the keys which requests are signed with. All of it may be changed while it runs. */
export interface KeyServer {
  readonly metadataUrl: string;
  keys: readonly SigningKey[];
  readonly manners: Record<Reader, Manner>;
  /** How often each reader has asked for the first of the two documents. */
  readonly reads: Record<Reader, number>;
  close(): Promise<void>;
}

export async function openKeyServer(...keys: readonly SigningKey[]): Promise<KeyServer> {
  // The SDK keeps what it has read for the life of the process, by address, and a port may come again.
  const path = `/openid-${randomUUID()}`;
  const http = createServer((request, response) => {
    const reader: Reader = request.headers['user-agent']?.startsWith('node-fetch') === true ? 'sdk' : 'ours';
    if (request.url === path) server.reads[reader] += 1;
    const manner = server.manners[reader];
    if (manner === 'silent') return;
    if (manner === 'refuses') return void response.writeHead(500).end();
    if (manner === 'well') return publish(request, response);
    setTimeout(() => publish(request, response), manner.delayMs);
  });
  const origin = `http://127.0.0.1:${await listenLocally(http)}`;

  function publish(request: IncomingMessage, response: ServerResponse): void {
    const body =
      request.url === path ? { jwks_uri: `${origin}/keys` } : { keys: server.keys.map(({ published }) => published) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  const server: KeyServer = {
    metadataUrl: `${origin}${path}`,
    keys,
    manners: { ours: 'well', sdk: 'well' },
    reads: { ours: 0, sdk: 0 },
    close: () => closeNow(http),
  };
  return server;
}
