import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DemoControls } from '../../../adapters/web/app.ts';
import { oneAtATime } from '../../../adapters/web/one-at-a-time.ts';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Member } from '../../../src/network/model.ts';
import { addMember } from '../../support/core.ts';
import { press } from '../../support/web-acts.ts';
import { findAll, hasClass, isTag, textOf } from '../../support/web-page.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
let asha: Member;
let advanced: number[];
let fails: boolean;

const controls: DemoControls = {
  now: () => site.clock.now(),
  async advance(days) {
    advanced.push(days);
    if (fails) throw new Error('The clock is stuck');
    await site.pass(days * 24);
  },
};

beforeEach(async () => {
  advanced = [];
  fails = false;
  site = await openSite({ demo: controls });
  await prepareAgenda(site.core);
  asha = await addMember(site.core, { status: 'active', name: 'Asha Rahman', council: 'Leeds City Council' });
  await addMember(site.core, {
    status: 'active',
    name: 'Bo Lindqvist',
    council: 'City of York Council',
    permission: 'host',
  });
  await addMember(site.core, { name: 'Cara Doyle', council: 'Leeds City Council', permission: 'convener' });
});
afterEach(() => site.close());

test('a visitor is asked who to be, and is that person from then on', async () => {
  const visitor = site.visitor();
  const picker = await visitor.get('/');
  expect(picker.path).toBe('/demo');
  const home = await press(visitor, picker, 'Be Asha Rahman');
  expect(home.path).toBe('/');
  expect(home.main).toContain('Hello, Asha Rahman');
  const other = await press(visitor, await visitor.get('/demo'), 'Be Bo Lindqvist');
  expect(other.main).toContain('Hello, Bo Lindqvist');
});

test('everyone stands under their council, with what they are and how many messages they have', async () => {
  const { page } = await site.visitor().get('/demo');
  expect(findAll(page, isTag('h2')).map(textOf)).toEqual(['City of York Council', 'Leeds City Council']);
  expect(findAll(page, hasClass('people__person')).map((person) => textOf(person).replaceAll('\n', ' '))).toEqual([
    'Be Bo Lindqvist Director of Place Host 0 messages',
    'Be Asha Rahman Director of Place 0 messages',
    'Be Cara Doyle Director of Place Convener Not joined 0 messages',
  ]);
});

test.each([
  ['  LEEDS ', ['Be Asha Rahman', 'Be Cara Doyle']],
  ['lindq', ['Be Bo Lindqvist']],
  ['host', ['Be Bo Lindqvist']],
  ['%', []],
])('searching for “%s” finds the people it names', async (search, expected) => {
  const found = await site.visitor().get(`/demo?search=${encodeURIComponent(search)}`);
  expect(findAll(found.page, hasClass('people__be')).map(textOf)).toEqual(expected);
});

test('moving on a week does what falls due in it, and says what came of it', async () => {
  const visitor = site.visitor();
  const home = await press(visitor, await visitor.get('/'), 'Be Asha Rahman');
  expect(home.html).toContain('It is midday on Tuesday 2 March.');
  const later = await press(visitor, home, 'Move on one week');
  expect(later.main).toContain('It is now midday on Tuesday 9 March.');
  expect(later.main).toContain('The network sent 4 messages. There are 2 new messages for you.');
  expect(later.main).toContain('Meet Bo Lindqvist');
  expect(advanced).toEqual([7]);
});

test('somebody who is nobody yet stays with the choice of people', async () => {
  const visitor = site.visitor();
  const later = await press(visitor, await visitor.get('/demo'), 'Move on one day');
  expect(later.path).toMatch(/^\/demo\?since=\d+$/);
  expect(later.main).toContain('It is now midday on Wednesday 3 March.');
});

test('a second press while the clock moves waits for the first and moves nothing', async () => {
  const began = site.clock.now().getTime();
  const advance = oneAtATime(controls);
  expect(await Promise.all([advance(7), advance(1)])).toEqual([began, began]);
  expect(advanced).toEqual([7]);
  expect(await advance(1)).toBe(site.clock.now().getTime() - 86_400_000);
});

test('an advance that fails is told as a fault, and the next one runs', async () => {
  fails = true;
  expect((await site.visitor().post('/demo/advance', { days: '1' })).status).toBe(500);
  fails = false;
  expect((await site.visitor().post('/demo/advance', { days: '1' })).status).toBe(200);
});

test('the clock moves by a day or a week and by nothing else, and nobody can be who is not there', async () => {
  for (const days of ['', '0', '8', '-7', '1e9']) {
    expect((await site.visitor().post('/demo/advance', { days })).status).toBe(404);
  }
  for (const member of ['', 'asha', '00000000-0000-4000-8000-000000000000']) {
    expect((await site.visitor().post('/demo/be', { member })).status).toBe(404);
  }
  expect(advanced).toEqual([]);
});

test('whoever was chosen stays so however far the clock is moved', async () => {
  const visitor = site.visitor();
  await press(visitor, await visitor.get('/'), 'Be Asha Rahman');
  site.clock.set(new Date('2028-03-02T12:00:00Z'));
  expect((await visitor.get('/')).main).toContain('Hello, Asha Rahman');
});

test('what an address says about the past cannot break or change a page', async () => {
  const visitor = await site.signedIn(asha);
  for (const since of ['x', '-1', '1e99', '<b>', '']) {
    const visited = await visitor.get(`/?since=${encodeURIComponent(since)}`);
    expect(visited.status).toBe(200);
    expect(visited.html).not.toContain('<b>');
  }
});

test('outside the demonstration none of this exists', async () => {
  const plain = await openSite();
  const member = await addMember(plain.core, { status: 'active' });
  const visitor = await plain.signedIn(member);
  expect((await visitor.get('/demo')).status).toBe(404);
  expect((await visitor.post('/demo/be', { member: member.id })).status).toBe(404);
  expect((await visitor.post('/demo/advance', { days: '1' })).status).toBe(404);
  expect((await visitor.get('/?since=0')).html).not.toContain('demonstration');
  await plain.close();
});
