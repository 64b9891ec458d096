import { createServer } from 'node:http';
import { Writable } from 'node:stream';
import express from 'express';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSlack, type SlackChannel } from '../../../adapters/slack/app.ts';
import { invitationUrl, writeInvitation } from '../../../adapters/slack/invitations.ts';
import { botScopes, optionalScopes } from '../../../adapters/slack/scopes.ts';
import type { Core } from '../../../src/core.ts';
import { createLog } from '../../../src/log.ts';
import { findSecret, listInstallations } from '../../../src/store/installations.ts';
import { closeNow, listenLocally } from '../../support/connector-stub.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { openSlackWebApi, type SlackWebApi } from '../../support/slack-web-api.ts';
import { parsePage, textOf } from '../../support/web-page.ts';

let stage: TestCore;
let core: Core;
let slack: SlackWebApi;
let channel: SlackChannel;
let url: string;
let logged: string;
let close: () => Promise<void>;
/** What Slack gives for a code. */
let granted: object | number;

const team = { id: 'T1', name: 'Leeds' };
const person = { id: 'UADMIN', access_token: 'xoxp-of-a-person', scope: 'identify' };
const bot = { access_token: 'xoxb-granted', scope: 'chat:write,commands', bot_user_id: 'UBOT', token_type: 'bot' };
const grant = { ok: true, app_id: 'A1', team, enterprise: null, is_enterprise_install: false, authed_user: person };

beforeAll(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterAll(() => stage.close());
beforeEach(async () => {
  await core.db.deleteFrom('installations').execute();
  logged = '';
  granted = { ...grant, ...bot };
  slack = await openSlackWebApi(async ({ method }) => {
    if (method === 'oauth.v2.access') return granted;
    return { ok: true, bot_id: 'B1', user_id: 'UBOT', url: 'https://leeds.slack.example/' };
  });
  await open('');
});
afterEach(async () => {
  await close();
  await slack.close();
});

async function open(appToken: string): Promise<void> {
  const access = {
    kind: 'oauth',
    clientId: '1.1',
    clientSecret: 'client-secret',
    stateSecret: 'state-secret',
  } as const;
  const destination = new Writable({
    write(line, _encoding, done) {
      logged += String(line);
      done();
    },
  });
  const signingSecret = appToken === '' ? 'a-signing-secret' : '';
  const config = { signingSecret, apiUrl: slack.apiUrl, access, appToken };
  channel = await openSlack(core, config, createLog('debug', destination));
  const server = createServer(express().use(channel.router));
  url = `http://127.0.0.1:${await listenLocally(server)}`;
  close = async () => {
    await closeNow(server);
    await channel.close();
  };
}

/** An administrator sets out: where Slack is asked, and the cookie their browser keeps. */
async function setOut(invitation = writeInvitation(core, 14)) {
  const response = await fetch(`${url}/slack/install?invitation=${invitation}`, { redirect: 'manual' });
  const [cookie = ''] = response.headers.getSetCookie();
  const asked = new URL(response.headers.get('location') ?? 'nowhere:');
  return { status: response.status, asked, cookie, state: asked.searchParams.get('state') ?? '' };
}

interface Shown {
  readonly status: number;
  readonly text: string;
  readonly html: string;
  readonly headers: Headers;
}

async function comeBack(query: Record<string, string>, cookie = ''): Promise<Shown> {
  const address = `${url}/slack/oauth_redirect?${new URLSearchParams(query)}`;
  const response = await fetch(address, { headers: { cookie: cookie.split(';')[0] ?? '' } });
  const html = await response.text();
  return { status: response.status, text: textOf(parsePage(html)), html, headers: response.headers };
}

async function install(): Promise<Shown> {
  const { state, cookie } = await setOut();
  return await comeBack({ code: 'the-code', state }, cookie);
}

const installed = async () => (await listInstallations(core.db, 'slack')).map(({ space, name }) => [space, name]);

describe.each([
  ['over HTTP', ''],
  ['in Socket Mode', 'xapp-1'],
])('%s', (_, appToken) => {
  test('an administrator is sent to Slack with the least we ask for, and back; and we keep the bot’s token alone', async () => {
    await close();
    await open(appToken);
    const { status, asked, cookie } = await setOut();
    expect([status, asked.origin + asked.pathname]).toEqual([
      302,
      slack.apiUrl.replace('/api/', '/oauth/v2/authorize'),
    ]);
    expect(asked.searchParams.get('scope')).toBe([...botScopes, ...optionalScopes].join(','));
    expect(asked.searchParams.has('user_scope')).toBe(false);
    expect(asked.searchParams.get('redirect_uri')).toBe('http://localhost:3000/slack/oauth_redirect');
    for (const part of ['Secure', 'HttpOnly']) expect(cookie).toContain(part);

    const page = await install();
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('is in your Slack workspace')]);
    expect(page.text).toContain('/colloquy join');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await installed()).toEqual([['T1', 'Leeds']]);
    expect(await findSecret(core, { platform: 'slack', space: 'T1' })).toEqual({
      token: 'xoxb-granted',
      id: 'B1',
      user: 'UBOT',
      scopes: ['chat:write', 'commands'],
      refresh: null,
    });
    expect(slack.calls('oauth.v2.access')[0]?.args).toMatchObject({ client_id: '1.1', code: 'the-code' });
    for (const secret of ['xoxb-granted', 'xoxp-', 'the-code', 'client-secret']) expect(logged).not.toContain(secret);
  });
});

test('what renews a token is kept with it', async () => {
  granted = { ...grant, ...bot, refresh_token: 'xoxe-1', expires_in: 43_200 };
  await install();
  const refresh = { token: 'xoxe-1', expiresAt: expect.any(Number) };
  expect(await findSecret(core, { platform: 'slack', space: 'T1' })).toMatchObject({ refresh });
});

test('only whoever was invited sets out at all, and only while the invitation lasts', async () => {
  expect(invitationUrl(core, 14)).toMatch(/^http:\/\/localhost:3000\/slack\/install\?invitation=[\w-]+$/);
  const good = writeInvitation(core, 14);
  const forged = core.cipher.seal(JSON.stringify({ expires: Number.MAX_SAFE_INTEGER }), 'link').toString('base64url');
  const changed = `${good.slice(0, -2)}AA`;
  for (const invitation of ['', 'x', forged, changed, writeInvitation(core, -1)]) {
    const refused = await setOut(invitation);
    expect([invitation, refused.status, refused.cookie]).toEqual([invitation, 403, '']);
  }
  expect((await setOut(good)).status).toBe(302);
});

describe('is shown one plain page, and nothing is kept', () => {
  test.each([
    ['who comes without having set out', async () => comeBack({ code: 'c', state: (await setOut()).state })],
    [
      'with the cookie of another journey',
      async () => comeBack({ code: 'c', state: (await setOut()).state }, (await setOut()).cookie),
    ],
    ['with a state nobody signed', async () => comeBack({ code: 'c', state: 'x.y.z' }, 'slack-app-oauth-state=x.y.z')],
    ['without a state', async () => comeBack({ code: 'c' }, (await setOut()).cookie)],
    ['without a code', async () => comeBack({}, (await setOut()).cookie)],
  ])('someone %s', async (_, journey) => {
    const page = await journey();
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('Colloquy was not added')]);
    expect(slack.calls('oauth.v2.access')).toEqual([]);
    expect(await installed()).toEqual([]);
  });

  test.each([
    ['Slack refuses the code', { ok: false, error: 'invalid_code' }, 'invalid_code'],
    ['Slack is out of order', 503, 'slack_webapi_http_error'],
    ['Slack grants no bot', { ...grant }, 'unknown'],
  ])('someone for whom %s', async (_, said, reason) => {
    granted = said;
    const page = await install();
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('Colloquy was not added')]);
    for (const detail of [reason, 'Error', ' at ']) expect(page.html).not.toContain(detail);
    expect(logged).toContain(reason);
    expect(logged).not.toContain('the-code');
    expect(await installed()).toEqual([]);
  });

  test('someone who cancels', async () => {
    const { state, cookie } = await setOut();
    const page = await comeBack({ error: 'access_denied', state }, cookie);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('You cancelled')]);
    expect(await installed()).toEqual([]);
  });

  test('someone who chose a whole organisation, with the reason', async () => {
    granted = { ...grant, ...bot, team: null, enterprise: { id: 'E1', name: 'County' }, is_enterprise_install: true };
    const page = await install();
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('one workspace at a time')]);
    expect(await installed()).toEqual([]);
  });

  test('someone who comes while we are out of order', async () => {
    await core.db.schema.alterTable('installations').renameTo('away').execute();
    const page = await install();
    await core.db.schema.alterTable('away').renameTo('installations').execute();
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('Colloquy was not added')]);
    expect(page.html).not.toContain('installations');
  });
});
