import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Intent } from '../../../src/intents.ts';
import { addMatch, addRound } from '../../matching/following-up/following-up-stage.ts';
import { addPeopleOfRound } from '../../matching/rounds/conveners-stage.ts';
import { addActive } from '../../support/people.ts';
import { type Element, findAll, hasClass, isTag, textOf } from '../../support/web-page.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import { fieldsOf, formsSaying, type Visitor } from '../../support/web-visitor.ts';

let site: WebSite;
let visitor: Visitor;

beforeEach(async () => {
  site = await openSite();
  const convener = await addActive(site.core, { name: 'Cerys Convener', permission: 'convener' });
  await addPeopleOfRound(site.core, 7);
  visitor = await site.signedIn(convener);
});
afterEach(() => site.close());

async function open(intent: Intent): Promise<Element> {
  return (await visitor.get(`/intent?${new URLSearchParams({ intent: JSON.stringify(intent) })}`)).page;
}

/** The links below what a page shows, by what they say. */
function waysBack(page: Element): ReadonlyMap<string, string> {
  const lines = findAll(page, hasClass('way-back')).flatMap((line) => findAll(line, isTag('a')));
  return new Map(lines.map((link) => [textOf(link), link.attributes['href'] ?? '']));
}

const heading = (page: Element) => findAll(page, isTag('h1')).map(textOf).join();

test('a form about rounds leads back to the next round, and any other form home', async () => {
  const sliders = { kind: 'matching.open-weights', tried: '5,5,5,7,5,5,5' } as const;
  const ways = new Map<Intent, readonly string[]>([
    [sliders, ['Back to the usual', 'Back to the next round']],
    [{ ...sliders, tried: '' }, ['Back to the next round']],
    [{ kind: 'matching.open-rules' }, ['Change when', 'Back to the next round']],
    [{ kind: 'matching.open-lock' }, ['Back to the next round', 'See what is fixed']],
    [{ kind: 'network.open-pause' }, ['Back to your home page']],
  ]);
  for (const [opener, expected] of ways) expect([...waysBack(await open(opener)).keys()]).toEqual(expected);
  const leads = async (opener: Intent, label: string) =>
    heading((await visitor.get(waysBack(await open(opener)).get(label) ?? '')).page);
  expect(await leads({ kind: 'matching.open-lock' }, 'Back to the next round')).toBe('The next round');
  expect(await leads({ kind: 'matching.open-rules' }, 'Change when')).toBe('When prompts and matches come');
  await site.core.db
    .updateTable('network')
    .set({ match_weights: JSON.stringify({ level: 7 }) })
    .execute();
  const usual = await visitor.get(waysBack(await open({ ...sliders, tried: '' })).get('Back to the usual') ?? '');
  expect([heading(usual.page), textOf(usual.page)]).toEqual([
    'What would change',
    expect.stringContaining('from 7 to 5'),
  ]);
});

test('a press on the list of groups shows that list again, with what was saved on top', async () => {
  const [keep] = formsSaying(await open({ kind: 'matching.groups', after: '0' }), 'Keep this');
  if (keep === undefined) throw new Error('No button');
  const { page } = await visitor.post('/intent', fieldsOf(keep));
  expect(heading(page)).toBe('Who meets whom');
  expect(textOf(page)).toMatch(/Saved\. We put \w+ \w+ and \w+ \w+ together in the next round if we can\./);
  expect(await site.core.db.selectFrom('round_locks').selectAll().execute()).toHaveLength(1);
});

/** Presses the button that says this on a page. */
async function pressOn(page: Element, label: string): Promise<Element> {
  const [form] = formsSaying(page, label);
  if (form === undefined) throw new Error(`No button: ${label}`);
  return (await visitor.send(form)).page;
}

test('what was begun on Match leads back to Match, answer after answer, and what was begun at home leads home', async () => {
  const { core } = site;
  const asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  const bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await addMatch(core, await addRound(core, 1, core.clock.now()), [asha, bo]);
  await addMatch(core, await addRound(core, 2, new Date(core.clock.now().getTime() + 1000)), [asha, cy]);
  visitor = await site.signedIn(asha);
  const toMatch = new Map([['Back to your match', '/words/match']]);
  const toHome = new Map([['Back to your home page', '/']]);
  const match = (await visitor.get('/words/match')).page;
  expect([heading(match), waysBack(match)]).toEqual(['Meet Cy Cole', toHome]);
  const asked = await pressOn(match, 'Say whether you met Bo Berg');
  expect([heading(asked), waysBack(asked)]).toEqual(['Did you meet Bo Berg?', toMatch]);
  // The way back says it once.
  expect(formsSaying(asked, 'See your match')).toEqual([]);
  const thanked = await pressOn(asked, 'We did not meet');
  expect([heading(thanked), waysBack(thanked)]).toEqual(['Thank you', toMatch]);
  const changed = await pressOn(thanked, 'They did not come');
  expect([heading(changed), waysBack(changed)]).toEqual(['Thank you', toMatch]);
  const form = await pressOn(match, 'Say who you would like to meet');
  expect(waysBack(form)).toEqual(toMatch);
  const saved = await pressOn(form, 'Save');
  expect([heading(saved), waysBack(saved)]).toEqual(['Saved', toMatch]);
  expect(waysBack(await pressOn(match, 'Sit out the next round'))).toEqual(toMatch);
  const home = (await visitor.get('/')).page;
  expect(waysBack(await pressOn(home, 'We have a date'))).toEqual(toHome);
  // The page of a match leads home wherever it was opened from.
  expect(waysBack(await open({ kind: 'matching.current' }))).toEqual(toHome);
});

test('a page that was opened on Match leads back to Match; where it was opened at home, the menu leads there', async () => {
  const { core } = site;
  const asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  const bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  const match = await addMatch(core, await addRound(core, 1, core.clock.now()), [asha, bo]);
  const at = new Date(core.clock.now().getTime() + 3 * 24 * 3_600_000);
  await core.db.updateTable('matches').set({ agreed_at: at }).where('id', '=', match).execute();
  visitor = await site.signedIn(asha);
  const label = 'Add to your calendar';
  const file = await pressOn((await visitor.get('/words/match')).page, label);
  expect([heading(file), waysBack(file)]).toEqual([label, new Map([['Back to your match', '/words/match']])]);
  const fromHome = await pressOn((await visitor.get('/')).page, label);
  expect([heading(fromHome), waysBack(fromHome)]).toEqual([label, new Map()]);
});
