import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chromiumPath } from '../support/available.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { patience } from '../support/patience.ts';

const chromium = chromiumPath();
const absence = chromium === undefined ? ' (skipped: no Chromium on PATH; apt-get install chromium)' : '';

/** A page with one picture that never comes, one with a picture whose connection is cut, and a plain one. */
function serve(asked: string[]): Server {
  return createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/cut.svg') response.destroy();
    else if (request.url !== '/never.svg') {
      const picture = { '/slow': 'never.svg', '/broken': 'cut.svg' }[request.url ?? ''];
      response.setHeader('content-type', 'text/html');
      response.end(`<link rel="icon" href="data:,">${picture === undefined ? 'plain' : `<img src="/${picture}">`}`);
    }
  });
}

describe.skipIf(chromium === undefined)(`a browser complains${absence}`, () => {
  const asked: string[] = [];
  let server: Server;
  let browser: TestBrowser;
  let site: string;

  beforeEach(async () => {
    asked.length = 0;
    server = serve(asked);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await openBrowser(chromium ?? '');
  });
  afterEach(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('of what could not be fetched', async () => {
    await browser.page.goto(`${site}/broken`);
    await vi.waitFor(() => expect(browser.complaints.join()).toContain('/cut.svg could not be fetched'), patience);
  });

  test('not of a picture that had not come when its page was left', async () => {
    await browser.page.goto(`${site}/slow`, { waitUntil: 'commit' });
    await vi.waitFor(() => expect(asked).toContain('/never.svg'), patience);
    const left = browser.page.waitForEvent('requestfailed');
    await browser.page.goto(`${site}/plain`);
    await left;
    expect(browser.complaints).toEqual([]);
  });
});
