import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeLink } from '../../../src/store/links.ts';
import { addMember } from '../../support/core.ts';
import { playSeries } from '../../support/form-series.ts';
import { playScript } from '../../support/scripted-replies.ts';
import { button, fill, press } from '../../support/web-acts.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import { formsSaying, type Visitor } from '../../support/web-visitor.ts';

vi.mock(import('../../../src/handle.ts'), async (original) => {
  const { scripted } = await import('../../support/scripted-replies.ts');
  const { handle, ...others } = await original();
  return { ...others, handle: scripted(handle) };
});

let site: WebSite;
let visitor: Visitor;
beforeEach(async () => {
  site = await openSite();
  visitor = await site.signedIn(await addMember(site.core));
});
afterEach(async () => {
  playScript(undefined);
  await site.close();
});

test('each form of a series has an address of its own: loaded anew, or gone back to, it sends nothing', async () => {
  const series = playSeries('message');
  const first = await visitor.post('/intent', button({ kind: 'network.join' }));
  expect(first.path).toMatch(/^\/intent\?intent=/);
  expect((await visitor.get(first.path)).main).toBe(first.main);
  const second = await fill(visitor, first, 'Next', { role: 'Clerk' });
  expect(second.main).toContain('This is about: Your interests');
  expect(second.path).toMatch(/^\/intent\?intent=/);
  expect((await visitor.get(second.path)).main).toBe(second.main);
  expect(series.sent()).toHaveLength(1);
  // Back at the first form as the browser kept it, and sent as it was: it leads on, and is not used again.
  expect((await fill(visitor, first, 'Next', { role: 'Clerk' })).main).toContain('This is about: Your interests');
  expect(series.sent()).toHaveLength(1);
});

test('a form with a mistake is answered where it was sent, with what was chosen still ticked', async () => {
  playSeries('message');
  const first = await visitor.post('/intent', button({ kind: 'network.join' }));
  const [form] = formsSaying(first.page, 'Next');
  if (form === undefined) throw new Error('There is no form');
  const again = await visitor.send(form, { 'answer.newly': ['council', 'unheard-of', 'sector'], 'answer.council': '' });
  expect(again.path).toBe('/intent');
  expect(again.main).toContain('Enter what you do');
  expect([...again.html.matchAll(/value="(\w+)" checked/g)].map(([, value]) => value)).toEqual(['council', 'sector']);
  const none = await fill(visitor, again, 'Next', { newly: '' });
  expect(none.html).not.toContain('checked');
});

test('what is sent as one box, as many or as none is read as it was ticked, and nothing else counts as ticked', async () => {
  const series = playSeries('message');
  const about = { form: JSON.stringify({ kind: 'joining.open-about' }), 'answer.role': 'Clerk', 'answer.council': 'x' };
  const ticks = [[], ['role'], ['sector', 'role'], ['role', 'unheard-of'], ['role,sector']];
  for (const newly of ticks) await visitor.post('/intent', { ...about, ticket: newly.join(), 'answer.newly': newly });
  const read = series.sent().map((intent) => (intent.kind === 'joining.about' ? intent.newly : ''));
  expect(read).toEqual(['', 'role', 'role,sector', 'role', 'role,sector']);
});

test('a page that answers a form that changes nothing can be loaded anew', async () => {
  const found = { kind: 'page', page: { heading: 'Found', body: [], cards: [] } } as const;
  const { sent } = playSeries('message');
  const search = { form: JSON.stringify({ kind: 'network.open-find' }), ticket: 'one', 'answer.query': 'York' };
  playScript(async ({ kind }) => (kind === 'network.find' ? found : undefined));
  await site.core.db.updateTable('members').set({ status: 'active' }).execute();
  for (const _ of [1, 2]) expect((await visitor.post('/intent', search)).main).toContain('Found');
  expect(sent()).toEqual([]);
});

test('a button on a page of the series leads to a form with an address of its own', async () => {
  playSeries('message');
  const page = await visitor.get('/words/conversations');
  const form = await press(visitor, page, 'Change your interests');
  expect(form.main).toContain('This is about: Your interests');
});

test('a link in an e-mail leads on from form to form by links that end when it does, and reach nothing else', async () => {
  const series = playSeries('message');
  const { id: memberId } = await addMember(site.core);
  const expires = site.clock.now().getTime() + 60_000;
  const intent = { kind: 'network.join' } as const;
  const link = `/act/${writeLink(site.core.cipher, { id: 'mail.0', memberId, intent, expires })}`;
  const stranger = site.visitor();
  const first = await stranger.post(link, {});
  expect(first.path).toMatch(/^\/act\//);
  expect(first.path).not.toBe(link);
  const other = { form: JSON.stringify({ kind: 'joining.open-hours' }), ticket: 't', 'answer.from': '08:00' };
  expect((await stranger.post(first.path, other)).main).toContain('This page has changed since you opened it.');
  const second = await fill(stranger, first, 'Next', { role: 'Clerk' });
  expect(second.main).toContain('This is about: Your interests');
  expect(series.sent()).toHaveLength(1);
  site.clock.set(new Date(expires));
  expect((await stranger.get(second.path)).status).toBe(410);
  expect((await fill(stranger, second, 'Next', {})).status).toBe(410);
});
