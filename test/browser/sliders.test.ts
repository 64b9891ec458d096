import { randomUUID } from 'node:crypto';
import { addDays } from 'date-fns/addDays';
import { afterEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/store/cipher.ts';
import { addPeopleOfRound } from '../matching/conveners-stage.ts';
import { chromiumPath } from '../support/available.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { addActive } from '../support/people.ts';
import { openSite, type WebSite } from '../support/web-site.ts';

const chromium = chromiumPath();
const absence = chromium === undefined ? ' (skipped: no Chromium on PATH; apt-get install chromium)' : '';

describe.skipIf(chromium === undefined)(`in Chromium${absence}`, () => {
  let site: WebSite;
  let browser: TestBrowser;
  afterEach(async () => {
    await browser.close();
    await site.close();
  });

  test('a convener moves a slider, sees where it stands and what it would change, and saves it', async () => {
    site = await openSite();
    const convener = await addActive(site.core, { name: 'Cerys Convener', permission: 'convener' });
    await addPeopleOfRound(site.core, 4);
    const token = randomUUID();
    const session = { token_hash: fingerprint(token), member_id: convener.id, link_id: null };
    const expires = addDays(site.clock.now(), 30);
    await site.core.db
      .insertInto('web_sessions')
      .values({ ...session, expires_at: expires })
      .execute();
    browser = await openBrowser(chromium ?? '');
    const { page } = browser;
    await page.context().addCookies([{ name: 'colloquy', value: token, url: site.url }]);
    await page.goto(`${site.url}/console`);
    const press = (name: RegExp) => page.getByRole('main').getByRole('button', { name }).click();
    await press(/^What counts in a match/);
    const slider = page.getByRole('slider', { name: 'Shared themes' });
    await slider.press('Home');
    await slider.press('ArrowRight');
    await slider.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toBe('2');
    await slider.press('Home');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0, does not count');
    await page.getByText('0, does not count').nth(1).waitFor();
    await press(/^See what would change/);
    await page.getByText('5 now, 0 then').waitFor();
    await press(/^Save/);
    await page.getByText('We have saved what counts in a match.').waitFor();
    const row = await site.core.db.selectFrom('network').select('match_weights').executeTakeFirstOrThrow();
    expect(row.match_weights).toMatchObject({ themes: 0, stages: 5 });
    expect(browser.complaints).toEqual([]);
  });
});
