import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMember } from '../../support/core.ts';
import { button, fill, hosting, prompted } from '../../support/web-acts.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import { formsSaying } from '../../support/web-visitor.ts';

let site: WebSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

test('a button pressed on a message in the inbox changes that message', async () => {
  const { visitor: host, form, proposal } = await hosting(site);
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active' }));
  await fill(host, form, 'Announce', proposal);
  await site.settle();
  const home = await visitor.get('/');
  expect(formsSaying(home.page, 'Sign up')).toHaveLength(2);
  const [, inInbox] = formsSaying(home.page, 'Sign up');
  const answer = inInbox === undefined ? undefined : await visitor.send(inInbox);
  expect(answer?.main).toContain('You have a seat: “Winter pressures”, 10am to 11am on Thursday 18 March.');
  expect(formsSaying((await visitor.get('/')).page, 'Sign up')).toEqual([]);
  expect(formsSaying((await visitor.get('/')).page, 'Give up my seat')).toHaveLength(2);
});

test('nobody changes a message in the inbox of another', async () => {
  const { visitor: host, form, proposal } = await hosting(site);
  await addMember(site.core, { status: 'active' });
  await fill(host, form, 'Announce', proposal);
  await site.settle();
  const before = await site.core.db.selectFrom('web_inbox').selectAll().execute();
  const { id } = await site.core.db.selectFrom('conversations').select('id').executeTakeFirstOrThrow();
  const thief = await site.signedIn(await addMember(site.core, { status: 'active' }));
  const delivery = before[0]?.delivery_id ?? '';
  await thief.post('/intent', { ...button({ kind: 'conversations.sign-up', conversation: id }), delivery });
  await thief.post('/intent', {
    ...button({ kind: 'conversations.sign-up', conversation: id }),
    delivery: 'not-an-id',
  });
  expect(await site.core.db.selectFrom('web_inbox').selectAll().execute()).toEqual(before);
});

test('somebody signed out meanwhile gets back what they wrote', async () => {
  const { visitor } = await prompted(site);
  const form = await visitor.get('/words/reflect');
  visitor.cookies.clear();
  const refused = await fill(visitor, form, 'Save', { text: 'a long thought' });
  expect(refused.status).toBe(403);
  expect(refused.main).toContain('a long thought');
  expect(await site.core.db.selectFrom('reflections').select('prompt_id').execute()).toEqual([]);
});

test('somebody who left meanwhile gets back what they wrote', async () => {
  const { visitor } = await prompted(site);
  const form = await visitor.get('/words/reflect');
  await visitor.post('/intent', button({ kind: 'network.confirm-leave' }));
  const refused = await fill(visitor, form, 'Save', { text: 'a long thought' });
  expect(refused.main).toContain('You have not joined the network yet');
  expect(refused.main).toContain('a long thought');
});

test('a title that tries to be markup is shown as it was typed', async () => {
  const title = `<img src=x onerror="alert(1)">'&amp;`;
  const { visitor, form, proposal } = await hosting(site, title);
  await fill(visitor, form, 'Announce', proposal);
  const list = await visitor.get('/words/conversations');
  expect(list.main).toContain(title);
  expect(list.html).not.toContain('<img');
});
