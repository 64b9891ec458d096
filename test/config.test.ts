import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { settings } from '../src/settings.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const tab = '33333333-cccc-4ccc-8ccc-333333333333';
const teams = {
  TEAMS_APP_ID: '11111111-aaaa-4aaa-8aaa-111111111111',
  TEAMS_APP_PASSWORD: 's',
  TEAMS_APP_TENANT_ID: '22222222-bbbb-4bbb-8bbb-222222222222',
};
const many = { SLACK_CLIENT_ID: '1.1', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 'sixteen-or-more-x' };

test('with no settings everything runs here, and no chat platform is open', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    publicUrl: 'http://localhost:3000',
    role: 'all',
    databaseUrl: '',
    redisUrl: '',
    slack: undefined,
    teams: undefined,
    email: undefined,
  });
});

test('every mistake is listed at once, by name and with its mending, and no value is repeated', () => {
  const wrong = {
    PORT: 'eighty',
    ROLE: 'both',
    ENCRYPTION_KEY: 'hunter2',
    REDIS_URL: 'http://x',
    LOG_LEVEL: 'loud',
    SLACK_BOT_TOKEN: 'xoxp-hunter2',
  };
  const read = () => readConfig(wrong);
  for (const name of Object.keys(wrong)) expect(read).toThrow(name);
  expect(read).toThrow('SLACK_SIGNING_SECRET: set it too');
  expect(read).not.toThrow('hunter2');
});

test.each([
  [{ DATABASE_URL: 'postgres://h/d' }, 'ENCRYPTION_KEY'],
  [{ SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET'],
  [{ SLACK_CLIENT_SECRET: 's' }, 'SLACK_CLIENT_ID'],
  [{ SLACK_STATE_SECRET: 'sixteen-or-more-x' }, 'SLACK_CLIENT_ID'],
  [{ SLACK_CLIENT_ID: '1.1', SLACK_SIGNING_SECRET: 's' }, 'SLACK_STATE_SECRET'],
  [{ ...many, SLACK_CLIENT_SECRET: '', SLACK_SIGNING_SECRET: 's' }, 'SLACK_CLIENT_SECRET'],
  [many, 'SLACK_SIGNING_SECRET'],
  [{ ...many, SLACK_STATE_SECRET: 'too-short' }, 'SLACK_STATE_SECRET'],
  [{ SLACK_APP_TOKEN: 'xoxb-1', SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
  [{ ...many, SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-1' }, 'one workspace'],
  [{ TEAMS_APP_ID: '11111111-1111-1111-1111-111111111111' }, 'TEAMS_APP_PASSWORD'],
  [{ TEAMS_APP_PASSWORD: 's' }, 'TEAMS_APP_ID'],
  [{ TEAMS_TAB_APP_ID: tab }, 'TEAMS_APP_ID'],
  [{ ...teams, TEAMS_TAB_APP_ID: 'my tab' }, 'TEAMS_TAB_APP_ID'],
  [{ ...teams, TEAMS_TAB_APP_ID: teams.TEAMS_APP_ID.toUpperCase() }, 'a second Entra app'],
  [{ SMTP_URL: 'smtp://h' }, 'MAIL_FROM'],
  [{ ROLE: 'worker' }, 'DATABASE_URL'],
  [{ TEAMS_ANONYMOUS: 'true', PUBLIC_URL: 'https://network.example' }, 'TEAMS_ANONYMOUS'],
])('%j alone is refused, naming %s', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(name);
});

test('the tab of Teams has a registration of its own', () => {
  expect(readConfig({ ...teams, TEAMS_TAB_APP_ID: tab }).teams).toMatchObject({ tabAppId: tab });
  expect(readConfig(teams).teams).toMatchObject({ tabAppId: '' });
});

const oauth = { kind: 'oauth', clientId: '1.1', clientSecret: 'c', stateSecret: 'sixteen-or-more-x' };
const token = { kind: 'token', botToken: 'xoxb-1' };
test.each([
  ['one workspace over HTTP', { SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 'xoxb-1' }, token, 's', ''],
  ['many over HTTP', { SLACK_SIGNING_SECRET: 's', ...many }, oauth, 's', ''],
  ['one by Socket Mode', { SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1' }, token, '', 'xapp-1'],
  ['many by Socket Mode', { SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's', ...many }, oauth, '', 'xapp-1'],
])('Slack: %s', (_, environment, access, signingSecret, appToken) => {
  const apiUrl = 'https://slack.com/api/';
  expect(readConfig(environment).slack).toEqual({ signingSecret, apiUrl, access, appToken });
});

test('a full set is read', () => {
  const config = readConfig({
    PORT: '8080',
    PUBLIC_URL: 'https://n.example/',
    DATABASE_URL: 'postgres://h/d',
    ENCRYPTION_KEY: key,
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 's',
    TEAMS_ANONYMOUS: '',
  });
  expect(config).toMatchObject({
    port: 8080,
    publicUrl: 'https://n.example',
    slack: { apiUrl: 'https://slack.com/api/' },
    teams: undefined,
  });
});

test('.env.example names every setting, in a comment’s company, and nothing else; as it stands it is valid', async () => {
  const text = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  const example = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  expect(Object.keys(example).toSorted()).toEqual(settings.map((setting) => setting.name).toSorted());
  expect(readConfig(example)).toEqual(readConfig({}));
});
