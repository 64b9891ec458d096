import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';

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

/** A Chromium of one's own, with nothing remembered. `width` is in CSS pixels; `scripts` false for a browser that runs none. */
export async function openBrowser(path: string, { width = 1280, scripts = true } = {}): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-chromium-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: path,
    args: flags,
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
  page.on('requestfailed', (request) => complaints.push(`${request.url()} could not be fetched`));
  page.setDefaultTimeout(10_000);
  async function close(): Promise<void> {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { page, complaints, close };
}
