import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Member } from '../../../src/network/model.ts';
import { findMember } from '../../../src/network/roster.ts';
import { addActive, agreeToBeFound } from '../../support/people.ts';
import { fill, press } from '../../support/web-acts.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import { formsSaying, type Visitor } from '../../support/web-visitor.ts';

let site: WebSite;
let member: Member;
let visitor: Visitor;
beforeEach(async () => {
  site = await openSite();
  member = await addActive(site.core, { name: 'Asha Rahman' });
  visitor = await site.signedIn(member);
});
afterEach(() => site.close());

test('a member changes their settings, sees what is wrong beside the question, and is greeted by the new name', async () => {
  const form = await press(visitor, await visitor.get('/words/settings'), 'Change');
  const wrong = await fill(visitor, form, 'Save', { name: '42' });
  expect(wrong.main).toContain('Enter a name, or leave this empty');
  const saved = await fill(visitor, wrong, 'Save', { name: 'Asha R.', zone: 'Pacific/Auckland' });
  expect(saved.main).toContain('Settings saved');
  expect(saved.main).toContain('New Zealand time (Auckland)');
  expect((await visitor.get('/')).main).toContain('Hello, Asha R.');
});

test('a member finds another who agreed to it, and asks again where nobody is', async () => {
  await agreeToBeFound(site.core, member.id);
  const seeker = await site.signedIn(await addActive(site.core, { name: 'Bo Reed', council: 'York' }));
  const found = await fill(seeker, await seeker.get('/words/find'), 'Find', { query: 'asha' });
  expect(found.main).toContain('Members we found');
  expect(found.html).toContain(`href="mailto:${member.email}"`);
  const nobody = await fill(seeker, await seeker.get('/words/find'), 'Find', { query: 'nobody at all' });
  const again = await press(seeker, nobody, 'Search again');
  expect(formsSaying(again.page, 'Find')).toHaveLength(1);
});

test('a member erases themselves: they are signed out, and no menu leads anywhere', async () => {
  const asked = await press(visitor, await visitor.get('/words/settings'), 'Erase everything');
  const done = await press(visitor, asked, 'Erase everything');
  expect(done.main).toContain('We have erased everything we held about you.');
  expect(done.html).not.toContain('Sign out');
  expect(done.html).not.toContain('/words/journal');
  expect((await visitor.get('/')).main).toContain('Your work email address');
  expect(await findMember(site.core.db, member.id)).toBeUndefined();
});
