import type { ServerResponse } from 'node:http';
import { type Installation, InstallProvider, type OrgInstallation } from '@slack/oauth';
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { SlackAccess } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import type { Log } from '../../src/log.ts';
import { escapeHtml } from '../../src/messages/escape.ts';
import { admitSpace } from '../../src/network/spaces.ts';
import { clientOptions } from './client.ts';
import { installPath, isInvitation } from './invitations.ts';
import type { Bot } from './rotation.ts';
import { botScopes, optionalScopes } from './scopes.ts';
import { silentLog } from './sdk-log.ts';
import { type InstallPage, installPages } from './words.ts';

const redirectPath = '/slack/oauth_redirect';

type Credentials = Extract<SlackAccess, { kind: 'oauth' }>;

/** The two addresses an administrator's browser comes to: to set out for Slack, and on the way back from it. */
export function installRoutes(core: Core, credentials: Credentials, apiUrl: string, log: Log): Router {
  const provider = openProvider(core, credentials, apiUrl, log);
  const scopes = [...botScopes, ...optionalScopes];
  const options = { scopes, redirectUri: `${core.publicUrl}${redirectPath}` };
  const router = Router();
  router.get(
    installPath,
    orFailurePage(log, async (request, response) => {
      if (!isInvitation(core, String(request.query['invitation'] ?? ''))) {
        return show(response, 403, installPages.uninvited);
      }
      // The way back is open to those alone who set out here: the state that it asks for is made in this step.
      await provider.handleInstallPath(request, response, undefined, options);
    }),
  );
  router.get(
    redirectPath,
    orFailurePage(log, (request, response) =>
      provider.handleCallback(request, response, {
        afterInstallation: async (installation, _options, _request, answer) => {
          if (!isOrganisation(installation)) return true;
          log.warn('Slack: an installation for a whole organisation was refused');
          show(answer, 403, installPages.organisation);
          return false;
        },
        success: (_installation, _options, _request, answer) => show(answer, 200, installPages.installed),
        failure: (error, _options, request, answer) => {
          const isCancelled = new URL(request.url ?? '', core.publicUrl).searchParams.get('error') === 'access_denied';
          if (!isCancelled) log.warn({ reason: reasonOf(error) }, 'Slack: an installation failed');
          show(answer, isCancelled ? 200 : 400, isCancelled ? installPages.cancelled : installPages.failed);
        },
      }),
    ),
  );
  return router;
}

function openProvider(core: Core, credentials: Credentials, apiUrl: string, log: Log): InstallProvider {
  return new InstallProvider({
    ...credentials,
    clientOptions: clientOptions(apiUrl),
    // Its own lines quote the request, which holds what lets a person in.
    logger: silentLog(),
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    // Straight to Slack, which says all there is to decide; its own page in between loads a picture from elsewhere.
    directInstall: true,
    installationStore: {
      storeInstallation: (installation) => store(core, installation, log),
      fetchInstallation: () => Promise.reject(new Error('Tokens are read by our own store')),
    },
  });
}

const Installed = z.object({
  team: z.object({ id: z.string(), name: z.string().default('') }),
  bot: z.object({
    token: z.string(),
    id: z.string(),
    userId: z.string(),
    scopes: z.array(z.string()),
    refreshToken: z.string().optional(),
    /** In seconds since 1970. */
    expiresAt: z.number().optional(),
  }),
});

/** Keeps what the workspace granted: its bot's token, and nothing of the person who installed it. */
async function store(core: Core, installation: unknown, log: Log): Promise<void> {
  const { team, bot } = Installed.parse(installation);
  const { token, id, userId: user, scopes, refreshToken, expiresAt } = bot;
  const refresh = refreshToken === undefined || expiresAt === undefined ? null : { token: refreshToken, expiresAt };
  const secret: Bot = { token, id, user, scopes, refresh };
  const place = { platform: 'slack', space: team.id, name: team.name } as const;
  await admitSpace(core, place, secret, { isAnew: true, isServedAnyway: false });
  log.info({ space: team.id, scopes }, 'Slack: the app was installed in a workspace');
}

function isOrganisation({ isEnterpriseInstall, team }: Installation | OrgInstallation): boolean {
  return isEnterpriseInstall === true || team === undefined;
}

/** Slack's word for it, such as invalid_code, or the SDK's; neither holds anything of the request. */
function reasonOf(error: unknown): string {
  const Failed = z.object({
    code: z.string().catch(''),
    data: z.object({ error: z.string() }).optional().catch(undefined),
  });
  const read = Failed.safeParse(error).data;
  return read?.data?.error ?? read?.code ?? 'unknown';
}

type Handle = (...args: Parameters<RequestHandler>) => Promise<void>;

/** Whatever breaks, a browser is shown our page and never what broke. */
function orFailurePage(log: Log, handle: Handle): RequestHandler {
  return async (request, response, next) => {
    try {
      await handle(request, response, next);
    } catch (error) {
      log.error({ err: error }, 'Slack: a page for installing the app failed');
      show(response, 500, installPages.failed);
    }
  };
}

function show(response: ServerResponse, status: number, page: InstallPage): void {
  const lines = page.lines.map((line) => `<p>${escapeHtml(line)}</p>`);
  const title = escapeHtml(page.title);
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    // The address of this page holds what Slack gave the browser.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${title}</title></head><body><main><h1>${title}</h1>${lines.join('')}</main></body></html>`,
  );
}
