import { describe, expect, test } from 'vitest';
import { explainSignIn } from '../../../adapters/teams/credentials.ts';
import { isLocalService, isLoopback, isTeamsService } from '../../../adapters/teams/guard.ts';
import { Permanent, Retryable } from '../../../src/errors.ts';

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
