import { type App, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { SlackAccess } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { Permanent, Retryable } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { withdrawSpace } from '../../src/network/spaces.ts';
import { findInstalledAt } from '../../src/store/installations.ts';
import { readFailure } from './errors.ts';
import type { Workspaces } from './workspaces.ts';

/** `event_time` is in seconds since 1970. */
const Envelope = z.object({ team_id: z.string(), event_time: z.number() });

const Revoked = Envelope.extend({
  /** Whose tokens: people's under `oauth`, of whom we keep none, and our bot's. */
  event: z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }) }),
});

/**
 * The app was taken out of a workspace, or its token was. Slack says both, in any order and more than once, and may
 * say it after the app was put back. Bolt asks for no token for these two: there is none any more.
 */
export function listenToLifecycle(app: App, core: Core, access: SlackAccess, workspaces: Workspaces, log: Log): void {
  async function removed({ team_id: space, event_time }: z.infer<typeof Envelope>): Promise<void> {
    if (access.kind === 'token') {
      log.error({ space }, 'Slack: the app was taken out of the workspace. Install it again and set SLACK_BOT_TOKEN.');
      return;
    }
    const place = { platform: 'slack', space } as const;
    const removedAt = new Date(event_time * 1000);
    const installedAt = await findInstalledAt(core.db, place);
    if (installedAt !== undefined && !(await isAbout(installedAt, removedAt, () => letsUsIn(workspaces, space))))
      return;
    const withdrawn = await withdrawSpace(core, place, { installedAt, removedAt });
    if (withdrawn !== undefined) log.info({ space, ...withdrawn }, 'Slack: the app was taken out of a workspace');
  }

  app.event('app_uninstalled', async ({ body }) => {
    const read = Envelope.safeParse(body);
    if (read.success) await removed(read.data);
  });
  app.event('tokens_revoked', async ({ body }) => {
    const read = Revoked.safeParse(body);
    if (read.success && (read.data.event.tokens.bot ?? []).length > 0) await removed(read.data);
  });
}

/** How far our clock, which dates an installation, and Slack's, which dates its events, may be apart. */
const clockSkewMs = 60_000;

/** Whether what Slack says of this moment is about the present installation. Too close to tell by the clock, it is asked. */
async function isAbout(installedAt: Date, at: Date, letsIn: () => Promise<boolean>): Promise<boolean> {
  const after = at.getTime() - installedAt.getTime();
  if (after < -clockSkewMs) return false;
  return after > clockSkewMs || !(await letsIn());
}

/** What Slack says to a token that it took back: https://docs.slack.dev/reference/methods/auth.test */
const takenBack: ReadonlySet<string> = new Set([
  'access_revoked',
  'account_inactive',
  'invalid_auth',
  'token_expired',
  'token_revoked',
]);

/** @throws Retryable when Slack cannot say now */
async function letsUsIn(workspaces: Workspaces, space: string): Promise<boolean> {
  try {
    const client = await workspaces.clientOf(space);
    await client?.auth.test();
    return client !== undefined;
  } catch (error) {
    if (error instanceof Permanent) return false;
    if (error instanceof webApi.WebAPIPlatformError && takenBack.has(error.data.error)) return false;
    throw new Retryable(`Slack did not say whether our app is still in ${space}: ${reasonOf(error)}`, 0);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Retryable ? error.message : readFailure(error, 'auth.test').reason;
}
