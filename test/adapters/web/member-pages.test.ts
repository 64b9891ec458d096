import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMember } from '../../support/core.ts';
import { button, fill, hosting, press, prompted } from '../../support/web-acts.ts';
import { findAll, isTag, textOf } from '../../support/web-page.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import { formsSaying } from '../../support/web-visitor.ts';

let site: WebSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

test('joining, being asked, answering and reading it again all work with plain forms', async () => {
  const { visitor } = await prompted(site);
  const asked = await visitor.get('/words/reflect');
  const saved = await fill(visitor, asked, 'Save', { text: 'I waited.\r\n\r\nNext time I will not.' });
  expect(saved.main).toContain('We have saved your reflection');
  expect(saved.main).not.toContain('I waited');
  const journal = await visitor.get('/words/journal');
  expect(findAll(journal.page, isTag('blockquote')).map(textOf)).toEqual(['I waited.', 'Next time I will not.']);
});

test('an answer is kept sealed, and stands nowhere else', async () => {
  const { visitor } = await prompted(site);
  const secret = 'the restructure worries me';
  await fill(visitor, await visitor.get('/words/reflect'), 'Save', { text: secret });
  const { answer } = await site.core.db.selectFrom('reflections').select('answer').executeTakeFirstOrThrow();
  expect(answer.toString('utf8')).not.toContain('restructure');
  const inbox = await site.core.db.selectFrom('web_inbox').selectAll().execute();
  const deliveries = await site.core.db.selectFrom('deliveries').selectAll().execute();
  const received = await site.core.db.selectFrom('received_events').selectAll().execute();
  expect(JSON.stringify([inbox, deliveries, received, site.logged])).not.toContain('restructure');
});

test('a proposal with mistakes comes back with every answer kept and each problem beside its field', async () => {
  const { visitor, form, proposal } = await hosting(site);
  const wrong = { ...proposal, 'date.day': '31', 'date.month': '2', link: 'meet.example' };
  const again = await fill(visitor, form, 'Announce', wrong);
  expect(again.html).toContain('<title>Error: When and where');
  expect(again.main).toContain('There is a problem');
  expect(again.html).toContain('href="#answer-date"');
  expect(again.html).toContain('href="#answer-link"');
  expect(again.html).not.toContain('href="#answer-capacity"');
  const [kept] = formsSaying(again.page, 'Announce');
  const corrected =
    kept === undefined
      ? undefined
      : await visitor.send(kept, {
          'answer.date.day': '18',
          'answer.date.month': '3',
          'answer.link': proposal['link'] ?? '',
        });
  expect(corrected?.main).toContain('We are announcing your conversation “Winter pressures”');
  expect(corrected?.main).toContain('How do you plan?\nWhat do you stop?');
});

test('a form sent twice is used once', async () => {
  const { visitor, form, proposal } = await hosting(site);
  await fill(visitor, form, 'Announce', proposal);
  const twice = await fill(visitor, form, 'Announce', proposal);
  expect(twice.main).toContain('You sent this form twice');
  expect(await site.core.db.selectFrom('conversations').select('title').execute()).toHaveLength(1);
});

test('an answer corrected by going back is another answer, and is kept once they say that it replaces the first', async () => {
  const { visitor } = await prompted(site);
  const form = await visitor.get('/words/reflect');
  await fill(visitor, form, 'Save', { text: 'first' });
  const again = await fill(visitor, form, 'Save', { text: 'second' });
  expect(again.main).toContain('There is a problem');
  expect(again.html).toContain('second');
  await fill(visitor, again, 'Save', {});
  expect((await visitor.get('/words/journal')).main).toContain('second');
});

test('a form that was refused can be sent again as it was', async () => {
  const { visitor, form, proposal } = await hosting(site);
  const soon = { ...proposal, 'date.day': '1' };
  await fill(visitor, form, 'Announce', soon);
  expect((await fill(visitor, form, 'Announce', soon)).main).toContain('There is a problem');
});

test('an answer far beyond its limit comes back whole, with its problem', async () => {
  const { visitor } = await prompted(site);
  const text = 'word '.repeat(5000);
  const again = await fill(visitor, await visitor.get('/words/reflect'), 'Save', { text });
  expect(again.main).toContain('Your answer must be 3,000 characters or fewer.');
  expect(again.html).toContain(text);
});

test('a choice that nobody made is asked for again', async () => {
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active' }));
  const again = await fill(visitor, await visitor.get('/words/pause'), 'Pause', { programmes: '' });
  expect(again.main).toContain('There is a problem\nChoose at least one thing to pause.');
});

test('a NUL or another control character in an answer is left out, and the rest is kept', async () => {
  const { visitor, form, proposal } = await hosting(site, 'Win\u0000ter\u0007');
  const said = await fill(visitor, form, 'Announce', proposal);
  expect(said.main).toContain('“Winter”');
});

test('what somebody may not do is refused by the core, whatever their button says', async () => {
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active' }));
  const forged = {
    kind: 'proposals.draft',
    topic: '',
    follows: '',
    title: 'a',
    about: 'a',
    theme: 'a',
    audience: 'all',
    chathamHouse: 'no',
  } as const;
  expect((await visitor.post('/intent', button(forged))).main).toContain('Only hosts can do that');
  expect(
    (
      await visitor.post('/intent', {
        form: JSON.stringify({ kind: 'proposals.open', topic: '', follows: '', theme: '' }),
        ticket: 'a',
      })
    ).main,
  ).toContain('Only hosts can do that');
  expect(await site.core.db.selectFrom('proposals').select('id').execute()).toEqual([]);
});

test('a person’s prompt opens for nobody else', async () => {
  await prompted(site);
  const { id } = await site.core.db.selectFrom('prompts').select('id').executeTakeFirstOrThrow();
  const other = await site.signedIn(await addMember(site.core, { status: 'active' }));
  const visited = await other.post('/intent', {
    form: JSON.stringify({ kind: 'reflections.open', prompt: id }),
    'answer.text': 'mine',
  });
  expect(visited.main).toContain('We could not find that prompt');
  expect(await site.core.db.selectFrom('reflections').select('prompt_id').execute()).toEqual([]);
});

test('what cannot be read as an intent is answered, not a fault', async () => {
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active' }));
  for (const intent of ['', '{', '{"kind":"network.erase-everyone"}', '[]', 'null', '{"kind":"__proto__"}']) {
    const visited = await visitor.post('/intent', { intent });
    expect(visited.status).toBe(200);
    expect(visited.main).toContain('That button is out of date');
  }
  expect((await visitor.get('/intent?intent=[]')).path).toBe('/');
});

test('following a link changes nothing: what would is asked about first', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const visitor = await site.signedIn(member);
  const leaving = encodeURIComponent(JSON.stringify({ kind: 'network.confirm-leave' }));
  const asked = await visitor.get(`/intent?intent=${leaving}`);
  expect(asked.main).toContain('Leave the network');
  const status = async () =>
    (await site.core.db.selectFrom('members').select('status').executeTakeFirstOrThrow()).status;
  expect(await status()).toBe('active');
  await press(visitor, asked, 'Continue');
  expect(await status()).toBe('left');
});

test('the words that our messages tell people to type work in the box at the foot of the page', async () => {
  const visitor = await site.signedIn(await addMember(site.core));
  const [box] = formsSaying((await visitor.get('/')).page, 'Go');
  const asked = box === undefined ? undefined : await visitor.send(box, { word: ' Join ' });
  expect(asked?.main).toContain('Join the network');
  const unknown = box === undefined ? undefined : await visitor.send(box, { word: 'lunch <b>' });
  expect(unknown?.main).toContain('We do not know the word “lunch <b>”.');
});
