import { z } from 'zod';
import { longestPeriod, periodSettings, shortestPeriod } from './retention/periods.ts';

/** One variable of the environment: what it must look like, and what to tell someone who got it wrong. */
export interface Setting {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly mend: string;
}

const url = (protocols: readonly string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));

const word = z.string().min(1);

const days: readonly Setting[] = Object.values(periodSettings).map((name) => ({
  name,
  schema: z
    .string()
    .regex(/^\d{1,4}$/)
    .refine((value) => Number(value) >= shortestPeriod && Number(value) <= longestPeriod),
  mend: `use a number of days from ${shortestPeriod} to ${longestPeriod}.`,
}));

/** Every variable Colloquy reads. `.env.example` explains each; a test holds the two together. */
export const settings: readonly Setting[] = [
  {
    name: 'PORT',
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .refine((value) => Number(value) <= 65_535),
    mend: 'use a port number, such as 3000.',
  },
  {
    name: 'PUBLIC_URL',
    schema: url(['http:', 'https:']),
    mend: 'use the full address members reach, such as https://network.example.org.',
  },
  { name: 'DATA_DIR', schema: word, mend: 'name a folder.' },
  {
    name: 'DATABASE_URL',
    schema: url(['postgres:', 'postgresql:']),
    mend: 'use an address such as postgres://user:password@host:5432/colloquy.',
  },
  { name: 'REDIS_URL', schema: url(['redis:', 'rediss:']), mend: 'use an address such as redis://host:6379.' },
  { name: 'ROLE', schema: z.enum(['all', 'web', 'worker']), mend: 'use all, web or worker.' },
  {
    name: 'ENCRYPTION_KEY',
    schema: z.base64().refine((value) => Buffer.from(value, 'base64').length === 32),
    mend: 'use 32 random bytes in base64: node -p "crypto.randomBytes(32).toString(\'base64\')" makes them.',
  },
  {
    name: 'LOG_LEVEL',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    mend: 'use debug, info, warn, error or silent.',
  },
  { name: 'SLACK_SIGNING_SECRET', schema: word, mend: 'copy the signing secret of your Slack app.' },
  {
    name: 'SLACK_BOT_TOKEN',
    // The tokens it is most often mistaken for: a person's, the app's, a refresh token. A local stand-in has its own.
    schema: z.string().regex(/^(?!xoxp-|xapp-|xoxe[.-])\S+$/),
    mend: 'copy the bot token of your Slack app: it starts with xoxb-.',
  },
  { name: 'SLACK_CLIENT_ID', schema: word, mend: 'copy the client id of your Slack app.' },
  { name: 'SLACK_CLIENT_SECRET', schema: word, mend: 'copy the client secret of your Slack app.' },
  { name: 'SLACK_STATE_SECRET', schema: z.string().min(16), mend: 'make up a secret of at least 16 characters.' },
  {
    name: 'SLACK_APP_TOKEN',
    schema: z.string().regex(/^xapp-\S+$/),
    mend: 'copy an app-level token of your Slack app, with the scope connections:write: it starts with xapp-.',
  },
  {
    name: 'SLACK_API_URL',
    schema: url(['http:', 'https:']),
    mend: 'leave it empty for Slack itself, or use the full address of a local stand-in.',
  },
  { name: 'TEAMS_APP_ID', schema: z.guid(), mend: 'copy the application (client) id of your Entra app.' },
  { name: 'TEAMS_APP_PASSWORD', schema: word, mend: 'copy a client secret of your Entra app.' },
  { name: 'TEAMS_APP_TENANT_ID', schema: z.guid(), mend: 'copy the directory (tenant) id of your Entra app.' },
  { name: 'TEAMS_APP_TYPE', schema: z.enum(['SingleTenant', 'MultiTenant']), mend: 'use SingleTenant or MultiTenant.' },
  {
    name: 'TEAMS_TAB_APP_ID',
    schema: z.guid(),
    mend: 'copy the application (client) id of the Entra app that signs people in to the tab.',
  },
  { name: 'TEAMS_ANONYMOUS', schema: z.enum(['true', 'false']), mend: 'use true or false.' },
  {
    name: 'SMTP_URL',
    schema: url(['smtp:', 'smtps:']),
    mend: 'use an address such as smtps://user:password@mail.example.org.',
  },
  {
    name: 'MAIL_FROM',
    schema: z.string().regex(/^[^\r\n]*[^\s@]+@[^\s@]+[^\r\n]*$/),
    mend: 'use a sender such as Colloquy <colloquy@example.org>.',
  },
  ...days,
  { name: 'METRICS_TOKEN', schema: z.string().min(16), mend: 'use a secret of at least 16 characters.' },
];
