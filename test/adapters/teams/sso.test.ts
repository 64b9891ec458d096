import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { saveInstallation } from '../../../src/store/installations.ts';
import { type Claims, encode, signToken } from '../../support/channel-tokens.ts';
import { addMember, startOfTest } from '../../support/core.ts';
import {
  botAppId,
  connectTeams,
  type EntraStub,
  issuerOf,
  openEntraStub,
  openTab,
  tabAppId,
  tabTenantId,
} from '../../support/entra-stub.ts';
import { council } from '../../support/teams-tenants.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

let now = startOfTest;
let entra: EntraStub;
let site: WebSite;

beforeAll(async () => {
  entra = await openEntraStub(() => now);
  site = await openSite({ secureCookies: true }, (core) => openTab(core, entra));
});
afterAll(async () => {
  await site.close();
  await entra.close();
});
beforeEach(() => moveTo(startOfTest));

function moveTo(moment: Date): void {
  now = moment;
  site.clock.set(moment);
}

interface Outcome {
  readonly status: number;
  readonly location: string | null;
  readonly cookies: readonly string[];
  readonly text: string;
}

async function signIn(token: string, url = site.url): Promise<Outcome> {
  const body = new URLSearchParams({ token });
  const response = await fetch(`${url}/tab/session`, { method: 'POST', body, redirect: 'manual' });
  const { status, headers } = response;
  return { status, location: headers.get('location'), cookies: headers.getSetCookie(), text: await response.text() };
}

async function countSessions(): Promise<number> {
  return (await site.core.db.selectFrom('web_sessions').select('member_id').execute()).length;
}

const otherTenant = '44444444-dddd-4ddd-8ddd-444444444444';
const seconds = startOfTest.getTime() / 1000;
const good = () => entra.token();
const without = (name: string) => () => {
  const { [name]: _, ...rest } = entra.claims();
  return entra.token(rest);
};
const having = (changes: Readonly<Record<string, unknown>>) => () => entra.token({ ...entra.claims(), ...changes });

/** Signed by nobody, or by means of what everybody knows. */
function forged(header: Readonly<Record<string, unknown>>, signature: string): string {
  return `${encode({ typ: 'JWT', ...header })}.${encode(entra.claims())}.${signature}`;
}

async function signedWithPublicKey(): Promise<string> {
  const { createHmac, createPublicKey } = await import('node:crypto');
  const key = createPublicKey({ key: entra.keys.anyTenant.published, format: 'jwk' });
  const unsigned = forged({ alg: 'HS256', kid: entra.keys.anyTenant.kid }, '').slice(0, -1);
  const secret = key.export({ type: 'spki', format: 'pem' });
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
}

function tampered(): string {
  const [header, , signature] = good().split('.');
  return `${header}.${encode(entra.claims())}.${signature}`;
}

const badTokens: Readonly<Record<string, () => string | Promise<string>>> = {
  'nothing at all': () => '',
  'no token': () => 'not a token',
  'too long': () => entra.token({ ...entra.claims(), filler: 'x'.repeat(16_000) }),
  'for another app': having({ aud: otherTenant }),
  'for the bot': having({ aud: botAppId }),
  'for the address of the tab': having({ aud: 'api://network.example/33333333-cccc-4ccc-8ccc-333333333333' }),
  'for several': having({ aud: [botAppId, '33333333-cccc-4ccc-8ccc-333333333333'] }),
  'without an audience': without('aud'),
  'of another issuer': having({ iss: 'https://login.example/22222222-bbbb-4bbb-8bbb-222222222222/v2.0' }),
  'of the Bot Connector': having({ iss: 'https://api.botframework.com' }),
  'of another issuer, by a key that names none': () =>
    entra.token({ ...entra.claims(), iss: 'https://login.example/v2.0' }, entra.keys.unnamed),
  'whose issuer is another tenant, by a key that names none': () =>
    entra.token({ ...entra.claims(), iss: issuerOf(otherTenant) }, entra.keys.unnamed),
  'without an issuer': without('iss'),
  'of the older kind': having({ iss: `https://sts.windows.net/${tabTenantId}/`, ver: '1.0' }),
  'that says it is of the older kind': having({ ver: '1.0' }),
  'whose issuer is another tenant': having({ iss: issuerOf(otherTenant) }),
  'whose tenant is another’s': having({ tid: otherTenant }),
  'without a tenant': without('tid'),
  'whose tenant is no tenant': having({ tid: '../common', iss: issuerOf('../common') }),
  expired: having({ exp: seconds - 61 }),
  'without an end': without('exp'),
  'not valid yet': having({ nbf: seconds + 61 }),
  'without a beginning': without('nbf'),
  'of an app, not of a person': () => {
    const { scp: _, ...rest } = entra.claims();
    return entra.token({ ...rest, idtyp: 'app', roles: ['access_as_user'] });
  },
  'that says it is an app’s': having({ idtyp: 'app' }),
  'without a scope': without('scp'),
  'of another scope': having({ scp: 'User.Read access_as_user_too' }),
  'without a person': without('oid'),
  'whose person is no id': having({ oid: 'asha@leeds.example' }),
  'that another app asked for': having({ azp: otherTenant }),
  'that nobody asked for': without('azp'),
  'signed by a key that is not listed': () => entra.token(entra.claims(), entra.keys.unlisted),
  'signed by a key that borrows a listed name': () =>
    signToken(entra.keys.unlisted, entra.claims(), { kid: entra.keys.anyTenant.kid }),
  'signed by the key of personal accounts': () => entra.token(entra.claims(), entra.keys.personal),
  'without the name of a key': () => entra.token(entra.claims(), entra.keys.anyTenant, { kid: undefined }),
  'signed by nobody': () => forged({ alg: 'none', kid: entra.keys.anyTenant.kid }, ''),
  'signed by nobody, with something in the place': () => forged({ alg: 'none', kid: entra.keys.anyTenant.kid }, 'eA'),
  'signed with the public key as a secret': signedWithPublicKey,
  'signed by another method': () => entra.token(entra.claims(), entra.keys.anyTenant, { alg: 'RS384' }),
  'whose header asks for what we do not know': () =>
    entra.token(entra.claims(), entra.keys.anyTenant, { crit: ['exp'], exp: 1 }),
  'changed after it was signed': tampered,
};

describe('a token that is refused', () => {
  test.each(Object.entries(badTokens))('%s', async (_, make) => {
    const outcome = await signIn(await make());
    expect(outcome.status).toBe(401);
    expect(outcome.cookies).toEqual([]);
    expect(outcome.text).toContain('We could not sign you in');
    expect(await countSessions()).toBe(0);
  });

  test('is never the cause of a fault, whatever it is', async () => {
    const parts = fc.array(
      fc.string().map((text) => Buffer.from(text).toString('base64url')),
      { maxLength: 6 },
    );
    const headers = fc.json().map((header) => `${Buffer.from(header).toString('base64url')}.e30.AAAA`);
    const junk = fc.oneof(
      fc.string(),
      parts.map((some) => some.join('.')),
      headers,
    );
    await fc.assert(
      fc.asyncProperty(junk, async (token) => {
        expect((await signIn(token)).status).toBe(401);
      }),
    );
  });

  test('leaves nothing of itself in the log', async () => {
    const claims: Claims = { ...entra.claims(), azp: otherTenant, preferred_username: 'asha@leeds.example' };
    const token = entra.token(claims);
    await signIn(token);
    const logged = site.logged.join();
    expect(logged).toContain('a token was refused');
    for (const secret of [token, String(claims['oid']), tabTenantId, 'asha@leeds.example'])
      expect(logged).not.toContain(secret);
  });
});

describe('a token that is good', () => {
  test('signs in the member whose account it proves, in the tab', async () => {
    const member = await addMember(site.core, { status: 'active', name: 'Asha Rahman' });
    const claims = entra.claims();
    await connectTeams(site.core, member.id, claims);
    const before = await countSessions();
    const outcome = await signIn(entra.token(claims));
    expect(outcome).toMatchObject({ status: 303, location: '/tab/home' });
    expect(await countSessions()).toBe(before + 1);
    const [cookie = ''] = outcome.cookies[0]?.split(';') ?? [];
    const home = await fetch(`${site.url}/`, { headers: { cookie } });
    expect(await home.text()).toContain('Hello, Asha Rahman');
  });

  test.each([
    ['of a clock a minute ahead', { nbf: seconds + 59 }],
    ['of a clock a minute behind', { exp: seconds - 59 }],
    ['from a desktop or a phone', { azp: '1fec8e78-bce4-4aaf-ab1b-5451cc387264' }],
    ['of several scopes', { scp: 'User.Read access_as_user' }],
    ['that says it is a person’s', { idtyp: 'user' }],
  ])('is taken: %s', async (_, changes) => {
    expect((await signIn(having(changes)())).status).toBe(403);
  });

  test('proves an account by its ids alone, whatever e-mail address stands in it', async () => {
    const { email } = await addMember(site.core, { status: 'active' });
    const before = await countSessions();
    const outcome = await signIn(having({ email, preferred_username: email, upn: email })());
    expect(outcome).toMatchObject({ status: 403, cookies: [] });
    expect(outcome.text).toContain('You have not joined yet');
    expect(await countSessions()).toBe(before);
  });

  test('of an organisation that is not enrolled is declined politely, and nothing is kept', async () => {
    const tables = await site.core.db.introspection.getTables();
    const counts = () =>
      Promise.all(
        tables.map(({ name }) => sql`select ${name}, count(*) from ${sql.table(name)}`.execute(site.core.db)),
      );
    const before = await counts();
    const outcome = await signIn(having({ tid: otherTenant, iss: issuerOf(otherTenant) })());
    expect(outcome).toMatchObject({ status: 403, cookies: [] });
    expect(outcome.text).toContain('Your organisation is not in the network');
    expect((await counts()).map(({ rows }) => rows)).toEqual(before.map(({ rows }) => rows));
    expect(site.logged.join()).not.toContain(otherTenant);
  });

  test('of an organisation that is enrolled is taken', async () => {
    const enrolled = '55555555-eeee-4eee-8eee-555555555555';
    const installation = { platform: 'teams', space: enrolled, name: 'Kent', installedAt: startOfTest } as const;
    await saveInstallation(site.core, installation, {});
    const outcome = await signIn(having({ tid: enrolled, iss: issuerOf(enrolled) })());
    expect(outcome.text).toContain('You have not joined yet');
  });
});

test('once the tab’s registration is a council’s bot, nobody is signed in by it, until it is so no longer', async () => {
  const { installedAt, ...bot } = {
    installedAt: startOfTest,
    platform: 'teams',
    space: council.tenantId,
    name: 'A',
  } as const;
  const registration = { appId: tabAppId, password: council.password, homeTenantId: council.homeTenantId };
  const claims = entra.claims();
  await connectTeams(site.core, (await addMember(site.core, { status: 'active' })).id, claims);
  expect((await signIn(entra.token(claims))).status).toBe(303);
  await saveInstallation(site.core, { ...bot, installedAt }, { registration });
  // The councils' registrations are looked up every few seconds.
  moveTo(new Date(startOfTest.getTime() + 10_000));
  expect(await signIn(entra.token(claims))).toMatchObject({ status: 401, cookies: [] });
  await saveInstallation(site.core, { ...bot, installedAt }, {});
  moveTo(new Date(startOfTest.getTime() + 20_000));
  expect((await signIn(entra.token(claims))).status).toBe(303);
});

describe('Entra’s keys', () => {
  test('are not fetched for each token of an unknown key', async () => {
    await signIn(good());
    const before = entra.fetches;
    for (let sent = 0; sent < 50; sent += 1) {
      await signIn(entra.token(entra.claims(), entra.keys.unlisted, { kid: `made-up-${sent}` }));
    }
    expect(entra.fetches - before).toBeLessThanOrEqual(1);
  });

  test('that cannot be had are nobody’s fault: people are asked to try again, and the list is left alone a while', async () => {
    const stub = await openEntraStub(() => now);
    const other = await openSite({ secureCookies: true }, (core) => openTab(core, stub));
    try {
      stub.isDown = true;
      for (let sent = 0; sent < 5; sent += 1) {
        const outcome = await signIn(stub.token(), other.url);
        expect(outcome).toMatchObject({ status: 503, cookies: [] });
        expect(outcome.text).toContain('Try again in a minute');
      }
      expect(stub.fetches).toBe(1);
      stub.isDown = false;
      expect((await signIn(stub.token(), other.url)).status).toBe(503);
      other.clock.set(new Date(startOfTest.getTime() + 10_000));
      expect((await signIn(stub.token(), other.url)).status).toBe(403);
      stub.isDown = true;
      expect((await signIn(stub.token(), other.url)).status).toBe(403);
      // The list may be read again, and cannot: that is no reason to forget the keys that we have.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
      expect((await signIn(stub.token(stub.claims(), stub.keys.unlisted), other.url)).status).toBe(503);
      expect((await signIn(stub.token(), other.url)).status).toBe(403);
    } finally {
      vi.useRealTimers();
      await other.close();
      await stub.close();
    }
  });
});
