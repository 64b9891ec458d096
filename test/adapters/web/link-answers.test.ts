import { addDays } from 'date-fns/addDays';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isReadOnly } from '../../../src/changes.ts';
import type { Intent } from '../../../src/intents.ts';
import type { Member } from '../../../src/network/model.ts';
import { type Link, readLink, writeLink } from '../../../src/store/links.ts';
import { addMatch, addRound } from '../../matching/following-up/following-up-stage.ts';
import { untilWaiting } from '../../support/lock-waiters.ts';
import { scan } from '../../support/mail-scanner.ts';
import { addActive } from '../../support/people.ts';
import { fill, press } from '../../support/web-acts.ts';
import { type Element, findAll, isTag, textOf } from '../../support/web-page.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import { fieldsOf, formsSaying, type Visited, type Visitor } from '../../support/web-visitor.ts';

/*
 * The answer to a link has buttons, which are links of their own. What they can do is tested here; how it feels to use
 * them, in test/flow/match-by-email.test.ts.
 */

let site: WebSite;
let asha: Member;
let bo: Member;
let match: string;
let visitor: Visitor;

beforeEach(async () => {
  site = await openSite();
  asha = await addActive(site.core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(site.core, { name: 'Bo Berg', council: 'City of York Council' });
  const round = await addRound(site.core, 1, site.clock.now());
  match = await addMatch(site.core, round, [asha, bo]);
  await site.core.db.deleteFrom('standing_pool').execute();
  visitor = site.visitor();
});
afterEach(() => site.close());

function linkTo(intent: Intent, other: Partial<Link> = {}): string {
  const expires = addDays(site.clock.now(), 1).getTime();
  return `/act/${writeLink(site.core.cipher, { id: 'an-e-mail.0', memberId: asha.id, intent, expires, ...other })}`;
}

/** What the buttons of a page say, each with the link that it is. */
function linksOn({ page }: Visited): ReadonlyMap<string, string> {
  const forms = findAll(page, isTag('form')).filter((form) => Object.keys(fieldsOf(form)).length === 0);
  const said = (form: Element) => findAll(form, isTag('button')).map(textOf).join();
  return new Map(forms.map((form) => [said(form), form.attributes['action'] ?? '']));
}

function opened(path: string): Link | undefined {
  return readLink(site.core.cipher, path.slice('/act/'.length), site.clock.now());
}

async function saysThatTheyMet(): Promise<Visited> {
  const link = linkTo({ kind: 'matching.met', match });
  return await press(visitor, await visitor.get(link), 'We met');
}

async function outcomes(): Promise<readonly (string | null)[]> {
  const rows = site.core.db.selectFrom('match_members').select('outcome').where('member_id', '=', asha.id);
  return (await rows.execute()).map(({ outcome }) => outcome);
}

async function useful(): Promise<string> {
  return linksOn(await saysThatTheyMet()).get('It was useful') ?? '';
}

test('the buttons of an answer are links for the same person and e-mail, to one thing each, and end when the first does', async () => {
  const answer = await saysThatTheyMet();
  const { id, expires } = opened(linkTo({ kind: 'matching.met', match })) ?? {};
  const said = (outcome: 'useful' | 'not-useful', label: string) => {
    const intent = { kind: 'matching.answer', match, outcome };
    return { id, memberId: asha.id, intent, label, expires };
  };
  expect([...linksOn(answer).values()].map(opened)).toEqual([
    said('useful', 'It was useful'),
    said('not-useful', 'It was not useful'),
  ]);
  expect((await press(visitor, answer, 'It was useful')).main).toContain('We have noted that you met');
  expect(await outcomes()).toEqual(['useful']);
  expect(visitor.cookies.size).toBe(0);
  expect(await site.core.db.selectFrom('web_sessions').selectAll().execute()).toEqual([]);
});

test('a link of an answer that has ended, was changed, or went to an address of before does nothing', async () => {
  const good = await useful();
  const changed = good.slice(0, 60) + (good[60] === 'A' ? 'B' : 'A') + good.slice(61);
  expect((await visitor.post(changed, {})).status).toBe(410);
  await site.core.db.updateTable('members').set({ email_since: site.clock.now() }).where('id', '=', asha.id).execute();
  expect((await visitor.post(good, {})).status).toBe(410);
  await site.core.db.updateTable('members').set({ email_since: null }).where('id', '=', asha.id).execute();
  site.clock.set(addDays(site.clock.now(), 1));
  expect((await visitor.post(good, {})).status).toBe(410);
  expect(await outcomes()).toEqual([null]);
});

test('a link of an answer does what it says, whatever else the request asks for, and only where our own page asks', async () => {
  const link = await useful();
  const elsewhere = await visitor.post(link, {}, { 'sec-fetch-site': 'cross-site' });
  expect([elsewhere.status, await outcomes()]).toEqual([403, [null]]);
  for (const name of ['intent', 'form']) {
    for (const intent of [{ kind: 'matching.answer', match, outcome: 'no-show' }, { kind: 'network.confirm-leave' }]) {
      await visitor.post(link, { [name]: JSON.stringify(intent), 'answer.outcome': 'no-show' });
    }
  }
  expect(await outcomes()).toEqual(['useful']);
  const { status } = await site.core.db
    .selectFrom('members')
    .select('status')
    .where('id', '=', asha.id)
    .executeTakeFirstOrThrow();
  expect(status).toBe('active');
});

test('nobody answers for a match of others by a link of theirs', async () => {
  const other = await addActive(site.core, { name: 'Cy Cole', council: 'Hull City Council' });
  const link = linkTo({ kind: 'matching.answer', match, outcome: 'no-show' }, { memberId: other.id });
  const refused = await visitor.post(link, {});
  expect(refused.main).toContain('We could not find that match.');
  expect(await outcomes()).toEqual([null]);
});

test('a scanner that follows the buttons of an answer changes nothing, and sees what each would do', async () => {
  const links = linksOn(await saysThatTheyMet());
  const { publicUrl } = site.core;
  const text = [...links.values()].map((path) => `${publicUrl}${path}`).join('\n');
  expect(await scan(site.core, site.url, [{ text }])).toBe(2);
  const asked = await visitor.get(links.get('It was not useful') ?? '');
  expect(asked.main).toContain('Say whether you met');
  expect(formsSaying(asked.page, 'It was not useful')).toHaveLength(1);
});

test('pressed twice at once it is done once, and both see what was done; too late it is said kindly, with a way on', async () => {
  const link = linkTo({ kind: 'matching.not-now', match });
  const told = async () =>
    await site.core.db
      .selectFrom('standing_pool')
      .select(['member_id', 'since'])
      .orderBy('member_id')
      .execute()
      .then((rows) => JSON.stringify(rows));
  const both: Promise<Visited>[] = [];
  await site.core.db.transaction().execute(async (tx) => {
    await tx.selectFrom('members').select('id').where('id', '=', asha.id).forUpdate().execute();
    both.push(visitor.post(link, {}));
    await untilWaiting(site.core, tx, 1, Promise.all(both));
    both.push(visitor.post(link, {}));
    // By the time that this has been answered, the second has been taken in.
    await visitor.get(link);
  });
  expect((await Promise.all(both)).map(({ main }) => main.includes('Your match with Bo Berg has ended.'))).toEqual([
    true,
    true,
  ]);
  const before = await told();
  await visitor.post(link, {});
  expect(await told()).toBe(before);
  const late = await visitor.post(linkTo({ kind: 'matching.dated', match }), {});
  expect(late.main).toContain('That match has ended.');
  expect(opened((await press(visitor, late, 'Match')).path.replace('?', ''))?.intent).toEqual({
    kind: 'matching.current',
  });
});

test('what is about the person beyond what the e-mail was for is no button of an answer', async () => {
  const form = await visitor.get(linkTo({ kind: 'network.open-preferences' }));
  const saved = await fill(visitor, form, 'Save', {});
  expect(saved.main).toContain('We have saved your settings.');
  expect([...linksOn(saved).keys()]).toEqual([]);
  expect(saved.html).toContain('href="/sign-in"');
});

test('whoever holds the links of a match gets to nothing else by pressing whatever they lead to', async () => {
  const kinds = ['met', 'dated', 'not-now', 'rematch'] as const;
  const starts = kinds.map((kind) => linkTo({ kind: `matching.${kind}`, match }));
  const reached = new Set<string>();
  for (const start of [linkTo({ kind: 'matching.current' }), ...starts, linkTo({ kind: 'membership.skip-round' })]) {
    await crawl(start, reached);
  }
  const names = new Set([...reached].map((intent) => intent.split('"')[3]));
  expect([...names].toSorted()).toEqual([
    'matching.answer',
    'matching.current',
    'matching.dated',
    'matching.look-now',
    'matching.met',
    'matching.not-now',
    'matching.open-own-time',
    'matching.open-wishes',
    'matching.rematch',
    'matching.suggest-time',
    'membership.skip-round',
    'membership.take-round',
    'network.open-pause',
  ]);
});

/** Follows a link, and then whatever its answer leads to, each thing once. */
async function crawl(path: string, reached: Set<string>): Promise<void> {
  const intent = opened(path)?.intent;
  if (intent === undefined) throw new Error(`Not a link: ${path}`);
  if (reached.has(JSON.stringify(intent))) return;
  reached.add(JSON.stringify(intent));
  const page = isReadOnly(intent) ? await visitor.get(path) : await visitor.post(path, {});
  for (const next of linksOn(page).values()) await crawl(next, reached);
  for (const form of findAll(page.page, isTag('form'))) {
    const pressed = fieldsOf(form)['intent'];
    if (typeof pressed !== 'string') continue;
    reached.add(pressed);
    for (const next of linksOn(await visitor.send(form)).values()) await crawl(next, reached);
  }
}
