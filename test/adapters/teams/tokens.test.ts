import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Claims, encode, signToken } from '../../support/channel-tokens.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { activityOf, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { openSignedIn, openTeamsRig, type TeamsRig, tenantId } from '../../support/teams-rig.ts';

const fromBotbuilder = createRequire(import.meta.resolve('botbuilder'));
const otherTenant = '99999999-cccc-4ccc-8ccc-999999999999';

let testCore: TestCore;
let rig: TeamsRig;

beforeAll(async () => {
  testCore = await openTestCore();
  rig = await openTeamsRig(testCore.core);
});
afterAll(async () => {
  await rig.close();
  await testCore.close();
});
beforeEach(() => {
  // The SDK writes each bad token it is given to the console.
  vi.spyOn(console, 'error').mockReturnValue();
});

const person = createTeamsPerson('asha@leeds.example');
const now = Math.floor(Date.now() / 1000);

function body(parts: Claims = {}) {
  return activityOf(person, rig.stub.serviceUrl, { ...typed('help'), ...parts });
}

function withClaims(changes: Claims, header: Claims = {}): string {
  return `Bearer ${signToken(rig.stub.keys.teams, { ...rig.claims(), ...changes }, header)}`;
}

function withoutSignature(): string {
  return `Bearer ${encode({ alg: 'none', typ: 'JWT' })}.${encode(rig.claims())}.`;
}

/** What an Entra token for our own registration looks like. */
function entraClaims(tid: string): Claims {
  return { iss: `https://login.microsoftonline.com/${tid}/v2.0`, tid, ver: '2.0', azp: rig.claims()['aud'] };
}

const badTokens: readonly (readonly [name: string, token: () => string])[] = [
  ['no token', () => ''],
  ['an empty token', () => 'Bearer '],
  ['garbage', () => 'Bearer a.b.c'],
  ['Basic', () => 'Basic YTpi'],
  ['bearer in lower case', () => rig.token().replace('Bearer', 'bearer')],
  ['two tokens', () => `${rig.token()} ${rig.token()}`],
  ['another issuer', () => withClaims({ iss: 'https://evil.example' })],
  ['no issuer', () => withClaims({ iss: undefined })],
  ['an unknown key', () => withClaims({}, { kid: 'unknown' })],
  ['no key', () => withClaims({}, { kid: undefined })],
  ['another audience', () => withClaims({ aud: 'another-bot' })],
  ['an end that is over', () => withClaims({ exp: now - 3600 })],
  ['no end', () => withClaims({ exp: undefined })],
  ['a beginning to come', () => withClaims({ nbf: now + 3600 })],
  ['another service', () => withClaims({ serviceurl: 'https://smba.trafficmanager.net/emea/' })],
  ['no service', () => withClaims({ serviceurl: undefined })],
  ['a key endorsed for another channel', () => rig.token(rig.claims(), rig.stub.keys.otherChannel)],
  ['a key endorsed for no channel', () => rig.token(rig.claims(), rig.stub.keys.unendorsed)],
  ['a spoilt signature', () => `${rig.token().slice(0, -8)}AAAAAAAA`],
  [
    'the signature of another key',
    () => rig.token(rig.claims(), rig.stub.keys.otherChannel).replace(/Bearer [^.]+/, rig.token().split('.')[0] ?? ''),
  ],
  ['no signature', withoutSignature],
  ['a symmetric signature', () => withClaims({}, { alg: 'HS256' })],
  ['Entra for another tenant', () => withClaims(entraClaims(otherTenant))],
  ['Entra for our own tenant', () => withClaims(entraClaims(tenantId))],
  ['a tenant in a channel’s token', () => withClaims({ tid: otherTenant })],
  ['the marks of a skill', () => withClaims({ ver: '1.0', appid: 'another-bot' })],
];

describe('a request to /api/messages', () => {
  test.each(badTokens)('with %s is refused without a word, and nothing is done', async (_name, token) => {
    const before = rig.stub.calls.length;
    const authorization = token();
    const received = await rig.post(body(), authorization === '' ? {} : { authorization });
    expect(received).toEqual({ status: 401, body: '' });
    expect(rig.stub.calls).toHaveLength(before);
  });

  test('with a good token is answered', async () => {
    const other = createTeamsPerson('bo@york.example');
    const good = activityOf(other, rig.stub.serviceUrl, typed('help'));
    expect(await rig.post(good)).toEqual({ status: 200, body: '' });
    expect(rig.stub.messages(other.conversationId)).toHaveLength(1);
  });

  test.each([
    ['another channel', { channelId: 'webchat' }, 403],
    ['a service that is not on the list', { serviceUrl: 'https://smba.trafficmanager.net.evil.example/emea/' }, 403],
    ['no service', { serviceUrl: undefined }, 400],
    ['no conversation', { conversation: {} }, 400],
    ['no sender', { from: undefined }, 400],
    ['no type', { type: undefined }, 400],
  ])('for %s is refused without a word', async (_name, parts, status) => {
    const before = rig.stub.calls.length;
    expect(await rig.post(body(parts))).toEqual({ status, body: '' });
    expect(rig.stub.calls).toHaveLength(before);
  });

  test.each([
    ['broken JSON', '{"type":', 400],
    ['no object', '[]', 400],
    ['too large', JSON.stringify({ text: 'x'.repeat(300_000) }), 413],
  ])('whose body is %s is refused without a word', async (_name, text, status) => {
    expect(await rig.post(text)).toEqual({ status, body: '' });
  });

  test('is refused with one line in the log that holds nothing of it', async () => {
    const before = rig.logged();
    await rig.post(body({ text: 'only for the bot' }), { authorization: withClaims({ aud: 'another-bot' }) });
    const lines = rig.logged().slice(before.length);
    expect(lines.trim().split('\n')).toHaveLength(1);
    expect(lines).toContain('"status":401');
    expect(lines).not.toContain('only for the bot');
    expect(lines).not.toContain('eyJ');
  });

  test('leaves nothing behind in the SDK’s lists, however many tenants junk names', async () => {
    const List = z.object({
      ToBotFromBotOrEmulatorTokenValidationParameters: z.object({ issuer: z.array(z.string()) }),
    });
    const read = () =>
      List.parse(fromBotbuilder('botframework-connector/lib/auth/tokenValidationParameters'))
        .ToBotFromBotOrEmulatorTokenValidationParameters.issuer.length;
    const before = read();
    for (let junk = 0; junk < 200; junk += 1) {
      const tid = `junk-${junk}`;
      const authorization = withClaims(junk % 2 === 0 ? entraClaims(tid) : { tid });
      expect((await rig.post(body(), { authorization })).status).toBe(401);
    }
    expect(before).toBeGreaterThan(0);
    expect(read()).toBe(before);
  });

  test('that cannot be checked is nobody’s fault: the caller may try again', async () => {
    const open: typeof openSignedIn = (core, stub, log) =>
      openSignedIn(core, stub, log, { metadataUrl: `${stub.origin}/nowhere`, isService: () => true });
    const blind = await openTeamsRig(testCore.core, open);
    expect(await blind.post(body(), { authorization: rig.token() })).toEqual({ status: 500, body: '' });
    expect(blind.logged()).toContain('The signing keys could not be read');
    await blind.close();
  });
});
