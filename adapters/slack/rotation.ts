import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { SlackAccess } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { Permanent, Retryable } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { findSecret, renewSecret, type Secret } from '../../src/store/installations.ts';
import { clientOptions } from './client.ts';
import { meaningOf } from './meanings.ts';
import { takeTurns } from './turns.ts';

/** What an installation keeps, sealed. */
export const Bot = z.object({
  token: z.string(),
  /** The bot as an integration, and as a person in the workspace. */
  id: z.string(),
  user: z.string(),
  scopes: z.array(z.string()),
  /** Null where tokens do not expire. `expiresAt` is in seconds since 1970; the token works once. */
  refresh: z.object({ token: z.string(), expiresAt: z.number() }).nullable(),
});
export type Bot = z.infer<typeof Bot>;

const Refreshed = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() });

/** A token lives for twelve hours: https://docs.slack.dev/authentication/using-token-rotation */
const renewBeforeMs = 2 * 3_600_000;

/** After a failed renewal Slack is left alone for this long. */
const pauseMs = 60_000;

/** So many are renewed at once: each holds a session of the database while Slack is asked. */
const mostRenewals = 3;

type Credentials = Extract<SlackAccess, { kind: 'oauth' }>;

/** The bots of the workspaces that have our app, each with a token that works now. */
export interface Bots {
  /**
   * `undefined` where our app is not, or no longer, installed.
   *
   * @throws Retryable when the token has expired and could not be renewed
   * @throws Permanent when it has expired and Slack will never renew it
   */
  find(space: string): Promise<Bot | undefined>;
}

/**
 * Renews tokens before they expire. A refresh token works once, so of all that ask at the same time one renews: here
 * the others wait for it, and in other processes for the row it holds.
 */
export function openBots(core: Core, credentials: Credentials, apiUrl: string, log: Log): Bots {
  const renewing = new Map<string, Promise<Bot | undefined>>();
  const pausedUntil = new Map<string, number>();
  /** By workspace: the refresh token that Slack takes no more, and what the operator can do about it. */
  const refused = new Map<string, { readonly token: string; readonly fault: Permanent }>();
  const inTurn = takeTurns(mostRenewals);
  const isDue = (bot: Bot) => msLeft(bot, core) < renewBeforeMs;

  async function renew(space: string, known: Bot): Promise<Bot | undefined> {
    let tried = known;
    try {
      const secret = await renewSecret(core, { platform: 'slack', space }, async (sealed) => {
        const current = Bot.parse(sealed);
        tried = current;
        return isDue(current) ? await refresh(core, credentials, apiUrl, current) : sealed;
      });
      return readBot(secret);
    } catch (error) {
      if (error instanceof Permanent) {
        refused.set(space, { token: tried.refresh?.token ?? '', fault: error });
        log.error({ err: error, space }, 'Slack: the token of a workspace will never be renewed');
        return whileItLasts(tried, core, error);
      }
      pausedUntil.set(space, core.clock.now().getTime() + pauseMs);
      log.warn({ err: error, space }, 'Slack: the token of a workspace could not be renewed');
      return whileItLasts(tried, core, expired(pauseMs));
    }
  }

  return {
    async find(space) {
      const bot = readBot(await findSecret(core, { platform: 'slack', space }));
      if (bot === undefined || !isDue(bot)) return bot;
      const refusal = refused.get(space);
      if (refusal !== undefined && refusal.token === bot.refresh?.token) return whileItLasts(bot, core, refusal.fault);
      const pause = (pausedUntil.get(space) ?? 0) - core.clock.now().getTime();
      if (pause > 0) return whileItLasts(bot, core, expired(pause));
      const underWay = renewing.get(space) ?? inTurn(() => renew(space, bot)).finally(() => renewing.delete(space));
      renewing.set(space, underWay);
      return await underWay;
    },
  };
}

function readBot(secret: Secret | undefined): Bot | undefined {
  return secret === undefined ? undefined : Bot.parse(secret);
}

function msLeft({ refresh }: Bot, core: Core): number {
  return refresh === null ? Number.POSITIVE_INFINITY : refresh.expiresAt * 1000 - core.clock.now().getTime();
}

/** @throws the fault once the token has expired */
function whileItLasts(bot: Bot, core: Core, fault: Retryable | Permanent): Bot {
  if (msLeft(bot, core) > 0) return bot;
  throw fault;
}

function expired(retryAfterMs: number): Retryable {
  return new Retryable('Slack: the token of a workspace has expired, and could not be renewed', retryAfterMs);
}

async function refresh(core: Core, credentials: Credentials, apiUrl: string, bot: Bot): Promise<Bot> {
  const { clientId, clientSecret } = credentials;
  const client = new webApi.WebClient(undefined, clientOptions(apiUrl));
  const request = { client_id: clientId, client_secret: clientSecret, grant_type: 'refresh_token' } as const;
  const asked = client.oauth.v2.access({ ...request, refresh_token: bot.refresh?.token ?? '' });
  const answer = await asked.catch((error: unknown) => {
    throw refusalIn(error) ?? error;
  });
  const { access_token, refresh_token, expires_in } = Refreshed.parse(answer);
  const expiresAt = Math.floor(core.clock.now().getTime() / 1000) + expires_in;
  return { ...bot, token: access_token, refresh: { token: refresh_token, expiresAt } };
}

/** What an error says that will not pass by itself; `undefined` where Slack is busy, or was not reached. */
function refusalIn(error: unknown): Permanent | undefined {
  const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : '';
  // Where the answer is not Slack's the client gives the whole text as the code.
  if (!/^[a-z0-9_]{1,80}$/.test(code)) return undefined;
  const { kind, mend } = meaningOf(code, 'oauth.v2.access');
  if (kind === 'throttled' || kind === 'later' || kind === 'unknown') return undefined;
  return new Permanent(`the token cannot be renewed (${code}). ${mend === '' ? 'Install the app again.' : mend}`);
}
