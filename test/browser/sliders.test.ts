import { randomUUID } from 'node:crypto';
import { addDays } from 'date-fns/addDays';
import type { Page, Request } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultWeights } from '../../src/matching/scoring/model.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import { addPeopleOfRound } from '../matching/rounds/conveners-stage.ts';
import { chromiumPath } from '../support/available.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { addActive } from '../support/people.ts';
import { openSite, type WebSite } from '../support/web-site.ts';

const chromium = chromiumPath();
const absence = chromium === undefined ? ' (skipped: no Chromium on PATH; apt-get install chromium)' : '';

interface Opened {
  readonly scripts?: boolean;
  readonly width?: number;
  /** What is done with the page before it fetches anything. */
  readonly before?: (page: Page) => Promise<unknown>;
}

const notWorkedOut = /^We could not work it out just now/;

describe.skipIf(chromium === undefined)(`in Chromium${absence}`, () => {
  let site: WebSite;
  let browser: TestBrowser;
  beforeEach(async () => {
    site = await openSite();
    const [asha, ben] = await addPeopleOfRound(site.core, 4);
    // Two who share no theme: where themes count for nothing, they meet.
    for (const one of [asha, ben])
      await site.core.db
        .updateTable('members')
        .set({ level: 'chief executive' })
        .where('id', '=', one?.id ?? '')
        .execute();
  });
  afterEach(async () => {
    await browser.close();
    await site.close();
  });

  /** The sliders, as a convener comes to them. */
  async function openSliders({ before, ...options }: Opened = {}): Promise<Page> {
    const convener = await addActive(site.core, { name: 'Cerys Convener', permission: 'convener' });
    const token = randomUUID();
    const session = { token_hash: fingerprint(token), member_id: convener.id, link_id: null };
    const expires = addDays(site.clock.now(), 30);
    await site.core.db
      .insertInto('web_sessions')
      .values({ ...session, expires_at: expires })
      .execute();
    browser = await openBrowser(chromium ?? '', options);
    const { page } = browser;
    await before?.(page);
    await page.context().addCookies([{ name: 'colloquy', value: token, url: site.url }]);
    await page.goto(`${site.url}/console`);
    await press(/^What counts in a match/);
    await page.getByRole('heading', { name: 'What counts in a match', level: 1 }).waitFor();
    return page;
  }

  const press = (name: RegExp) => browser.page.getByRole('main').getByRole('button', { name }).click();
  const slider = (name: string) => browser.page.getByRole('slider', { name });
  const effect = () => browser.page.getByRole('region', { name: 'What would change' });
  const send = () => browser.page.getByRole('button', { name: 'See what would change' });

  async function savedThemes(): Promise<unknown> {
    const row = await site.core.db.selectFrom('network').select('match_weights').executeTakeFirstOrThrow();
    return row.match_weights;
  }

  test('a convener moves a slider, sees beside it what it would change, and saves it', async () => {
    const page = await openSliders();
    const address = page.url();
    const loads: string[] = [];
    page.on('framenavigated', (frame) => loads.push(frame.url()));
    await effect().getByText('Move a slider to see it here.').waitFor();
    expect(await effect().getAttribute('aria-live')).toBe('polite');
    await slider('Shared themes').press('Home');
    await slider('Shared themes').press('ArrowRight');
    expect(await slider('Shared themes').getAttribute('aria-valuetext')).toBe('1, counts less');
    await effect().getByText('from 5 to 1').waitFor();
    await slider('Shared themes').press('ArrowLeft');
    expect(await slider('Shared themes').getAttribute('aria-valuetext')).toBe('0, does not count');
    await effect().getByText('from 5 to 0').waitFor();
    await effect().getByText('Nothing has been saved yet.').waitFor();
    await effect().getByText('With a theme in common').waitFor();
    expect([page.url(), loads, await page.locator('h1').count()]).toEqual([address, [], 1]);
    expect(await effect().getByRole('button').allTextContents()).toEqual([
      'Save: Save this?',
      'Keep it as it is: Save this?',
    ]);
    await press(/^Save/);
    await page.getByText('We have saved what counts in a match.').waitFor();
    expect(await savedThemes()).toMatchObject({ themes: 0, stages: 5 });
    expect(browser.complaints).toEqual([]);
  });

  test('one question is under way at a time, and the newest answers are shown', async () => {
    const page = await openSliders();
    await page.clock.install();
    const asked: string[] = [];
    const held: (() => void)[] = [];
    const themesIn = (request: Request) => new URLSearchParams(request.postData() ?? '').get('answer.themes') ?? '';
    await page.route('**/intent', async (route) => {
      asked.push(themesIn(route.request()));
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    const letGo = async (count: number) => {
      await expect.poll(() => held.length).toBe(count);
      held.at(-1)?.();
    };
    await slider('Shared themes').press('Home');
    await expect.poll(() => held.length).toBe(1);
    await effect().getByText('Working it out…').waitFor();
    await slider('Shared themes').press('ArrowRight');
    await slider('Shared themes').press('ArrowRight');
    await slider('Shared themes').press('ArrowRight');
    // Longer than the script waits after a move: it would have asked, were nothing under way.
    await page.clock.runFor(400);
    expect(asked).toEqual(['0']);
    await letGo(1);
    await letGo(2);
    await effect().getByText('from 5 to 3').waitFor();
    expect(asked).toEqual(['0', '3']);
    await slider('Shared themes').press('End');
    expect(await effect().getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
    await letGo(3);
    await effect().getByText('from 5 to 10').waitFor();
    expect(await effect().getByRole('button', { name: /^Save/ }).isDisabled()).toBe(false);
    await page.unroute('**/intent');
    await press(/^Save/);
    await page.getByText('We have saved what counts in a match.').waitFor();
    expect(await savedThemes()).toMatchObject({ themes: 10 });
  });

  test('what was moved before the script was there is shown when it comes', async () => {
    const scripts = Promise.withResolvers<void>();
    const page = await openSliders({
      before: (opened) =>
        opened.route('**/assets/preview.js', async (route) => {
          await scripts.promise;
          await route.continue();
        }),
    });
    await slider('Shared themes').press('Home');
    expect(await effect().count()).toBe(0);
    scripts.resolve();
    await effect().getByText('from 5 to 0').waitFor();
    expect(await page.locator('h1').count()).toBe(1);
  });

  test('sliders that were put back to the usual are shown at once, and saved without moving any', async () => {
    const weights = JSON.stringify({ ...defaultWeights, themes: 9 });
    await site.core.db.updateTable('network').set({ match_weights: weights }).execute();
    await openSliders();
    await browser.page.getByRole('link', { name: 'Back to the usual' }).click();
    await press(/^Move them again/);
    await effect().getByText('from 9 to 5').waitFor();
    await press(/^Save/);
    await browser.page.getByText('We have saved what counts in a match.').waitFor();
    expect(await savedThemes()).toMatchObject({ themes: 5 });
  });

  test('where it cannot be worked out the page says so, and the button is there again', async () => {
    const page = await openSliders();
    await send().waitFor({ state: 'hidden' });
    await slider('Shared themes').press('Home');
    await effect().getByText('from 5 to 0').waitFor();
    await page.route('**/intent', (route) => route.fulfill({ status: 500, body: 'A fault' }));
    await slider('Same level').press('End');
    await effect().getByText(notWorkedOut).waitFor();
    await effect().getByText('from 5 to 0').waitFor({ state: 'hidden' });
    await page.unroute('**/intent');
    await slider('Same level').press('ArrowLeft');
    await effect().getByText('from 5 to 9').waitFor();
    await effect().getByText(notWorkedOut).waitFor({ state: 'hidden' });
    await page.route('**/intent', (route) => route.abort());
    await slider('Same level').press('ArrowLeft');
    await effect().getByText(notWorkedOut).waitFor();
    await page.unroute('**/intent');
    await send().click();
    await page.getByRole('heading', { name: 'What would change', level: 1 }).waitFor();
    await page.getByText('from 5 to 8').waitFor();
  });

  test('without scripts the effect is shown on a page of its own, and saved from there', async () => {
    const page = await openSliders({ scripts: false });
    expect(await effect().count()).toBe(0);
    await slider('Shared themes').press('Home');
    await press(/^See what would change/);
    await page.getByText('from 5 to 0').waitFor();
    await press(/^Move them again/);
    expect(await slider('Shared themes').inputValue()).toBe('0');
    await press(/^See what would change/);
    await press(/^Save/);
    await page.getByText('We have saved what counts in a match.').waitFor();
    expect(await savedThemes()).toMatchObject({ themes: 0 });
  });

  test('on a phone the sentence is in sight beside each slider, and the page does not scroll sideways', async () => {
    const page = await openSliders({ width: 390 });
    await slider('Shared themes').press('Home');
    await effect().getByText('from 5 to 0').waitFor();
    const foot = await page.getByText('Nothing has been saved yet.').boundingBox();
    expect((foot?.y ?? 0) + (foot?.height ?? 0)).toBeLessThanOrEqual(900);
    for (const one of await page.getByRole('slider').all()) {
      await one.focus();
      const [bar, box] = [await page.locator('.preview__said').boundingBox(), await one.boundingBox()];
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
