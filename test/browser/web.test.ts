import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import { themeOptions } from '../../src/conversations/themes.ts';
import { chromiumPath } from '../support/available.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { propose } from '../support/conversations.ts';
import { addMember } from '../support/core.ts';
import { addActive } from '../support/people.ts';
import { openSite, type WebSite } from '../support/web-site.ts';

const chromium = chromiumPath();
const absence = chromium === undefined ? ' (skipped: no Chromium on PATH; apt-get install chromium)' : '';
const title = 'Winter pressures: <b>what</b> did you stop?';

describe.skipIf(chromium === undefined)(`in Chromium${absence}`, () => {
  let site: WebSite;
  let browser: TestBrowser;

  beforeEach(async () => {
    site = await openSite({ demo: { now: () => site.clock.now(), advance: (days) => site.pass(days * 24) } });
    await prepareAgenda(site.core);
    await addMember(site.core, { name: 'Asha Rahman', council: 'Leeds City Council' });
    const host = await addActive(site.core, {
      name: 'Llŷr Bebb',
      council: 'Armagh City, Banbridge and Craigavon Borough Council',
      permission: 'host',
    });
    const theme = themeOptions(site.core.frameworks)[0]?.value ?? '';
    const what = { theme, title, about: 'How do you plan?', link: 'https://meet.example/winter' };
    const when = { date: '2027-03-18', time: '10:00', minutes: '60', capacity: '8' };
    await propose(site.core, host, { ...what, ...when });
    await site.settle();
  });
  afterEach(async () => {
    await browser.close();
    await site.close();
  });

  async function visit(options: { readonly width?: number; readonly scripts?: boolean } = {}): Promise<Page> {
    browser = await openBrowser(chromium ?? '', options);
    await browser.page.goto(site.url);
    return browser.page;
  }

  async function press(name: string): Promise<void> {
    await browser.page.getByRole('button', { name }).first().click();
  }

  async function follow(name: string): Promise<void> {
    await browser.page.getByRole('link', { name, exact: true }).click();
  }

  const says = (text: string) => browser.page.getByRole('main').getByText(text).first().waitFor();

  /** Becomes Asha, and joins by four forms, agreeing to everything. */
  async function joinAsAsha(): Promise<void> {
    await press('Be Asha Rahman');
    await press('Join the network');
    for (const step of ['(1 of 4)', '(2 of 4)', '(3 of 4)']) {
      await says(step);
      await press('Continue');
    }
    await says('(4 of 4)');
    for (const yes of await browser.page.getByLabel(/^Yes/).all()) await yes.check();
    await press('Join the network');
    await says('You have joined');
  }

  /** Joins, and moves on to the first prompt and the first match. */
  async function reachFirstWeek(): Promise<void> {
    await joinAsAsha();
    await press('Move on one week');
    await says('It is now midday on Tuesday 9 March.');
  }

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])('a visitor joins, answers a prompt, signs up for a conversation and meets a peer, %s', async (_how, scripts) => {
    const page = await visit({ scripts });
    await reachFirstWeek();
    await says('Meet Llŷr Bebb');
    await press('Write your answer');
    await page.getByRole('textbox', { name: '?' }).first().fill('I waited too long.');
    await press('Save');
    await says('We have saved your reflection');
    await follow('Journal');
    await says('I waited too long.');
    await follow('Conversations');
    await press('Sign up');
    await says('You have a seat.');
    await follow('Home');
    await press('Move on one week');
    await says('It is now midday on Tuesday 16 March.');
    await page.getByText('Reminder: “Winter pressures').click();
    const join = page.getByRole('link', { name: 'Join the conversation' });
    expect(await join.getAttribute('href')).toBe('https://meet.example/winter');
    expect(browser.complaints).toEqual([]);
  });

  test('a mistake in a form is told at the top, leads to its field, and loses nothing', async () => {
    const page = await visit();
    await press('Be Llŷr Bebb');
    await follow('Conversations');
    await press('Propose a conversation');
    await page.getByLabel('Theme').selectOption({ index: 1 });
    await page.getByLabel('Title').fill('Retrofit at scale');
    await page.getByLabel('What it is about').fill('What scales, and what does not?');
    await press('Save and go on');
    await page.getByLabel('Place').fill('Civic Centre, room 4');
    await page.getByLabel('Day').fill('31');
    await page.getByLabel('Month').fill('2');
    await page.getByLabel('Year').fill('2027');
    await press('Announce');
    await says('There is a problem');
    expect(await page.title()).toBe('Error: When and where – Colloquy');
    expect(await page.locator(':focus').getAttribute('class')).toBe('govuk-error-summary');
    await page.getByRole('link', { name: 'Enter a real date' }).click();
    expect(await page.locator(':focus').getAttribute('id')).toBe('answer-date');
    expect(await page.getByLabel('Day').inputValue()).toBe('31');
    expect(await page.getByLabel('Place').inputValue()).toBe('Civic Centre, room 4');
    expect(browser.complaints).toEqual([]);
  });

  test('what members write is shown as text: no page holds markup of theirs', async () => {
    const page = await visit();
    await joinAsAsha();
    await follow('Conversations');
    expect(await page.getByRole('heading', { name: title }).textContent()).toBe(title);
    expect(await page.locator('main b').count()).toBe(0);
  });

  test('at 360 pixels no page scrolls sideways, and everything that can be pressed is 24 pixels or more', async () => {
    const page = await visit({ width: 360 });
    await checkSize(page);
    await reachFirstWeek();
    await checkSize(page);
    await page.getByText('We would like to introduce you').click();
    await checkSize(page);
    const words = [
      'help',
      'reflect',
      'journal',
      'conversations',
      'match',
      'profile',
      'pause',
      'resume',
      'leave',
      'host',
      'settings',
      'accounts',
      'map',
      'digest',
      'themes',
    ];
    for (const path of [...words.map((word) => `/words/${word}`), '/sign-in', '/demo']) {
      await page.goto(site.url + path);
      await checkSize(page);
    }
    expect(browser.complaints).toEqual([]);
  });

  test('the menu opens and closes with the keyboard, and the first stop is the way past it', async () => {
    const page = await visit({ width: 360 });
    await press('Be Llŷr Bebb');
    await says('Hello, Llŷr Bebb');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
    const menu = page.getByRole('button', { name: 'Menu' });
    await menu.focus();
    await page.keyboard.press('Enter');
    await follow('Profile');
    await says('Your profile');
  });

  test('every page has one main heading, names its language, and its ids are its own', async () => {
    const page = await visit();
    await reachFirstWeek();
    for (const path of [
      '/',
      '/demo',
      '/words/help',
      '/words/reflect',
      '/words/pause',
      '/words/conversations',
      '/sign-in',
    ]) {
      await page.goto(site.url + path);
      expect(await page.locator('h1').count(), path).toBe(1);
      expect(await page.locator('html').getAttribute('lang')).toBe('en-GB');
      const ids = await page.locator('[id]').evaluateAll((elements) => elements.map((element) => element.id));
      expect(ids.toSorted(), path).toEqual([...new Set(ids)].toSorted());
      expect(await page.locator('main').count()).toBe(1);
    }
  });
});

/** WCAG 2.2 asks for targets of 24 by 24 pixels; links within a sentence, and what is not shown, are excepted. */
async function checkSize(page: Page): Promise<void> {
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width, `${page.url()} is too wide`).toBeLessThanOrEqual(360);
  const targets = page.locator('button:visible, input:visible, select:visible, textarea:visible, summary:visible');
  for (const target of await targets.all()) {
    const box = await target.boundingBox();
    expect(
      Math.min(box?.width ?? 24, box?.height ?? 24),
      `${page.url()}: ${await target.textContent()}`,
    ).toBeGreaterThanOrEqual(24);
  }
}
