import { type Authorize, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { SlackConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { Permanent } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { clientOptions } from './client.ts';
import { openBots } from './rotation.ts';
import { Id } from './schema.ts';

/** The workspaces that have our app, and the way into each. */
export interface Workspaces {
  /**
   * For calls that we make by ourselves. `undefined` where our app is not, or no longer, installed.
   *
   * @throws Retryable when its token has to be renewed and Slack does not answer
   */
  clientOf(space: string): Promise<webApi.WebClient | undefined>;
  /** For Bolt: the token that an incoming event is answered with. */
  readonly authorize: Authorize<boolean>;
}

/** One token from the settings, or whatever workspaces have installed the app. */
export function openWorkspaces(core: Core, { access, apiUrl }: SlackConfig, log: Log): Workspaces {
  if (access.kind === 'token') return oneWorkspace(access.botToken, apiUrl);
  const bots = openBots(core, access, apiUrl, log);
  return {
    async clientOf(space) {
      const bot = await bots.find(space);
      // Made anew for each use: it holds a token, which changes, and no connection.
      return bot === undefined ? undefined : new webApi.WebClient(bot.token, clientOptions(apiUrl));
    },
    async authorize({ teamId = '' }) {
      const bot = await bots.find(teamId);
      if (bot === undefined) throw notInstalled(teamId);
      return { botToken: bot.token, botId: bot.id, botUserId: bot.user, teamId };
    },
  };
}

function notInstalled(space: string): Permanent {
  return new Permanent(`Slack: our app is not installed in the workspace ${space}`);
}

const Team = z.object({ team_id: Id });

/** One token from the settings. Which workspace it is of, Slack says when the first request comes in. */
export function oneWorkspace(botToken: string, apiUrl: string): Workspaces {
  const client = new webApi.WebClient(botToken, clientOptions(apiUrl));
  let asked: Promise<string> | undefined;
  async function ask(): Promise<string> {
    try {
      return Team.parse(await client.auth.test()).team_id;
    } catch (error) {
      asked = undefined;
      throw error;
    }
  }
  return {
    clientOf: () => Promise.resolve(client),
    async authorize({ teamId = '' }) {
      asked ??= ask();
      if (teamId !== (await asked)) throw notInstalled(teamId);
      return { botToken, teamId };
    },
  };
}
