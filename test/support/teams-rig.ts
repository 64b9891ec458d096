import { createServer } from 'node:http';
import express, { type RequestHandler } from 'express';
import { openTeamsWith, type TeamsChannel, type Wiring } from '../../adapters/teams/app.ts';
import type { Trust } from '../../adapters/teams/bot-framework.ts';
import type { Credentials } from '../../adapters/teams/credentials.ts';
import type { OwnRegistration } from '../../adapters/teams/enrolments.ts';
import type { Core } from '../../src/core.ts';
import { createLog, type Log } from '../../src/log.ts';
import { type Claims, type SigningKey, signToken } from './channel-tokens.ts';
import { bearerOf, type ConnectorStub, closeNow, listenLocally, openConnectorStub } from './connector-stub.ts';
import { nobodyListens } from './witness.ts';

/** The Teams adapter on a port of this machine, with its sign-in on, and the Bot Connector that it talks to. */
export interface TeamsRig {
  readonly stub: ConnectorStub;
  readonly channel: TeamsChannel;
  /** Of `POST /api/messages`. */
  readonly url: string;
  /** What was logged so far. */
  logged(): string;
  /** The claims of a good token. */
  claims(): Claims;
  token(claims?: Claims, key?: SigningKey): string;
  /** Sends what stands in a body, signed unless said otherwise. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Received>;
  close(): Promise<void>;
}

export interface Received {
  readonly status: number;
  readonly body: string;
}

/** The issuer of Teams' own tokens. */
const issuer = 'https://api.botframework.com';
export const appId = '11111111-aaaa-4aaa-8aaa-111111111111';
export const tenantId = '22222222-bbbb-4bbb-8bbb-222222222222';

/** What a test may have otherwise. */
type Changes = Partial<Trust> & Partial<Pick<Wiring, 'credentialsOf'>>;

/** The adapter as in production, but for whose keys it reads, where its own token goes, and what that token is. */
export function openSignedIn(
  core: Core,
  stub: ConnectorStub,
  log: Log,
  { credentialsOf = provenBy, ...changes }: Changes = {},
): TeamsChannel {
  const isService = (serviceUrl: string) => serviceUrl.startsWith(`${stub.origin}/`);
  const trust = { issuer, metadataUrl: stub.metadataUrl, isService, ...changes };
  const credentials = { kind: 'fixed', bearer: bearerOf(appId) } as const;
  const wiring = {
    trust,
    registration: { appId, credentials },
    tenantId,
    anonymous: false,
    tab: undefined,
    credentialsOf,
  };
  return openTeamsWith(core, wiring, log);
}

function provenBy(own: OwnRegistration): Credentials {
  return { kind: 'fixed', bearer: bearerOf(own.appId) };
}

export async function openTeamsRig(
  core: Core,
  open = openSignedIn,
  before: RequestHandler = nobodyListens,
): Promise<TeamsRig> {
  const stub = await openConnectorStub();
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => lines.push(line) });
  const channel = open(core, stub, log);
  const server = createServer(express().use(before).use(channel.router));
  const url = `http://127.0.0.1:${await listenLocally(server)}/api/messages`;

  function claims(): Claims {
    const now = Math.floor(Date.now() / 1000);
    return { iss: issuer, aud: appId, serviceurl: stub.serviceUrl, nbf: now - 60, exp: now + 3600 };
  }
  function token(given: Claims = claims(), key = stub.keys.teams): string {
    return `Bearer ${signToken(key, given)}`;
  }
  return {
    stub,
    channel,
    url,
    logged: () => lines.join(''),
    claims,
    token,
    async post(body, headers = { authorization: token() }) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(url, {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/json', ...headers },
      });
      return { status: response.status, body: await response.text() };
    },
    async close() {
      await channel.close();
      await closeNow(server);
      await stub.close();
    },
  };
}
