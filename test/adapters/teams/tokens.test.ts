import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { type Claims, encode, signToken } from '../../support/channel-tokens.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { openKeyServer } from '../../support/key-server.ts';
import { countRows } from '../../support/row-counts.ts';
import { activityOf, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { keptBySdk } from '../../support/teams-memory.ts';
import { appId, openSignedIn, openTeamsRig, type TeamsRig, tenantId } from '../../support/teams-rig.ts';
import { council, enrolCouncil, otherTenant } from '../../support/teams-tenants.ts';

/** A registration of ours, a tenant that is served by it, and the one it lives in. */
const ours = [
  { whose: 'the network’s', aud: appId, served: tenantId, home: tenantId },
  { whose: 'a council’s own', aud: council.appId, served: council.tenantId, home: council.homeTenantId },
] as const;
type Ours = (typeof ours)[number];

let testCore: TestCore;
let rig: TeamsRig;
let printed: MockInstance<typeof process.stderr.write>;
let consoleError: MockInstance<typeof console.error>;

beforeAll(async () => {
  testCore = await openTestCore();
  await enrolCouncil(testCore.core);
  rig = await openTeamsRig(testCore.core);
});
afterAll(async () => {
  await rig.close();
  await testCore.close();
});
beforeEach(() => {
  // The SDK writes each bad token that it is given to the console.
  consoleError = vi.spyOn(console, 'error').mockReturnValue();
  printed = vi.spyOn(process.stderr, 'write');
});
afterEach(() => {
  expect(consoleError).not.toHaveBeenCalled();
  expect(printed).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const now = Math.floor(Date.now() / 1000);

function body({ served, aud }: Ours, parts: Claims = {}) {
  const person = createTeamsPerson('asha@leeds.example', served);
  return activityOf(person, rig.stub.serviceUrl, { ...typed('help'), recipient: { id: `28:${aud}` }, ...parts });
}

const claimsFor = ({ aud }: Ours): Claims => ({ ...rig.claims(), aud });
const tokenFor = (to: Ours) => rig.token(claimsFor(to));

function withClaims(to: Ours, changes: Claims, header: Claims = {}): string {
  return `Bearer ${signToken(rig.stub.keys.teams, { ...claimsFor(to), ...changes }, header)}`;
}

function withoutSignature(to: Ours): string {
  return `Bearer ${encode({ alg: 'none', typ: 'JWT' })}.${encode(claimsFor(to))}.`;
}

/** What an Entra token for this registration looks like. */
function entraClaims({ aud }: Ours, tid: string): Claims {
  return { iss: `https://login.microsoftonline.com/${tid}/v2.0`, tid, ver: '2.0', azp: aud };
}

const badTokens: readonly (readonly [name: string, token: (to: Ours) => string])[] = [
  ['no token', () => ''],
  ['an empty token', () => 'Bearer '],
  ['garbage', () => 'Bearer a.b.c'],
  ['Basic', () => 'Basic YTpi'],
  ['bearer in lower case', (to) => tokenFor(to).replace('Bearer', 'bearer')],
  ['two tokens', (to) => `${tokenFor(to)} ${tokenFor(to)}`],
  ['another issuer', (to) => withClaims(to, { iss: 'https://evil.example' })],
  ['no issuer', (to) => withClaims(to, { iss: undefined })],
  ['an unknown key', (to) => withClaims(to, {}, { kid: 'unknown' })],
  ['no key', (to) => withClaims(to, {}, { kid: undefined })],
  ['another audience', (to) => withClaims(to, { aud: 'another-bot' })],
  ['the id of a registration that is not ours', (to) => withClaims(to, { aud: otherTenant })],
  ['several audiences', (to) => withClaims(to, { aud: [to.aud] })],
  ['no audience', (to) => withClaims(to, { aud: undefined })],
  ['an end that is over', (to) => withClaims(to, { exp: now - 3600 })],
  ['no end', (to) => withClaims(to, { exp: undefined })],
  ['an end that is no time', (to) => withClaims(to, { exp: 'never' })],
  ['a beginning to come', (to) => withClaims(to, { nbf: now + 3600 })],
  ['another service', (to) => withClaims(to, { serviceurl: 'https://smba.trafficmanager.net/emea/' })],
  ['no service', (to) => withClaims(to, { serviceurl: undefined })],
  ['a key endorsed for another channel', (to) => rig.token(claimsFor(to), rig.stub.keys.otherChannel)],
  ['a key endorsed for no channel', (to) => rig.token(claimsFor(to), rig.stub.keys.unendorsed)],
  ['a spoilt signature', (to) => `${tokenFor(to).slice(0, -8)}AAAAAAAA`],
  [
    'the signature of another key',
    (to) =>
      rig.token(claimsFor(to), rig.stub.keys.otherChannel).replace(/Bearer [^.]+/, tokenFor(to).split('.')[0] ?? ''),
  ],
  [
    'the claims of another token',
    (to) => tokenFor(to).replace(/\.[^.]+/, `.${encode({ ...claimsFor(to), exp: now })}`),
  ],
  ['no signature', withoutSignature],
  ['a symmetric signature', (to) => withClaims(to, {}, { alg: 'HS256' })],
  ['a part that must be understood', (to) => withClaims(to, {}, { crit: ['b64'], b64: false })],
  ['Entra for another tenant', (to) => withClaims(to, entraClaims(to, otherTenant))],
  ['Entra for the tenant it lives in', (to) => withClaims(to, entraClaims(to, to.home))],
  ['a tenant in a channel’s token', (to) => withClaims(to, { tid: otherTenant })],
  ['its home in capital letters', (to) => withClaims(to, { tid: to.home.toUpperCase() })],
  ['a tenant that is no text', (to) => withClaims(to, { tid: 1 })],
  ['the marks of a skill', (to) => withClaims(to, { ver: '1.0', appid: 'another-bot' })],
];

describe.each(ours)('a request to /api/messages for $whose registration', (to) => {
  test.each(badTokens)('with %s is refused without a word, and nothing is done or kept', async (_name, token) => {
    const before = rig.stub.calls.length;
    const rows = await countRows(testCore.core);
    const authorization = token(to);
    const received = await rig.post(body(to), authorization === '' ? {} : { authorization });
    expect(received).toEqual({ status: 401, body: '' });
    expect(rig.stub.calls).toHaveLength(before);
    expect(await countRows(testCore.core)).toBe(rows);
  });

  test.each([
    ['a good token', () => tokenFor(to)],
    ['one whose audience is in capital letters', () => withClaims(to, { aud: to.aud.toUpperCase() })],
    ['one of a clock that is a little ahead', () => withClaims(to, { nbf: now + 120 })],
    ['one that names the tenant where the registration lives', () => withClaims(to, { tid: to.home })],
  ])('with %s is answered', async (_name, token) => {
    const good = body(to);
    expect(await rig.post(good, { authorization: token() })).toEqual({ status: 200, body: '' });
    expect(rig.stub.calls.at(-1)?.body).toContain('What you can do');
  });

  test.each([
    ['another channel', { channelId: 'webchat' }, 403],
    ['a service that is not on the list', { serviceUrl: 'https://smba.trafficmanager.net.evil.example/emea/' }, 403],
    ['no service', { serviceUrl: undefined }, 403],
    ['a service that is no address', { serviceUrl: 'somewhere' }, 403],
    ['no channel', { channelId: undefined }, 403],
    ['no conversation', { conversation: {} }, 400],
    ['no sender', { from: undefined }, 400],
    ['no type', { type: undefined }, 400],
  ])('for %s is refused without a word', async (_name, parts, status) => {
    const before = rig.stub.calls.length;
    expect(await rig.post(body(to, parts), { authorization: tokenFor(to) })).toEqual({ status, body: '' });
    expect(rig.stub.calls).toHaveLength(before);
  });

  test.each([
    ['broken JSON', '{"type":', 400],
    ['no object', '[]', 400],
    ['too large', JSON.stringify({ text: 'x'.repeat(300_000) }), 413],
  ])('whose body is %s is refused without a word', async (_name, text, status) => {
    expect(await rig.post(text, { authorization: tokenFor(to) })).toEqual({ status, body: '' });
  });
});

test('without the SDK, which cannot read its keys, our own check refuses every one of them by itself', async () => {
  const server = await openKeyServer(...Object.values(rig.stub.keys));
  server.manners.sdk = 'refuses';
  const alone = await openTeamsRig(testCore.core, (core, stub, log) =>
    openSignedIn(core, stub, log, { metadataUrl: server.metadataUrl, isService: () => true }),
  );
  for (const to of ours) {
    const authorization = tokenFor(to);
    expect(await alone.post(body(to), { authorization })).toEqual({ status: 200, body: '' });
    for (const [name, token] of badTokens) {
      const { status } = await alone.post(body(to), { authorization: token(to) });
      expect([name, status]).toEqual([name, 401]);
    }
  }
  expect(server.reads.sdk).toBe(1);
  await alone.close();
  await server.close();
});

describe('a request that is refused', () => {
  const [network] = ours;

  test('leaves one line in the log that holds nothing of it', async () => {
    const before = rig.logged();
    const text = 'only for the bot';
    await rig.post(body(network, { text }), { authorization: withClaims(network, { aud: 'another-bot' }) });
    const lines = rig.logged().slice(before.length);
    expect(lines.trim().split('\n')).toHaveLength(1);
    expect(lines).toContain('"status":401');
    expect(lines).not.toContain('only for the bot');
    expect(lines).not.toContain('eyJ');
  });

  test('leaves nothing behind in the SDK’s lists, however many tenants junk names', async () => {
    const before = keptBySdk();
    for (const [junk, to] of Array.from({ length: 100 }, () => ours)
      .flat()
      .entries()) {
      const tid = `junk-${junk}`;
      const authorization = withClaims(to, junk % 4 < 2 ? entraClaims(to, tid) : { tid });
      expect((await rig.post(body(to), { authorization })).status).toBe(401);
    }
    expect(before.issuers).toBeGreaterThan(0);
    expect(keptBySdk()).toEqual(before);
  });

  test('because the keys cannot be read is nobody’s fault: the caller may try again', async () => {
    const open: typeof openSignedIn = (core, stub, log) =>
      openSignedIn(core, stub, log, { metadataUrl: `${stub.origin}/nowhere`, isService: () => true });
    const blind = await openTeamsRig(testCore.core, open);
    expect(await blind.post(body(network), { authorization: rig.token() })).toEqual({ status: 503, body: '' });
    expect(blind.logged()).toContain('The signing keys could not be read');
    await blind.close();
  });
});
