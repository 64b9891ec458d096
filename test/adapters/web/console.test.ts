import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carryOut } from '../../../src/convening/roster/by-convener.ts';
import type { Member } from '../../../src/network/model.ts';
import { addMember } from '../../support/core.ts';
import { type Element, findAll, isTag, parsePage, textOf } from '../../support/web-page.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import type { Visitor } from '../../support/web-visitor.ts';

let site: WebSite;
let convener: Member;
let visitor: Visitor;

beforeEach(async () => {
  site = await openSite();
  convener = await addMember(site.core, {
    name: 'Cleo',
    email: 'cleo@leeds.example',
    status: 'active',
    permission: 'convener',
  });
  visitor = await site.signedIn(convener);
});
afterEach(() => site.close());

const header = 'name,email,council,role,level';
const asha = 'Asha,asha@leeds.example,Leeds City Council,Head of Housing,manager';

interface Shown {
  readonly status: number;
  readonly main: string;
  /** What carries it out; '' where nothing does. */
  readonly sealed: string;
}

async function sendTo(path: string, body: FormData, by: Visitor, headers: Record<string, string> = {}): Promise<Shown> {
  const cookie = [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${site.url}${path}`, { method: 'POST', body, headers: { cookie, ...headers } });
  const page = parsePage(await response.text());
  const main = findAll(page, isTag('main'))[0];
  const sealed = findAll(page, isTag('input')).find(({ attributes }) => attributes['name'] === 'sealed');
  const text = main === undefined ? '' : textOf(main);
  return { status: response.status, main: text, sealed: sealed?.attributes['value'] ?? '' };
}

async function upload(csv: string | Blob, by = visitor, headers: Record<string, string> = {}): Promise<Shown> {
  const form = new FormData();
  form.set('roster', csv instanceof Blob ? csv : new Blob([csv], { type: 'text/csv' }), 'roster.csv');
  return await sendTo('/console/roster', form, by, headers);
}

async function confirm(sealed: string, by = visitor): Promise<Shown> {
  const form = new FormData();
  form.set('sealed', sealed);
  return await sendTo('/console/roster/import', form, by);
}

const emails = async () => {
  const rows = await site.core.db.selectFrom('members').select('email').orderBy('email').execute();
  return rows.map(({ email }) => email);
};

/** Each with its address, and which page it says that this is. */
function menuOf({ page }: { readonly page: Element }): readonly string[] {
  const [menu] = findAll(page, isTag('nav'));
  const links = menu === undefined ? [] : findAll(menu, isTag('a'));
  return links.map((link) =>
    [textOf(link), link.attributes['href'], link.attributes['aria-current'] ?? ''].join(' ').trim(),
  );
}

test('a convener’s own page leads to all they do, and the roster page takes a file', async () => {
  const page = await visitor.get('/console');
  expect(page.main).toContain('Nobody is waiting to be let in.');
  expect(page.html).toContain('Councils must agree');
  expect(menuOf(page)).toContain('Console /console page');
  expect(menuOf(await visitor.get('/'))).toContain('Console /console');
  const roster = await visitor.get('/console/roster');
  expect(roster.main).toContain('Choose a CSV file of up to 2 MB.');
});

test('a file is shown first, and carried out as it was shown when the convener confirms', async () => {
  const shown = await upload(`${header}\n${asha}\nBo,,York,Head,manager`);
  expect(shown.main).toContain('This would be: 1 added, 0 changed, 0 unchanged. Nothing has been imported yet.');
  expect(shown.main).toContain('line 3');
  expect(shown.main).toContain('cleo@leeds.example');
  expect(await emails()).toEqual(['cleo@leeds.example']);
  expect(Buffer.from(shown.sealed, 'base64').toString()).not.toContain('asha');
  const done = await confirm(shown.sealed);
  expect(done.main).toContain('We have imported the roster: 1 added, 0 changed, 0 unchanged.');
  expect(await emails()).toEqual(['asha@leeds.example', 'cleo@leeds.example']);
  const audit = site.core.db.selectFrom('audit').select(['by', 'actor_id', 'action', 'detail']);
  const detail = { added: '1', changed: '0' };
  expect(await audit.execute()).toEqual([{ by: 'convener', actor_id: convener.id, action: 'roster.imported', detail }]);
  // Sent again, it would do something else than was shown: it is shown anew, and there is nothing left to do.
  const again = await confirm(shown.sealed);
  expect(again).toMatchObject({ main: expect.stringContaining('This would change nothing'), sealed: '' });
});

describe('what was shown is shown anew, and not carried out', () => {
  test('when the roster has changed since', async () => {
    const shown = await upload(`${header}\n${asha}`);
    await addMember(site.core, { email: 'asha@leeds.example', name: 'Asha' });
    const again = await confirm(shown.sealed);
    expect(again.main).toContain('Look again before you import');
    expect(again.main).toContain('0 added, 1 changed');
    expect((await confirm(again.sealed)).main).toContain('We have imported the roster');
  });

  test('an hour later', async () => {
    const shown = await upload(`${header}\n${asha}`);
    site.clock.set(new Date(site.clock.now().getTime() + 3_600_001));
    expect((await confirm(shown.sealed)).main).toContain('Look again before you import');
    expect(await emails()).toEqual(['cleo@leeds.example']);
  });
});

test('another convener’s file, or one that was changed on its way, is not carried out', async () => {
  const other = await addMember(site.core, { status: 'active', permission: 'convener' });
  const shown = await upload(`${header}\n${asha}`);
  const tampered = `${shown.sealed.slice(0, -8)}AAAAAAA=`;
  expect(await confirm(shown.sealed, await site.signedIn(other))).toMatchObject({ status: 400 });
  expect(await confirm(tampered)).toMatchObject({ status: 400 });
  expect(await emails()).not.toContain('asha@leeds.example');
});

test.each(['member', 'host'] as const)('a %s gets the usual refusal, and can import nothing', async (permission) => {
  const visitorOther = await site.signedIn(await addMember(site.core, { status: 'active', permission }));
  for (const path of ['/console', '/console/roster']) {
    expect((await visitorOther.get(path)).main).toContain('Only conveners can do that.');
  }
  expect(menuOf(await visitorOther.get('/')).join()).not.toContain('Console');
  expect((await upload(`${header}\n${asha}`, visitorOther)).main).toContain('Only conveners can do that.');
  const shown = await upload(`${header}\n${asha}`);
  expect((await confirm(shown.sealed, visitorOther)).main).toContain('Only conveners can do that.');
  expect(await emails()).not.toContain('asha@leeds.example');
});

test('whoever stops being a convener meanwhile imports nothing', async () => {
  const shown = await upload(`${header}\n${asha}`);
  await site.core.db.updateTable('members').set({ permission: 'host' }).where('id', '=', convener.id).execute();
  expect((await confirm(shown.sealed)).main).toContain('Only conveners can do that.');
  // As two requests at once may find it: the door let this one in, and then they were made a host.
  await expect(carryOut(site.core, convener, shown.sealed)).rejects.toThrow('Only conveners can do that.');
  expect(await emails()).not.toContain('asha@leeds.example');
});

test('what another site sends, nobody signed in sends, or is too large is refused', async () => {
  expect(await upload(`${header}\n${asha}`, visitor, { origin: 'https://elsewhere.example' })).toMatchObject({
    status: 403,
  });
  const stranger = await upload(`${header}\n${asha}`, site.visitor());
  expect(stranger.main).not.toContain('Asha');
  const large = await upload(`${header}\n${'x'.repeat(2 * 1024 * 1024)}`);
  expect(large.main).toContain('The file must be smaller than 2 MB.');
  expect((await sendTo('/console/roster', new FormData(), visitor)).main).toContain('Choose a CSV file.');
  const excel = new Blob([Buffer.from(`${header}\nZo\xeb,zoe@leeds.example,Leeds,Head,manager`, 'latin1')]);
  expect((await upload(excel)).main).toContain('the file is not in UTF-8');
});

test('what a file says is shown as text', async () => {
  const shown = await upload(`${header}\n<b>Asha</b>,asha@leeds.example,Leeds City Council,Head,manager`);
  expect(shown.main).toContain('<b>Asha</b>');
});
