import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openTeams } from '../../../adapters/teams/app.ts';
import { explainSignIn } from '../../../adapters/teams/credentials.ts';
import { isLocalService, isLoopback, isTeamsService } from '../../../adapters/teams/guard.ts';
import { readConfig } from '../../../src/config.ts';
import { Permanent, Retryable } from '../../../src/errors.ts';
import { settings } from '../../../src/settings.ts';
import { openTestCore } from '../../support/core.ts';
import { activityOf, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { appId, openTeamsRig, tenantId } from '../../support/teams-rig.ts';

describe('our own token may go to', () => {
  test.each([
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/uk/22222222-bbbb-4bbb-8bbb-222222222222/',
    'https://smba.infra.gcc.teams.microsoft.com/teams',
    'https://europe.botframework.com/',
  ])('%s', (serviceUrl) => {
    expect(isTeamsService(serviceUrl)).toBe(true);
  });

  test.each([
    'http://smba.trafficmanager.net/emea/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net',
    'https://smba.trafficmanager.net@evil.example/',
    'https://somebody@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://evilbotframework.com/',
    'https://botframework.com.evil.example/',
    'https://127.0.0.1/',
    'http://localhost:56150/_connector',
    'smba.trafficmanager.net',
    '',
  ])('nowhere like %j', (serviceUrl) => {
    expect(isTeamsService(serviceUrl)).toBe(false);
  });
});

test.each([
  ['http://localhost:56150/_connector', true],
  ['http://127.0.0.1:56150/_connector', true],
  ['http://[::1]:56150/_connector', true],
  ['http://localhost.evil.example/', false],
  ['http://10.0.0.1/', false],
  ['nothing', false],
])('the playground is at %s: %s', (serviceUrl, expected) => {
  expect(isLocalService(serviceUrl)).toBe(expected);
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['127.0.0.1.evil.example', false],
  ['', false],
])('%j is this machine: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

describe('when Entra gives us no token', () => {
  test('because our settings are wrong, the operator is told which', () => {
    const error = explainSignIn(Object.assign(new Error('AADSTS7000215: secret'), { errorCode: 'invalid_client' }));
    expect(error).toBeInstanceOf(Permanent);
    expect(error.message).toContain('TEAMS_APP_PASSWORD');
    expect(error.message).not.toContain('AADSTS');
  });

  test.each(['network_error', 'temporarily_unavailable', 'endpoints_resolution_error'])(
    'because of %s, it is tried again',
    (errorCode) => {
      expect(explainSignIn(Object.assign(new Error('nothing'), { errorCode }))).toBeInstanceOf(Retryable);
    },
  );

  test('because it did not answer in time, it is tried again', () => {
    expect(explainSignIn(new DOMException('late', 'TimeoutError'))).toBeInstanceOf(Retryable);
  });
});

/** What the SDK, or another version of ours, would take instructions from. */
const hostile = {
  BotOpenIdMetadata: 'https://evil.example/openid',
  ToBotFromChannelOpenIdMetadataUrl: 'https://evil.example/openid',
  ToBotFromChannelTokenIssuer: 'https://evil.example',
  ChannelService: 'https://botframework.azure.us',
  MicrosoftAppType: 'MultiTenant',
  TEAMS_ISSUER: 'https://evil.example',
  TEAMS_METADATA_URL: 'https://evil.example/openid',
  TEAMS_SERVICE_URL: 'https://evil.example',
  TEAMS_TRUST: 'all',
};
const given = { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: 'secret', TEAMS_APP_TENANT_ID: tenantId };

describe('in production nobody else than Microsoft is believed', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test('because no setting says otherwise', () => {
    const names = settings.map(({ name }) => name).filter((name) => name.startsWith('TEAMS'));
    const ids = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_APP_TENANT_ID', 'TEAMS_APP_TYPE', 'TEAMS_TAB_APP_ID'];
    expect(names).toEqual([...ids, 'TEAMS_ANONYMOUS']);
    expect(readConfig({ ...given, ...hostile }).teams).toEqual(readConfig(given).teams);
    expect(readConfig({ ...given, TEAMS_ANONYMOUS: 'false' }).teams?.anonymous).toBe(false);
    expect(() => readConfig({ ...given, TEAMS_ANONYMOUS: 'true' })).toThrow('TEAMS_ANONYMOUS');
  });

  test('because the tests’ own way in is used by tests alone', () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const users = globSync(['src/**/*.ts', 'adapters/**/*.ts', 'jobs/**/*.ts'], { cwd: root }).filter((file) =>
      readFileSync(`${root}/${file}`, 'utf8').includes('openTeamsWith'),
    );
    expect(users).toEqual(['adapters/teams/app.ts']);
  });

  test('whatever the environment holds, and whatever else it is opened with', async () => {
    for (const [name, value] of Object.entries(hostile)) vi.stubEnv(name, value);
    const { core, close } = await openTestCore();
    const options = {
      appId,
      appPassword: 'secret',
      tenantId,
      appType: 'SingleTenant',
      tabAppId: '',
      anonymous: false,
    } as const;
    const rig = await openTeamsRig(core, (_core, stub, log) => {
      const trust = { issuer: 'https://api.botframework.com', metadataUrl: stub.metadataUrl, isService: () => true };
      return openTeams(core, { ...options, ...trust, ...{ trust } }, log);
    });
    const asked: string[] = [];
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      if (input === rig.url) return await real(input, init);
      asked.push(String(input));
      throw new TypeError('there is no network');
    });
    const good = activityOf(createTeamsPerson('asha@leeds.example'), rig.stub.serviceUrl, typed('help'));
    expect(await rig.post(good)).toEqual({ status: 503, body: '' });
    expect(asked).toEqual(['https://login.botframework.com/v1/.well-known/openidconfiguration']);
    expect(rig.stub.calls).toEqual([]);
    await rig.close();
    await close();
  });
});
