import { afterEach, beforeEach, expect, test } from 'vitest';
import { markupOf } from '../../../adapters/web/html.ts';
import { renderForm } from '../../../adapters/web/render-form.ts';
import type { Member } from '../../../src/network/model.ts';
import { addPeopleOfRound } from '../../matching/rounds/conveners-stage.ts';
import { addActive } from '../../support/people.ts';
import { findAll, isTag, textOf } from '../../support/web-page.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import { fieldsOf, formsSaying } from '../../support/web-visitor.ts';

const opener = { kind: 'matching.open-weights', tried: '' } as const;
const path = `/intent?${new URLSearchParams({ intent: JSON.stringify(opener) })}`;
const tried = { 'answer.themes': '0', part: 'preview' };

let site: WebSite;
let convener: Member;
beforeEach(async () => {
  site = await openSite();
  convener = await addActive(site.core, { name: 'Cerys Convener', permission: 'convener' });
  await addPeopleOfRound(site.core, 4);
});
afterEach(() => site.close());

async function filledSliders(): Promise<ReturnType<typeof fieldsOf>> {
  const { page } = await (await site.signedIn(convener)).get(path);
  const [form] = formsSaying(page, 'See what would change');
  if (form === undefined) throw new Error('No form');
  return { ...fieldsOf(form), ...tried };
}

test('what the script asks is answered with the part of the page that it shows, and nothing is saved', async () => {
  const { page, html } = await (await site.signedIn(convener)).post('/intent', await filledSliders());
  expect(html).not.toContain('<html');
  expect(textOf(page)).toContain('from 5 to 0');
  expect(findAll(page, isTag('h1'))).toEqual([]);
  expect(findAll(page, isTag('button')).map(textOf)).toEqual(['Save', 'Keep it as it is']);
  const { match_weights: weights } = await site.core.db
    .selectFrom('network')
    .select('match_weights')
    .executeTakeFirstOrThrow();
  expect(weights).not.toMatchObject({ themes: 0 });
});

test('nobody but a convener is answered, and nobody from another site', async () => {
  const fields = await filledSliders();
  const member = await addActive(site.core, { name: 'Mina Member' });
  const theirs = await (await site.signedIn(member)).post('/intent', fields);
  expect(textOf(theirs.page)).toContain('Only conveners can do that');
  expect(theirs.html).not.toContain('With a theme in common');
  const nobodys = await site.visitor().post('/intent', fields);
  expect([nobodys.status, nobodys.html.includes('With a theme in common')]).toEqual([403, false]);
  const elsewhere = { 'sec-fetch-site': 'cross-site' };
  const foreign = await (await site.signedIn(convener)).post('/intent', fields, elsewhere);
  expect([foreign.status, foreign.html.includes('With a theme in common')]).toEqual([403, false]);
});

test('an answer that is no weight is told in words', async () => {
  const fields = { ...(await filledSliders()), 'answer.themes': '11' };
  const { html, page } = await (await site.signedIn(convener)).post('/intent', fields);
  expect(html).not.toContain('<html');
  expect(textOf(page)).toContain('Choose a whole number from 0 to 10.');
});

test('only the page with the sliders may ask us for more, and only us', async () => {
  const token = [...(await site.signedIn(convener)).cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const policyOf = async (at: string) =>
    (await fetch(site.url + at, { headers: { cookie: token } })).headers.get('content-security-policy') ?? '';
  const [usual, sliders] = [await policyOf('/console'), await policyOf(path)];
  expect(usual).not.toContain('connect-src');
  expect(sliders).toBe(`${usual};connect-src 'self'`);
});

test('a form that changes something has no such place: nothing changes while somebody is answering', () => {
  const form = {
    heading: 'Pause',
    body: [],
    fields: [],
    submitLabel: 'Send',
    openedBy: { kind: 'network.open-pause' },
    preview: { heading: 'What would change', text: 'Nothing yet.', atOnce: false },
  } as const;
  const drawn = (kind: 'network.pause' | 'network.find') =>
    markupOf(renderForm({ ...form, completes: { kind } }, { action: '/intent', hidden: {} }));
  expect(drawn('network.find')).toContain('data-preview');
  expect(drawn('network.pause')).not.toContain('data-preview');
});
