import { resolve } from 'node:path';
import { z } from 'zod';
import { Permanent } from './errors.ts';
import { type Periods, readPeriods } from './retention/periods.ts';
import { type Setting, settings } from './settings.ts';

/** The environment, read once: typed, checked, and never looked at again. */
export interface Config {
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** '' for the embedded database. */
  readonly databaseUrl: string;
  /** '' for queues on PostgreSQL. */
  readonly redisUrl: string;
  readonly role: 'all' | 'web' | 'worker';
  /** `undefined` only with the embedded database, which keeps its own. */
  readonly encryptionKey: Buffer | undefined;
  readonly logLevel: string;
  readonly slack: SlackConfig | undefined;
  readonly teams: TeamsConfig | undefined;
  readonly email: EmailConfig | undefined;
  readonly retention: Periods;
  /** '' when /metrics is closed. */
  readonly metricsToken: string;
}

export interface SlackConfig {
  /** '' in Socket Mode, where nothing is signed: we call Slack, and it answers on that line. */
  readonly signingSecret: string;
  /** Such as https://slack.com/api/ */
  readonly apiUrl: string;
  readonly access: SlackAccess;
  /** For Socket Mode; '' where Slack sends its requests to us over HTTP. */
  readonly appToken: string;
}

/** Into one workspace by the token in the settings, or into every one whose administrator installs the app. */
export type SlackAccess =
  | { readonly kind: 'token'; readonly botToken: string }
  | {
      readonly kind: 'oauth';
      readonly clientId: string;
      readonly clientSecret: string;
      /** Seals what a person brings back from Slack after installing: at least 16 characters. */
      readonly stateSecret: string;
    };

export interface TeamsConfig {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  readonly appType: 'SingleTenant' | 'MultiTenant';
  /** Of the Entra app that signs people in to the tab; '' for no tab. */
  readonly tabAppId: string;
  /** True only for the local playground: nobody proves who they are. */
  readonly anonymous: boolean;
}

export interface EmailConfig {
  readonly smtpUrl: string;
  readonly from: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings. An empty variable is the same as an absent one.
 *
 * @throws Permanent that lists every mistake, each with the variable's name and how to mend it
 */
export function readConfig(environment: Environment = process.env): Config {
  const given = settings.map((setting) => [setting.name, environment[setting.name]?.trim() ?? ''] as const);
  const values = Object.fromEntries(given);
  const mistakes = [
    ...settings.flatMap((setting) => mistakesIn(setting, values[setting.name] ?? '')),
    ...relations(values),
  ];
  if (mistakes.length > 0) {
    throw new Permanent(`These settings need mending:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
  }
  return assemble(values);
}

/** What our app at Slack is to be: read by itself, because an operator makes the app before its settings exist. */
export interface SlackPlan {
  readonly publicUrl: string;
  readonly socketMode: boolean;
  readonly manyWorkspaces: boolean;
}

/** @throws Permanent when PUBLIC_URL or PORT is mistaken */
export function readSlackPlan(environment: Environment = process.env): SlackPlan {
  const { PORT, PUBLIC_URL } = environment;
  const has = (name: string) => (environment[name]?.trim() ?? '') !== '';
  const { publicUrl } = readConfig({ PORT, PUBLIC_URL });
  return { publicUrl, socketMode: has('SLACK_APP_TOKEN'), manyWorkspaces: has('SLACK_CLIENT_ID') };
}

function mistakesIn(setting: Setting, value: string): readonly string[] {
  if (value === '' || setting.schema.safeParse(value).success) return [];
  // The value itself is not repeated: it may be a secret.
  return [`${setting.name}: ${setting.mend}`];
}

type Values = Readonly<Record<string, string>>;

/** Settings that make sense only together, or only apart. */
function relations(values: Values): readonly string[] {
  const has = (name: string) => (values[name] ?? '') !== '';
  const needs = (name: string, others: readonly string[]) =>
    has(name)
      ? others.filter((other) => !has(other)).map((other) => `${other}: set it too, because ${name} is set.`)
      : [];
  return [
    ...needs('DATABASE_URL', ['ENCRYPTION_KEY']),
    ...needs('SLACK_CLIENT_ID', ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET']),
    ...needs('SLACK_CLIENT_SECRET', ['SLACK_CLIENT_ID']),
    ...needs('SLACK_STATE_SECRET', ['SLACK_CLIENT_ID']),
    ...(has('SLACK_APP_TOKEN') ? [] : needs('SLACK_BOT_TOKEN', ['SLACK_SIGNING_SECRET'])),
    ...(has('SLACK_APP_TOKEN') ? [] : needs('SLACK_CLIENT_ID', ['SLACK_SIGNING_SECRET'])),
    ...(has('SLACK_CLIENT_ID') ? [] : needs('SLACK_SIGNING_SECRET', ['SLACK_BOT_TOKEN'])),
    ...(has('SLACK_CLIENT_ID') ? [] : needs('SLACK_APP_TOKEN', ['SLACK_BOT_TOKEN'])),
    ...(has('SLACK_BOT_TOKEN') && has('SLACK_CLIENT_ID')
      ? ['SLACK_BOT_TOKEN: remove it, or the SLACK_CLIENT_ settings: it is for one workspace, they are for many.']
      : []),
    ...needs('TEAMS_APP_ID', ['TEAMS_APP_PASSWORD', 'TEAMS_APP_TENANT_ID']),
    ...needs('TEAMS_APP_PASSWORD', ['TEAMS_APP_ID']),
    ...needs('TEAMS_TAB_APP_ID', ['TEAMS_APP_ID']),
    ...(has('TEAMS_TAB_APP_ID') && values['TEAMS_TAB_APP_ID']?.toLowerCase() === values['TEAMS_APP_ID']?.toLowerCase()
      ? ['TEAMS_TAB_APP_ID: register a second Entra app: a token that people get for the tab must not open the bot.']
      : []),
    ...needs('SMTP_URL', ['MAIL_FROM']),
    ...(values['TEAMS_ANONYMOUS'] === 'true' ? anonymousMistakes(values) : []),
    ...(values['ROLE'] !== undefined && values['ROLE'] !== '' && values['ROLE'] !== 'all' && !has('DATABASE_URL')
      ? ['ROLE: several processes need a database of their own: set DATABASE_URL, or leave ROLE empty.']
      : []),
  ];
}

function anonymousMistakes(values: Values): readonly string[] {
  const clash = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_APP_TENANT_ID'].filter(
    (name) => (values[name] ?? '') !== '',
  );
  const host = new URL(urlOf(values)).hostname;
  const open = ['localhost', '127.0.0.1', '[::1]'].includes(host) ? [] : ['PUBLIC_URL'];
  if (clash.length + open.length === 0) return [];
  return [
    'TEAMS_ANONYMOUS: only for a playground on this machine: remove it, or remove the TEAMS_APP_ settings and use a localhost PUBLIC_URL.',
  ];
}

function urlOf(values: Values): string {
  const given = values['PUBLIC_URL'] ?? '';
  const fallback = `http://localhost:${values['PORT'] === '' ? '3000' : values['PORT']}`;
  return (URL.canParse(given) ? given : fallback).replace(/\/+$/, '');
}

function assemble(values: Values): Config {
  const read = (name: string, fallback = '') => (values[name] === '' ? fallback : (values[name] ?? fallback));
  const key = read('ENCRYPTION_KEY');
  return Object.freeze({
    port: Number(read('PORT', '3000')),
    publicUrl: urlOf(values),
    dataDir: resolve(read('DATA_DIR', './data')),
    databaseUrl: read('DATABASE_URL'),
    redisUrl: read('REDIS_URL'),
    role: z.enum(['all', 'web', 'worker']).parse(read('ROLE', 'all')),
    encryptionKey: key === '' ? undefined : Buffer.from(key, 'base64'),
    logLevel: read('LOG_LEVEL', 'info'),
    slack: slackOf(read),
    teams: teamsOf(read),
    email: read('SMTP_URL') === '' ? undefined : { smtpUrl: read('SMTP_URL'), from: read('MAIL_FROM') },
    retention: readPeriods(read),
    metricsToken: read('METRICS_TOKEN'),
  });
}

type Read = (name: string, fallback?: string) => string;

function slackOf(read: Read): SlackConfig | undefined {
  const appToken = read('SLACK_APP_TOKEN');
  const signingSecret = appToken === '' ? read('SLACK_SIGNING_SECRET') : '';
  const access = slackAccessOf(read);
  if (access === undefined || (appToken === '' && signingSecret === '')) return undefined;
  return { signingSecret, apiUrl: read('SLACK_API_URL', 'https://slack.com/api/'), access, appToken };
}

function slackAccessOf(read: Read): SlackAccess | undefined {
  const botToken = read('SLACK_BOT_TOKEN');
  if (botToken !== '') return { kind: 'token', botToken };
  const clientId = read('SLACK_CLIENT_ID');
  const clientSecret = read('SLACK_CLIENT_SECRET');
  const stateSecret = read('SLACK_STATE_SECRET');
  if (clientId === '' || clientSecret === '' || stateSecret === '') return undefined;
  return { kind: 'oauth', clientId, clientSecret, stateSecret };
}

function teamsOf(read: Read): TeamsConfig | undefined {
  const anonymous = read('TEAMS_ANONYMOUS') === 'true';
  const appId = read('TEAMS_APP_ID');
  if (appId === '' && !anonymous) return undefined;
  const appType = z.enum(['SingleTenant', 'MultiTenant']).parse(read('TEAMS_APP_TYPE', 'SingleTenant'));
  return {
    appId,
    appPassword: read('TEAMS_APP_PASSWORD'),
    tenantId: read('TEAMS_APP_TENANT_ID'),
    appType,
    tabAppId: read('TEAMS_TAB_APP_ID'),
    anonymous,
  };
}
