import { Writable } from 'node:stream';
import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Bot } from '../../../adapters/slack/rotation.ts';
import { openWorkspaces, type Workspaces } from '../../../adapters/slack/workspaces.ts';
import type { Core } from '../../../src/core.ts';
import { createLog } from '../../../src/log.ts';
import { findSecret, removeInstallation, saveInstallation } from '../../../src/store/installations.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { openSlackWebApi, type SlackWebApi } from '../../support/slack-web-api.ts';

let stage: TestCore;
let core: Core;
let slack: SlackWebApi;
let logged: string;
/** What Slack says to a request for a new token, instead of giving one. */
let refusal: object | number | undefined;
/** What happens while a new token is asked for. */
let onRefresh: () => Promise<void>;

/** A Slack whose refresh tokens work once, as the real one's do. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  logged = '';
  refusal = undefined;
  onRefresh = () => Promise.resolve();
  const used = new Set<string>();
  slack = await openSlackWebApi(async ({ method, args }) => {
    if (method !== 'oauth.v2.access') return { ok: true };
    await onRefresh();
    if (refusal !== undefined) return refusal;
    const { refresh_token: given = '', grant_type } = args;
    if (used.has(given) || grant_type !== 'refresh_token') return { ok: false, error: 'invalid_refresh_token' };
    used.add(given);
    const next = { access_token: `${given}-token`, refresh_token: `${given}+`, expires_in: 43_200 };
    return { ok: true, token_type: 'bot', ...next };
  });
});
afterEach(async () => {
  await slack.close();
  await stage.close();
});

/** As each process opens them. */
function openProcess(): Workspaces {
  const access = { kind: 'oauth', clientId: '1.1', clientSecret: 'secret', stateSecret: 'unused' } as const;
  const destination = new Writable({
    write(line, _encoding, done) {
      logged += String(line);
      done();
    },
  });
  const config = { signingSecret: 's', apiUrl: slack.apiUrl, access, appToken: '' };
  return openWorkspaces(core, config, createLog('debug', destination));
}

const seconds = () => Math.floor(core.clock.now().getTime() / 1000);
const later = (minutes: number) => stage.clock.set(new Date(core.clock.now().getTime() + minutes * 60_000));

async function install(space: string, minutesLeft: number | 'for ever'): Promise<void> {
  const refresh = minutesLeft === 'for ever' ? null : { token: `r-${space}`, expiresAt: seconds() + minutesLeft * 60 };
  const bot: Bot = { token: `old-${space}`, id: `B${space}`, user: `U${space}`, scopes: [], refresh };
  const place = { platform: 'slack', space, name: space, installedAt: core.clock.now() } as const;
  await saveInstallation(core, place, bot);
}

async function tokenOf(client: webApi.WebClient | undefined): Promise<string> {
  await client?.auth.test();
  return slack.calls('auth.test').at(-1)?.token ?? '';
}
const refreshes = () => slack.calls('oauth.v2.access').length;

test.each([
  ['that never expires', 'for ever'],
  ['with more than two hours left', 121],
] as const)('a token %s is used as it is', async (_, minutes) => {
  await install('T1', minutes);
  const client = await openProcess().clientOf('T1');
  expect([await tokenOf(client), refreshes()]).toEqual(['old-T1', 0]);
});

test('of ten that ask at once, in two processes, one renews, and all are given what it got', async () => {
  await install('T1', 119);
  const processes = [openProcess(), openProcess()];
  const asked = Array.from({ length: 10 }, async (_, index) => {
    const result = await processes[index % 2]?.authorize({
      teamId: 'T1',
      enterpriseId: undefined,
      isEnterpriseInstall: false,
    });
    return result?.botToken;
  });
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['r-T1-token']));
  expect(refreshes()).toBe(1);
  expect(await findSecret(core, { platform: 'slack', space: 'T1' })).toMatchObject({
    token: 'r-T1-token',
    refresh: { token: 'r-T1+', expiresAt: seconds() + 43_200 },
  });
  // Ten hours on the next one is due, and the refresh token that came with the first is what gets it.
  later(601);
  expect(await tokenOf(await processes[0]?.clientOf('T1'))).toBe('r-T1+-token');
  expect(refreshes()).toBe(2);
});

test('a token that could not be renewed serves while it lasts, and Slack is asked again a minute later', async () => {
  await install('T1', 30);
  const workspaces = openProcess();
  refusal = 503;
  for (const _ of [1, 2, 3]) expect(await tokenOf(await workspaces.clientOf('T1'))).toBe('old-T1');
  expect(refreshes()).toBe(1);
  later(1);
  expect(await tokenOf(await workspaces.clientOf('T1'))).toBe('old-T1');
  expect(refreshes()).toBe(2);
  later(29);
  await expect(workspaces.clientOf('T1')).rejects.toMatchObject({ name: 'Retryable', retryAfterMs: 60_000 });
  await expect(workspaces.clientOf('T1')).rejects.toMatchObject({ name: 'Retryable' });
  expect(refreshes()).toBe(3);
  refusal = undefined;
  later(1);
  expect(await tokenOf(await workspaces.clientOf('T1'))).toBe('r-T1-token');
  expect(logged).toContain('"space":"T1"');
  for (const secret of ['old-T1', 'r-T1', 'secret']) expect(logged).not.toContain(secret);
});

test('what Slack answers instead of a token is not kept', async () => {
  await install('T1', 30);
  refusal = { ok: true, access_token: 'half' };
  expect(await tokenOf(await openProcess().clientOf('T1'))).toBe('old-T1');
  expect(await findSecret(core, { platform: 'slack', space: 'T1' })).toMatchObject({ token: 'old-T1' });
});

test('where the app is not installed there is no way in', async () => {
  await install('T1', 30);
  await removeInstallation(core, { platform: 'slack', space: 'T1' }, core.clock.now(), core.clock.now());
  const workspaces = openProcess();
  const source = { teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false } as const;
  expect(await workspaces.clientOf('T1')).toBeUndefined();
  expect(await workspaces.clientOf('TNEVER')).toBeUndefined();
  await expect(workspaces.authorize(source)).rejects.toThrow('not installed');
  expect(refreshes()).toBe(0);
});

test('each workspace is called with its own token, one after the other and all at once', async () => {
  const spaces = ['T1', 'T2', 'T3'];
  for (const space of spaces) await install(space, 'for ever');
  const workspaces = openProcess();
  for (const space of spaces) expect(await tokenOf(await workspaces.clientOf(space))).toBe(`old-${space}`);
  const clients = await Promise.all(spaces.map((space) => workspaces.clientOf(space)));
  const before = slack.calls('team.info').length;
  await Promise.all(clients.map((client, index) => client?.team.info({ team: spaces[index] ?? '' })));
  const calls = slack.calls('team.info').slice(before);
  expect(calls.map(({ token }) => token).toSorted()).toEqual(['old-T1', 'old-T2', 'old-T3']);
  expect(calls.every(({ token, args }) => token === `old-${args['team']}`)).toBe(true);
});

test.each([
  ['invalid_refresh_token', 'Install the app again'],
  ['token_revoked', 'Install the app again'],
  ['invalid_auth', 'Install the app again'],
  ['account_inactive', 'Install the app again'],
  ['a_code_of_tomorrow', 'Install the app again'],
  ['bad_client_secret', 'SLACK_CLIENT_SECRET'],
])(
  'a renewal refused for good (%s) is not asked for again, and the operator is told where and what to do',
  async (error, mend) => {
    await install('T1', 30);
    const workspaces = openProcess();
    refusal = { ok: false, error };
    expect(await tokenOf(await workspaces.clientOf('T1'))).toBe('old-T1');
    for (const line of ['"space":"T1"', error, mend]) expect(logged).toContain(line);
    later(31);
    for (const _ of [1, 2]) {
      await expect(workspaces.clientOf('T1')).rejects.toMatchObject({
        name: 'Permanent',
        message: expect.stringContaining(mend),
      });
      later(120);
    }
    expect(refreshes()).toBe(1);
    for (const secret of ['old-T1', 'r-T1']) expect(logged).not.toContain(secret);
    // Installed again, it has another token to be renewed with.
    refusal = undefined;
    const bot: Bot = {
      token: 'new',
      id: 'B',
      user: 'U',
      scopes: [],
      refresh: { token: 'fresh', expiresAt: seconds() },
    };
    await saveInstallation(core, { platform: 'slack', space: 'T1', name: 'T1', installedAt: core.clock.now() }, bot);
    expect(await tokenOf(await workspaces.clientOf('T1'))).toBe('fresh-token');
  },
);

test.each(['ratelimited', 'internal_error', 'service_unavailable', 'fatal_error'])(
  'a Slack that is busy (%s) is asked again',
  async (error) => {
    await install('T1', -1);
    refusal = { ok: false, error };
    const workspaces = openProcess();
    await expect(workspaces.clientOf('T1')).rejects.toMatchObject({ name: 'Retryable' });
    refusal = undefined;
    later(2);
    expect(await tokenOf(await workspaces.clientOf('T1'))).toBe('r-T1-token');
  },
);

test('of many workspaces that are due together no more than three are renewed at once, and all are', async () => {
  const spaces = Array.from({ length: 8 }, (_, index) => `T${index}`);
  for (const space of spaces) await install(space, 30);
  let under = 0;
  let most = 0;
  onRefresh = async () => {
    under += 1;
    most = Math.max(most, under);
    // The first ones wait for one another; after them come as many as are let.
    await expect.poll(() => most).toBeGreaterThanOrEqual(3);
    await core.db.selectFrom('network').select('id').execute();
    under -= 1;
  };
  const workspaces = openProcess();
  const clients = await Promise.all(spaces.map((space) => workspaces.clientOf(space)));
  expect(clients.map((client) => client?.token)).toEqual(spaces.map((space) => `r-${space}-token`));
  expect(most).toBe(3);
});
