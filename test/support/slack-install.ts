import { z } from 'zod';
import { writeInvitation } from '../../adapters/slack/invitations.ts';
import type { Core } from '../../src/core.ts';
import type { SlackEmulator } from './slack-emulator.ts';
import { parsePage, textOf } from './web-page.ts';

/**
 * An administrator in their browser: our page sends them to Slack, where they choose their workspace and agree, and
 * Slack sends them back.
 *
 * @param url where the adapter listens
 * @returns what the page they end on says
 */
export async function installBy(core: Core, emulator: SlackEmulator, url: string): Promise<string> {
  const invitation = writeInvitation(core, 14);
  const start = await fetch(`${url}/slack/install?invitation=${invitation}`, { redirect: 'manual' });
  const cookie = start.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  const question = new URL(locationOf(start)).searchParams;
  const agreed = await fetch(`${emulator.base}/oauth/v2/authorize/callback`, {
    method: 'POST',
    body: new URLSearchParams({ ...Object.fromEntries(question), user_id: await administrator(emulator, question) }),
    redirect: 'manual',
  });
  const back = new URL(locationOf(agreed));
  const end = await fetch(`${url}${back.pathname}${back.search}`, { headers: { cookie } });
  return textOf(parsePage(await end.text()));
}

function locationOf(response: Response): string {
  return z.url().parse(response.headers.get('location'));
}

/** Whoever stands first on Slack's page that asks them to agree; that page refuses an app or an address it does not know. */
async function administrator(emulator: SlackEmulator, question: URLSearchParams): Promise<string> {
  const page = await fetch(`${emulator.base}/oauth/v2/authorize?${question}`);
  const html = await page.text();
  const user = /name="user_id" value="([^"]+)"/.exec(html)?.[1];
  if (user === undefined) throw new Error(`Slack does not ask anybody to agree: ${html.slice(0, 500)}`);
  return user;
}
