import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeLink } from '../../../src/store/links.ts';
import { addMember } from '../../support/core.ts';
import { press } from '../../support/web-acts.ts';
import { sentSignInLink, signInByEmail } from '../../support/web-client.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

test('a member signs in by the link in the e-mail, and finds their home page', async () => {
  const member = await addMember(site.core, { status: 'active', name: 'Asha Rahman' });
  const visitor = site.visitor();
  const home = await signInByEmail(site, visitor, member.email);
  expect(home.path).toBe('/');
  expect(home.main).toContain('Hello, Asha Rahman');
});

test('somebody who is not signed in is asked for their address', async () => {
  const visited = await site.visitor().get('/');
  expect(visited.main).toContain('Your work email address');
});

test('the answer to asking for a link is the same for an address that nobody has', async () => {
  const member = await addMember(site.core);
  const known = await site.visitor().post('/sign-in', { email: member.email });
  const unknown = await site.visitor().post('/sign-in', { email: 'nobody@council.example' });
  expect(unknown.main).toBe(known.main);
  expect(await site.core.db.selectFrom('deliveries').select('member_id').execute()).toEqual([{ member_id: member.id }]);
});

test.each([
  ['', 'Enter your work email address.'],
  [`${'a'.repeat(400)}@council.example`, 'Enter an email address of up to 320 characters.'],
])('an address that cannot be one is asked for again', async (email, problem) => {
  const visited = await site.visitor().post('/sign-in', { email });
  expect(visited.main).toContain(problem);
  expect(visited.html).toContain('<title>Error: Sign in');
});

test('a mail scanner that follows the link signs nobody in and does not use the link up', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = site.visitor();
  await visitor.post('/sign-in', { email: member.email });
  const path = await sentSignInLink(site, member.email);
  const scanner = site.visitor();
  await scanner.get(path);
  await fetch(`${site.url}${path}`, { method: 'HEAD' });
  expect(scanner.cookies.size).toBe(0);
  expect(await site.core.db.selectFrom('web_sessions').selectAll().execute()).toEqual([]);
  const home = await press(visitor, await visitor.get(path), 'Sign in');
  expect(home.main).toContain('Hello');
});

test('a link signs in once: a second browser is refused, and the first stays signed in', async () => {
  const member = await addMember(site.core, { status: 'active' });
  await site.visitor().post('/sign-in', { email: member.email });
  const path = await sentSignInLink(site, member.email);
  const [first, second] = [site.visitor(), site.visitor()];
  await press(first, await first.get(path), 'Sign in');
  const refused = await press(second, await second.get(path), 'Sign in');
  expect(refused.status).toBe(410);
  expect(second.cookies.size).toBe(0);
  expect((await first.get('/')).main).toContain('Hello');
  const pressedTwice = await press(first, await first.get(path), 'Sign in');
  expect(pressedTwice.path).toBe('/');
});

test('a link that was used does not work again after its session was ended and swept', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = site.visitor();
  await visitor.post('/sign-in', { email: member.email });
  const path = await sentSignInLink(site, member.email);
  await press(visitor, await visitor.get(path), 'Sign in');
  await visitor.post('/sign-out', {});
  site.clock.set(new Date(site.clock.now().getTime() + 60_000));
  const other = await addMember(site.core, { status: 'active' });
  await signInByEmail(site, site.visitor(), other.email);
  const refused = await press(visitor, await visitor.get(path), 'Sign in');
  expect(refused.status).toBe(410);
});

test('a link ends after half an hour', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = site.visitor();
  await visitor.post('/sign-in', { email: member.email });
  const path = await sentSignInLink(site, member.email);
  site.clock.set(new Date(site.clock.now().getTime() + 31 * 60_000));
  expect((await visitor.get(path)).status).toBe(410);
  expect((await visitor.post(path, {})).status).toBe(410);
});

test('a changed link does not work', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = site.visitor();
  await visitor.post('/sign-in', { email: member.email });
  const path = await sentSignInLink(site, member.email);
  const middle = Math.floor(path.length / 2);
  const changed = path.slice(0, middle) + (path[middle] === 'A' ? 'B' : 'A') + path.slice(middle + 1);
  expect((await visitor.post(changed, {})).status).toBe(410);
  expect((await visitor.post('/sign-in/anything', {})).status).toBe(410);
});

test('a link to act does not sign anybody in, even where it opens the home page', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const expires = site.clock.now().getTime() + 60_000;
  const token = writeLink(site.core.cipher, {
    id: 'of-an-e-mail',
    memberId: member.id,
    intent: { kind: 'network.home' },
    expires,
  });
  const visitor = site.visitor();
  expect((await visitor.post(`/sign-in/${token}`, {})).status).toBe(410);
  expect(visitor.cookies.size).toBe(0);
});

test('a session ends when its person signs out, on the server too', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = await site.signedIn(member);
  const copied = new Map(visitor.cookies);
  await press(visitor, await visitor.get('/'), 'Sign out');
  const thief = site.visitor();
  for (const [name, value] of copied) thief.cookies.set(name, value);
  expect((await thief.get('/')).main).toContain('Your work email address');
});

test('a session ends by itself after 30 days', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = site.visitor();
  await signInByEmail(site, visitor, member.email);
  site.clock.set(new Date(site.clock.now().getTime() + 29 * 86_400_000));
  expect((await visitor.get('/')).main).toContain('Hello');
  site.clock.set(new Date(site.clock.now().getTime() + 2 * 86_400_000));
  expect((await visitor.get('/')).main).toContain('Your work email address');
});

test('the database holds no secret that would sign anybody in', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = site.visitor();
  await signInByEmail(site, visitor, member.email);
  const secret = visitor.cookies.get('colloquy') ?? '';
  const rows = await site.core.db.selectFrom('web_sessions').selectAll().execute();
  expect(secret.length).toBeGreaterThan(40);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.token_hash.toString('base64url')).not.toContain(secret);
  expect(rows[0]?.token_hash.toString('utf8')).not.toContain(secret);
});
