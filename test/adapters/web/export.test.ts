import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Intent } from '../../../src/intents.ts';
import type { Member } from '../../../src/network/model.ts';
import { type Link, writeLink } from '../../../src/store/links.ts';
import { addMember } from '../../support/core.ts';
import { liveFully, slackUser, wrote } from '../../support/full-life.ts';
import { ask } from '../../support/people.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
beforeEach(async () => {
  site = await openSite();
});
afterEach(() => site.close());

/** The path of the file's link, as the page of everything shows it. */
async function shownPath(member: Member): Promise<string> {
  const reply = await ask(site.core, member, { kind: 'network.export' });
  const buttons = reply.kind === 'page' ? reply.page.cards.flatMap((card) => card.buttons) : [];
  const button = buttons.find((each) => each.label === 'Download as a file');
  const url = button?.kind === 'opens' ? button.url : '';
  expect(url).toMatch(/^http:\/\/localhost:3000\/export\/[\w-]+$/);
  return url.slice('http://localhost:3000'.length);
}

async function get(path: string): Promise<Response> {
  return await fetch(`${site.url}${path}`);
}

function linkTo(member: Member, intent: Intent, id: string): string {
  const link: Link = { id, memberId: member.id, intent, expires: site.clock.now().getTime() + 60_000 };
  return `/export/${writeLink(site.core.cipher, link)}`;
}

async function expectEnded(response: Response): Promise<void> {
  expect(response.status).toBe(410);
  expect(response.headers.get('content-disposition')).toBeNull();
  expect(await response.text()).toContain('This link does not work any more');
}

test('the file holds everything the page does, for a person to read, and nobody keeps a copy on the way', async () => {
  const { member } = await liveFully(site, site.outbounds);
  const response = await get(await shownPath(member));
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': 'attachment; filename="colloquy-export-2027-03-17.json"',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  });
  const text = await response.text();
  expect(text).toContain('\n      {\n        "What": "About you",\n');
  const file = JSON.parse(text)['Everything we hold about you'];
  expect(file).toMatchObject({
    'Written at': '12pm on 17 March 2027',
    'Your matches': [{ What: 'Your match of 12pm on 9 March 2027', With: 'Mia Match, Director of Place, York' }],
    'Conversations you host': [{ What: `You host: ${wrote.title}`, About: wrote.about }],
    'Topics you suggested': [{ About: wrote.topic }],
    'Your prompts and answers': [{}, { 'What you wrote': wrote.answer }],
  });
  expect(file['Your accounts'][1]).toMatchObject({ 'You there': slackUser });
  const page = await ask(site.core, member, { kind: 'network.export' });
  const cards = page.kind === 'page' ? page.page.cards : [];
  const facts = cards.flatMap((card) => card.body.flatMap((block) => (block.kind === 'facts' ? block.facts : [])));
  for (const { label, value } of facts) expect(text).toContain(`${JSON.stringify(label)}: ${JSON.stringify(value)}`);
});

test('the link ends after ten minutes, and with its member', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const path = await shownPath(member);
  site.clock.set(new Date(site.clock.now().getTime() + 10 * 60_000 - 1));
  expect((await get(path)).status).toBe(200);
  const fresh = await shownPath(member);
  site.clock.set(new Date(site.clock.now().getTime() + 1));
  await expectEnded(await get(path));
  await ask(site.core, member, { kind: 'network.confirm-erase' });
  await expectEnded(await get(fresh));
});

test('no other link opens the file: not one from an e-mail, a changed one, or one made for something else', async () => {
  const member = await addMember(site.core, { status: 'active' });
  await expectEnded(await get(linkTo(member, { kind: 'network.export' }, 'an-e-mail.0')));
  await expectEnded(await get(linkTo(member, { kind: 'network.settings' }, 'export:1')));
  const path = await shownPath(member);
  await expectEnded(await get(path.slice(0, -4)));
  await expectEnded(await get('/export/nonsense'));
});

test('the link to the file is good for nothing else, and does not sign anybody in', async () => {
  const { member } = await liveFully(site, site.outbounds);
  const path = await shownPath(member);
  const visitor = site.visitor();
  const acted = await visitor.get(path.replace('/export/', '/act/'));
  expect(acted.main).toContain('Sign in to see what we hold about you');
  expect(acted.html).not.toContain(wrote.answer);
  await expectEnded(await get(path.replace('/export/', '/sign-in/')));
  expect((await get(path)).headers.getSetCookie()).toEqual([]);
});

test('a link that fails is in no log', async () => {
  const member = await addMember(site.core, { status: 'active' });
  const path = await shownPath(member);
  await site.core.db.schema.alterTable('topics').renameTo('topics_away').execute();
  expect((await get(path)).status).toBe(500);
  const logged = site.logged.join('\n');
  expect(logged).toContain('/export/…');
  expect(logged).not.toContain(path.slice('/export/'.length));
});
