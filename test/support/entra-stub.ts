import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { openTeamsWith } from '../../adapters/teams/app.ts';
import type { Core } from '../../src/core.ts';
import { createLog } from '../../src/log.ts';
import type { Tab } from '../../src/tab.ts';
import { type Claims, createSigningKey, type SigningKey, signToken } from './channel-tokens.ts';
import { closeNow, listenLocally } from './connector-stub.ts';

/** A stand-in of Entra: the list of the keys it signs with, and tokens as it makes them for a tab in Teams. */
export interface EntraStub {
  readonly keysUrl: URL;
  readonly keys: {
    readonly anyTenant: SigningKey;
    readonly personal: SigningKey;
    /** Listed without an issuer. */
    readonly unnamed: SigningKey;
    readonly unlisted: SigningKey;
  };
  /** How often the list was asked for. */
  readonly fetches: number;
  /** While true the list cannot be had. */
  isDown: boolean;
  /** The claims of a good token of somebody new. */
  claims(): Claims;
  token(claims?: Claims, key?: SigningKey, header?: Claims): string;
  close(): Promise<void>;
}

/** The registrations of the bot and of the tab, and a tenant that is served. */
export const botAppId = '11111111-aaaa-4aaa-8aaa-111111111111';
export const tabAppId = '33333333-cccc-4ccc-8ccc-333333333333';
export const tabTenantId = '22222222-bbbb-4bbb-8bbb-222222222222';

export function issuerOf(tenantId: string): string {
  return `https://login.microsoftonline.com/${tenantId}/v2.0`;
}

/** Made once, because making one takes a while. */
const keys = {
  anyTenant: createSigningKey(undefined),
  personal: createSigningKey(undefined),
  unnamed: createSigningKey(undefined),
  unlisted: createSigningKey(undefined),
};
const listed = [
  { ...keys.anyTenant.published, issuer: issuerOf('{tenantid}') },
  { ...keys.personal.published, issuer: issuerOf('9188040d-6c67-4c5b-b112-36a304b66dad') },
  keys.unnamed.published,
];

export async function openEntraStub(now: () => Date): Promise<EntraStub> {
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    if (stub.isDown) response.writeHead(503).end();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: listed }));
  });
  const port = await listenLocally(server);
  function claims(): Claims {
    const seconds = Math.floor(now().getTime() / 1000);
    return {
      aud: tabAppId,
      iss: issuerOf(tabTenantId),
      ver: '2.0',
      tid: tabTenantId,
      oid: randomUUID(),
      scp: 'access_as_user',
      azp: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
      nbf: seconds - 60,
      exp: seconds + 3600,
    };
  }
  const stub: EntraStub = {
    keysUrl: new URL(`http://127.0.0.1:${port}/keys`),
    keys,
    get fetches() {
      return fetches;
    },
    isDown: false,
    claims,
    token: (given = claims(), key = keys.anyTenant, header = {}) => signToken(key, given, header),
    close: () => closeNow(server),
  };
  return stub;
}

/** The tab as the Teams channel opens it, but for where the keys are read. */
export function openTab(core: Core, entra: EntraStub): Tab {
  const { tab } = openTeamsWith(
    core,
    {
      trust: { issuer: 'https://api.botframework.com', metadataUrl: 'http://127.0.0.1:9/', isService: () => false },
      registration: { appId: botAppId, credentials: { kind: 'fixed', bearer: 'unused' } },
      tenantId: tabTenantId,
      anonymous: false,
      tab: { appId: tabAppId, keysUrl: entra.keysUrl },
      credentialsOf: () => ({ kind: 'fixed', bearer: 'unused' }),
    },
    createLog('silent'),
  );
  if (tab === undefined) throw new Error('There is no tab');
  return tab;
}

/** Makes the account that a token proves this member's own, as joining in the chat does. */
export async function connectTeams(core: Core, memberId: string, { tid, oid }: Claims): Promise<void> {
  await core.db
    .insertInto('accounts')
    .values({
      id: randomUUID(),
      member_id: memberId,
      platform: 'teams',
      space: String(tid),
      platform_user: String(oid),
      address: '{}',
      seen_at: core.clock.now(),
    })
    .execute();
}
