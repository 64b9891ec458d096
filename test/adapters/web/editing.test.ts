import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Intent } from '../../../src/intents.ts';
import type { Member } from '../../../src/network/model.ts';
import { writeLink } from '../../../src/store/links.ts';
import { propose } from '../../support/conversations.ts';
import { addMember } from '../../support/core.ts';
import { edit, stored } from '../../support/edits.ts';
import { fill, press } from '../../support/web-acts.ts';
import { openSite, type WebSite } from '../../support/web-site.ts';
import type { Visited, Visitor } from '../../support/web-visitor.ts';

let site: WebSite;
let host: Member;
let id: string;
beforeEach(async () => {
  site = await openSite();
  host = await addMember(site.core, { status: 'active', permission: 'host', name: 'Hari Host' });
  id = await propose(site.core, host);
});
afterEach(() => site.close());

/** The form, by a link in an e-mail without signing in, or signed in. */
async function open(way: 'a link' | 'the page'): Promise<{ readonly visitor: Visitor; readonly form: Visited }> {
  const intent: Intent = { kind: 'conversations.open-edit', conversation: id, revision: '', asked: '' };
  if (way === 'the page') {
    const visitor = await site.signedIn(host);
    return { visitor, form: await visitor.get(`/intent?${new URLSearchParams({ intent: JSON.stringify(intent) })}`) };
  }
  const expires = site.clock.now().getTime() + 86_400_000;
  const token = writeLink(site.core.cipher, { id: 'an-e-mail.0', memberId: host.id, intent, expires });
  const visitor = site.visitor();
  return { visitor, form: await visitor.get(`/act/${token}`) };
}

test.each(['a link', 'the page'] as const)(
  'by %s, a doubled hour is asked about with every answer kept',
  async (way) => {
    const { visitor, form } = await open(way);
    const night = { 'date.day': '31', 'date.month': '10', 'date.year': '2027', time: '01:30', title: 'Night shift' };
    const asked = await fill(visitor, form, 'Save', night);
    expect(asked.main).toContain('Clocks go back that night, so 1:30am comes twice.');
    expect(asked.main).toContain('1:30am on Sunday 31 October, after clocks have gone back');
    // Nothing chosen yet: it is asked again, and nothing that was written is lost.
    const again = await press(visitor, asked, 'Save');
    expect(again.main).toContain('comes twice');
    expect(await stored(site.core, id)).toMatchObject({ title: 'Making room' });
    const saved = await fill(visitor, again, 'Save', { clock: 'second' });
    expect(saved.main).toContain('We have saved your changes');
    expect(await stored(site.core, id)).toMatchObject({
      title: 'Night shift',
      starts_at: new Date('2027-10-31T01:30:00Z'),
    });
  },
);

test.each(['a link', 'the page'] as const)(
  'by %s, whoever is second is told, loses nothing, and can go on',
  async (way) => {
    const { visitor, form } = await open(way);
    await edit(site.core, host, id, { title: 'Making more room' });
    const told = await fill(visitor, form, 'Save', { about: 'Who is missing?', minutes: '5' });
    expect(told.main).toContain('Somebody changed this conversation while you were writing.');
    expect(told.main).toContain('It is now: Making more room');
    expect(told.html).toContain('Who is missing?');
    expect(await stored(site.core, id)).toMatchObject({ revision: 2, about: 'Who is not in the room?' });
    // A mistake keeps the form open as well.
    const wrong = await fill(visitor, told, 'Save', { title: 'Making more room' });
    expect(wrong.main).toContain('Enter a length between 15 and 240 minutes.');
    const saved = await fill(visitor, wrong, 'Save', { minutes: '45' });
    expect(saved.main).toContain('We have saved your changes');
    expect(await stored(site.core, id)).toMatchObject({
      title: 'Making more room',
      about: 'Who is missing?',
      minutes: 45,
    });
  },
);
