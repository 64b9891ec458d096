import type { FrameLocator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import { chromiumPath } from '../support/available.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { connectTeams, type EntraStub, openEntraStub } from '../support/entra-stub.ts';
import { addActive, mustFind } from '../support/people.ts';
import { names, openTeamsHost, type TeamsHost } from '../support/teams-host.ts';

const chromium = chromiumPath();
const absence = chromium === undefined ? ' (skipped: no Chromium on PATH; apt-get install chromium)' : '';

describe.skipIf(chromium === undefined)(`the tab in Chromium${absence}`, () => {
  let ground: TestCore;
  let entra: EntraStub;
  let host: TeamsHost;
  let browser: TestBrowser;
  let page: Page;

  beforeEach(async () => {
    ground = await openTestCore();
    await prepareAgenda(ground.core);
    entra = await openEntraStub(() => ground.clock.now());
    host = await openTeamsHost(ground.core, entra, { answer: () => [true, entra.token()] });
    browser = await openBrowser(chromium ?? '', { names: Object.values(names), port: host.port });
    page = browser.page;
  });
  afterEach(async () => {
    await browser.close();
    await host.close();
    await entra.close();
    await ground.close();
  });

  async function addMemberInTeams() {
    const member = await addActive(ground.core, { name: 'Asha Rahman', council: 'Leeds City Council' });
    const claims = entra.claims();
    await connectTeams(ground.core, member.id, claims);
    host.manners = { answer: () => [true, entra.token(claims)] };
    return member;
  }

  async function openTab(name: string = names.teams): Promise<FrameLocator> {
    await page.goto(`https://${name}/`);
    return page.frameLocator('iframe');
  }

  const heading = (frame: FrameLocator, text: string) => frame.getByRole('heading', { level: 1, name: text }).waitFor();

  /** TeamsJS looks for a newer list of hosts than its own, which our policy forbids: it goes on with its own. */
  const unexpected = () => browser.complaints.filter((complaint) => !complaint.includes('validDomains.json'));

  test.each([names.teams, names.newTeams])('at %s a member is signed in without doing anything', async (name) => {
    const member = await addMemberInTeams();
    const frame = await openTab(name);
    await heading(frame, 'Hello, Asha Rahman');
    expect(await page.evaluate('asked')).toEqual(
      expect.arrayContaining(['initialize', 'appInitialization.success', 'authentication.getAuthToken']),
    );
    expect(browser.complaints.join()).toContain('validDomains.json');
    expect(unexpected()).toEqual([]);

    await frame.getByRole('link', { name: 'Settings' }).click();
    await frame.getByRole('button', { name: 'Change' }).first().click();
    await frame.getByLabel('Your name').fill('Asha R');
    await frame.getByRole('button', { name: 'Save' }).click();
    await frame.getByText('Asha R').first().waitFor();
    await expect.poll(async () => (await mustFind(ground.core, member.id)).name).toBe('Asha R');
    expect(unexpected()).toEqual([]);
  });

  test('what leads out opens beside the tab, and the tab stays as it is', async () => {
    await addMemberInTeams();
    const frame = await openTab();
    await heading(frame, 'Hello, Asha Rahman');
    await frame.getByLabel('Type a word').fill('export');
    await frame.getByRole('button', { name: 'Go' }).click();
    await heading(frame, 'Everything we hold about you');
    for (const [label, ending] of Object.entries({ 'Download to read': 'html', 'Download as data': 'json' })) {
      const link = frame.getByRole('link', { name: label });
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`^colloquy-export-.*\\.${ending}$`));
    }
    await heading(frame, 'Everything we hold about you');
  });

  test('signing out ends it, and signing in again begins anew', async () => {
    await addMemberInTeams();
    const frame = await openTab();
    await heading(frame, 'Hello, Asha Rahman');
    await frame.getByRole('button', { name: 'Sign out' }).click();
    await heading(frame, 'You are signed out');
    await frame.getByRole('link', { name: 'Sign in again' }).click();
    await heading(frame, 'Hello, Asha Rahman');
  });

  test('no other site can show the tab, or the pages behind it', async () => {
    await addMemberInTeams();
    await heading(await openTab(), 'Hello, Asha Rahman');
    for (const path of ['/tab', '/tab/home', '/', '/words/settings']) {
      await page.goto(`https://${names.stranger}/?frame=${encodeURIComponent(`https://${names.network}${path}`)}`);
      await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
    }
    const inside = `https://${names.stranger}/?frame=${encodeURIComponent(`https://${names.network}/`)}`;
    await page.goto(`https://${names.teams}/?frame=${encodeURIComponent(inside)}`);
    await expect.poll(() => page.frames()[2]?.url()).toBe('chrome-error://chromewebdata/');
  });

  test('somebody who has not joined is told how, and gets in once they have', async () => {
    const claims = entra.claims();
    host.manners = { answer: () => [true, entra.token(claims)] };
    const frame = await openTab();
    await heading(frame, 'You have not joined yet');
    const member = await addActive(ground.core, { name: 'Llŷr Bebb' });
    await connectTeams(ground.core, member.id, claims);
    await frame.getByRole('link', { name: 'Try again' }).click();
    await heading(frame, 'Hello, Llŷr Bebb');
  });

  test('a browser that keeps no cookie is led out, once', async () => {
    await addMemberInTeams();
    host.keepsNoCookie = true;
    const frame = await openTab();
    await heading(frame, 'Your browser did not keep you signed in');
    const opened = page.context().waitForEvent('page');
    await frame.getByRole('link', { name: 'Open the web page instead' }).click();
    await (await opened).getByLabel('Your work email address').waitFor();
  });

  test.each([
    ['resourceRequiresConsent', 'Teams needs a permission first'],
    ['CancelledByUser', 'We could not sign you in'],
  ])('when Teams answers %s, the tab says what to do', async (reason, text) => {
    host.manners = { answer: () => [false, reason] };
    const frame = await openTab();
    await heading(frame, text);
    await addMemberInTeams();
    await frame.getByRole('link', { name: 'Try again' }).click();
    await heading(frame, 'Hello, Asha Rahman');
  });

  test('outside Teams the page says where it belongs, and leads to the web page', async () => {
    await page.goto(`https://${names.network}/tab`);
    await page.getByRole('heading', { name: 'Open this page in Teams' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await page.goto(`https://${names.network}/`);
    await page.getByLabel('Your work email address').waitFor();
  });
});
