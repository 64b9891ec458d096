import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { patience } from './patience.ts';

export interface TestBrowser {
  readonly page: Page;
  /** What the browser complained of: scripts that failed, files not found, what the pages' policy stopped. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whoever presses a link before a page's last picture came leaves it behind: nothing is wrong with either page. */
const leftBehind = 'net::ERR_ABORTED';

interface BrowserOptions {
  readonly width?: number;
  readonly scripts?: boolean;
  readonly names?: readonly string[];
  readonly port?: number;
}

/** No other name leads anywhere. */
function rulesFor(names: readonly string[], port: number): string {
  return [...names.map((name) => `MAP ${name}:443 127.0.0.1:${port}`), 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(
    ',',
  );
}

/** As people may set it, and browsers come to: in a frame of another site only a partitioned cookie is kept. */
async function blockForeignCookies(folder: string): Promise<void> {
  await mkdir(join(folder, 'Default'));
  const preferences = { profile: { block_third_party_cookies: true, cookie_controls_mode: 1 } };
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
}

/**
 * A Chromium of one's own, with nothing remembered. `width` is in CSS pixels; `scripts` false for a browser that runs
 * none; `names` are host names that lead to this port of this machine by https, whatever certificate it shows.
 */
export async function openBrowser(
  path: string,
  { width = 1280, scripts = true, names = [], port = 0 }: BrowserOptions = {},
): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-chromium-'));
  await blockForeignCookies(folder);
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: path,
    args: names.length === 0 ? flags : [...flags, `--host-resolver-rules=${rulesFor(names, port)}`],
    ignoreHTTPSErrors: names.length > 0,
    viewport: { width, height: 900 },
    javaScriptEnabled: scripts,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'no reason given';
    if (why !== leftBehind) complaints.push(`${request.url()} could not be fetched: ${why}`);
  });
  page.setDefaultTimeout(patience.timeout);
  async function close(): Promise<void> {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { page, complaints, close };
}
