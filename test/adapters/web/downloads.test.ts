import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DownloadFile } from '../../../src/download-file.ts';
import { type DownloadWhat, downloadUrl } from '../../../src/download-link.ts';
import type { Page } from '../../../src/messages/message.ts';
import { exportReadable } from '../../../src/network/export.ts';
import type { Member } from '../../../src/network/model.ts';
import { journalDocument, journalMarkdown } from '../../../src/reflections/journal-files.ts';
import { type Link, writeLink } from '../../../src/store/links.ts';
import { addMember } from '../../support/core.ts';
import { liveFully, slackUser, wrote } from '../../support/full-life.ts';
import { ask } from '../../support/people.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

vi.mock(import('../../../src/reflections/journal-files.ts'), { spy: true });
vi.mock(import('../../../src/network/export.ts'), { spy: true });

let site: WebSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(async () => {
  vi.resetAllMocks();
  await site.close();
});

const start = 'http://localhost:3000';

/** What the page of everything shows, with the links to the files. */
async function shown(member: Member): Promise<Page> {
  const reply = await ask(site.core, member, { kind: 'network.export' });
  if (reply.kind !== 'page') throw new Error('No page is shown');
  return reply.page;
}

function pathOf(member: Member, what: DownloadWhat): string {
  return downloadUrl(site.core, member, what).slice(start.length);
}

async function get(path: string): Promise<Response> {
  return await fetch(`${site.url}${path}`);
}

async function expectEnded(response: Response): Promise<void> {
  expect(response.status).toBe(410);
  expect(response.headers.get('content-disposition')).toBeNull();
  expect(await response.text()).toContain('This link does not work any more');
}

test('the file of everything holds what the page does, for a person to read', async () => {
  const { member } = await liveFully(site, site.outbounds);
  const buttons = (await shown(member)).cards.flatMap((card) => card.buttons);
  const urls = buttons.flatMap((button) => (button.kind === 'opens' ? [button.url] : []));
  expect(urls.filter((url) => url.startsWith(`${start}/download/`))).not.toEqual([]);
  const response = await get(pathOf(member, 'export-json'));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="colloquy-export-2027-\d\d-\d\d\.json"$/),
  });
  const text = await response.text();
  expect(text).toContain('\n      {\n        "What": "About you",\n');
  const file = JSON.parse(text)['Everything we hold about you'];
  for (const written of [wrote.title, wrote.about, wrote.topic, wrote.answer])
    expect(JSON.stringify(file)).toContain(written);
  expect(JSON.stringify(file['Your accounts'])).toContain(slackUser);
  const { cards } = await shown(member);
  const facts = cards.flatMap((card) => card.body.flatMap((block) => (block.kind === 'facts' ? block.facts : [])));
  for (const { label, value } of facts) expect(text).toContain(`${JSON.stringify(label)}: ${JSON.stringify(value)}`);
});

const files: readonly (readonly [DownloadWhat, (made: DownloadFile | undefined) => void])[] = [
  ['journal-markdown', (made) => void vi.mocked(journalMarkdown).mockResolvedValueOnce(made)],
  ['journal-document', (made) => void vi.mocked(journalDocument).mockResolvedValueOnce(made)],
  ['export-readable', (made) => void vi.mocked(exportReadable).mockResolvedValueOnce(made)],
];

test.each(files)(
  '%s comes as it was made, to be kept and not shown, and nobody keeps a copy on the way',
  async (what, make) => {
    const member = await addMember(site.core, { status: 'active' });
    const body = Buffer.from('<script>alert(1)</script>\u0000\u00ff', 'latin1');
    make({ name: '../“a”\r\nb: c.html', type: 'text/html; charset=utf-8', body });
    const response = await get(pathOf(member, what));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': 'attachment; filename="a-b-c.html"',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  },
);

test('where there is no such file, the page says so', async () => {
  const member = await addMember(site.core, { status: 'active' });
  vi.mocked(journalMarkdown).mockResolvedValueOnce(undefined);
  const response = await get(pathOf(member, 'journal-markdown'));
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('Page not found');
});

test('the link ends after ten minutes, and with its member', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const path = pathOf(member, 'export-json');
  site.clock.set(new Date(site.clock.now().getTime() + 10 * 60_000 - 1));
  expect((await get(path)).status).toBe(200);
  const fresh = pathOf(member, 'export-json');
  site.clock.set(new Date(site.clock.now().getTime() + 1));
  await expectEnded(await get(path));
  await site.core.db.deleteFrom('members').where('id', '=', member.id).execute();
  await expectEnded(await get(fresh));
});

test('no other link opens a file: not one from an e-mail, a changed one, or one for somebody else', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const expires = site.clock.now().getTime() + 60_000;
  const link: Link = { id: 'an-e-mail.0', memberId: member.id, intent: { kind: 'network.export' }, expires };
  await expectEnded(await get(`/download/${writeLink(site.core.cipher, link)}`));
  const path = pathOf(member, 'export-json');
  await expectEnded(await get(path.slice(0, -4)));
  await expectEnded(await get('/download/nonsense'));
  const other = await addMember(site.core, { status: 'active', name: 'Somebody Else' });
  expect(await (await get(pathOf(other, 'export-json'))).text()).not.toContain(member.email);
});

test('the link to a file is good for nothing else, and does not sign anybody in', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const path = pathOf(member, 'export-json');
  await expectEnded(await get(path.replace('/download/', '/act/')));
  await expectEnded(await get(path.replace('/download/', '/sign-in/')));
  expect((await get(path)).headers.getSetCookie()).toEqual([]);
});

test('a link that fails is in no log', async () => {
  const member = await addMember(site.core, { status: 'active' });
  vi.mocked(journalMarkdown).mockRejectedValueOnce(new Error('no room'));
  const path = pathOf(member, 'journal-markdown');
  expect((await get(path)).status).toBe(500);
  const logged = site.logged.join('\n');
  expect(logged).toContain('/download/…');
  expect(logged).not.toContain(path.slice('/download/'.length));
});
