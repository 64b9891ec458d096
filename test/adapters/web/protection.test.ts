import { afterEach, expect, test } from 'vitest';
import { addMember } from '../../support/core.ts';
import { sentSignInLink } from '../../support/web-client.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
afterEach(() => site.close());

const leave = { intent: JSON.stringify({ kind: 'network.confirm-leave' }) };

async function statusOfLeaving(headers: Readonly<Record<string, string>>): Promise<string> {
  site = await openSite();
  const member = await addMember(site.core, { status: 'active' });
  const visitor = await site.signedIn(member);
  const visited = await visitor.post('/intent', leave, headers);
  const { status } = await site.core.db.selectFrom('members').select('status').executeTakeFirstOrThrow();
  return `${visited.status} ${status}`;
}

test.each([
  [{ origin: 'https://elsewhere.example' }],
  [{ origin: 'null' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' }],
])('what another site sends for a member is refused: %o', async (headers) => {
  expect(await statusOfLeaving(headers)).toBe('403 active');
});

test.each([
  [{}],
  [{ origin: 'http://localhost:3000' }],
  [{ 'sec-fetch-site': 'same-origin' }],
  [{ 'sec-fetch-site': 'none' }],
])('what our own pages send is taken: %o', async (headers) => {
  expect(await statusOfLeaving(headers)).toBe('200 left');
});

test('a page reached by another of our names may send forms to that name', async () => {
  site = await openSite();
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active' }));
  const visited = await visitor.post('/intent', leave, { origin: site.url });
  expect(visited.status).toBe(200);
});

test('pages run no script of their own text, stand in no frame, and are kept by no cache', async () => {
  site = await openSite();
  const response = await fetch(`${site.url}/`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/);
});

test('over HTTPS the cookie is for HTTPS alone, and out of reach of scripts and other sites', async () => {
  site = await openSite({ secureCookies: true });
  const member = await addMember(site.core, { status: 'active' });
  await site.visitor().post('/sign-in', { email: member.email });
  const path = await sentSignInLink(site, member.email);
  const response = await fetch(`${site.url}${path}`, { method: 'POST', redirect: 'manual' });
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-colloquy=/);
  for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', 'Max-Age=2592000'])
    expect(cookie).toContain(part);
});

test('the style sheet holds nothing of the typeface that only gov.uk may use', async () => {
  site = await openSite();
  const styles = await (await fetch(`${site.url}/assets/colloquy.css`)).text();
  expect(styles).toContain('.govuk-button');
  expect(styles).not.toMatch(/GDS Transport|@font-face/);
});

test('a page that is not there says so', async () => {
  site = await openSite();
  const visited = await site.visitor().get('/nowhere');
  expect(visited.status).toBe(404);
  expect(visited.main).toContain('Page not found');
});

test('when something breaks, the person is told kindly and the log has one line without link or text', async () => {
  site = await openSite();
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active' }));
  await site.core.db.schema.alterTable('reflections').renameTo('reflections_gone').execute();
  const visited = await visitor.get('/words/journal?private=text');
  expect(visited.status).toBe(500);
  expect(visited.main).toContain('Something went wrong on our side');
  expect(visited.html).not.toContain('reflections');
  const lines = site.logged.map((line): unknown => JSON.parse(line));
  expect(lines).toEqual([expect.objectContaining({ level: 50, path: '/words/journal', msg: 'a page failed' })]);
  expect(site.logged.join()).not.toContain('private=text');
});

test('a link that breaks is not in the log', async () => {
  site = await openSite();
  await site.core.db.schema.alterTable('web_sessions').renameTo('sessions_gone').execute();
  const member = await addMember(site.core, { status: 'active' });
  await site.visitor().post('/sign-in', { email: member.email });
  const path = await sentSignInLink(site, member.email);
  expect((await site.visitor().post(path, {})).status).toBe(500);
  expect(site.logged.join()).not.toContain(path.slice(10, 40));
  expect(site.logged.join()).toContain('/sign-in/…');
});

test('a form beyond all measure is refused without a fault', async () => {
  site = await openSite();
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active' }));
  const visited = await visitor.post('/intent', { 'answer.text': 'x'.repeat(400_000) });
  expect(visited.status).toBe(413);
  expect(site.logged).toEqual([]);
});

test.each(['/act/%E0%A4%A', '/words/%', '/sign-in/%ff'])('a garbled address is no fault of ours: %s', async (path) => {
  site = await openSite();
  const visited = await site.visitor().get(path);
  expect(visited.status).toBe(400);
  expect(site.logged).toEqual([]);
});
