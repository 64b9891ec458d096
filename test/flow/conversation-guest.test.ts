import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { findPersonByEmail } from '../../src/network/roster.ts';
import { cancelledAt, propose, signUp } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { linksIn, scan } from '../support/mail-scanner.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';
import { addActive, ask } from '../support/people.ts';
import type { ReceivedEmail } from '../support/smtp.ts';

const address = 'gerda@university.example';

let base: TestCore;
let core: Core;
let stage: EmailStage;
let host: Member;
let people: readonly Member[];
let guest: MemberClient;

beforeEach(async () => {
  base = await openTestCore();
  core = base.core;
  stage = await openEmailStage(base);
  host = await addActive(core, { name: 'Hari Host', permission: 'host' });
  people = await Promise.all(
    [1, 2].map((n) =>
      addActive(core, { name: `Person ${n}`, council: `Council ${n}`, email: `p${n}@council.example` }),
    ),
  );
  guest = await stage.member(address);
});
afterEach(async () => {
  await stage.close();
  await base.close();
});

async function until(moment: string): Promise<void> {
  base.clock.set(new Date(moment));
  await settleAll(core, new Map([['email', stage.outbound]]));
}

const inbox = (of = address): readonly ReceivedEmail[] =>
  stage.smtp.emails().filter(({ envelope }) => envelope.to.includes(of));

const subjectOf = ({ headers }: ReceivedEmail): string => headers.get('subject')?.[0] ?? '';

async function madeOver(date = '2027-03-16'): Promise<string> {
  const conversation = await propose(core, host, { date });
  for (const person of people) await signUp(core, person, conversation);
  const said = { name: 'Gerda Guest', email: address, role: 'Professor', organisation: 'University of the North' };
  await ask(core, host, { kind: 'proposals.guest', conversation, ...said, zone: 'Europe/London' });
  await until('2027-03-02T12:00Z');
  return conversation;
}

const saw = async (words: string) =>
  await vi.waitFor(async () => {
    expect(`${await guest.dialog()}\n${(await guest.messages()).join('\n')}`).toContain(words);
  }, patience);

test('a guest hosts from the first e-mail to the last by its links alone, and mail scanners change nothing', async () => {
  const conversation = await madeOver();
  await saw('Hari Host has asked you to host a conversation');
  const welcome = inbox().find((email) => subjectOf(email) === 'You are hosting: Making room');
  expect(welcome?.text).toContain('You get this email because you host a conversation of the network as a guest.');
  expect(welcome?.text).toContain('work until 1 April 2027');
  expect(welcome?.text).toContain('10am to 11am on Tuesday 16 March');
  expect(welcome?.text).toContain('All times are in UK time (London).');
  expect(await scan(core, stage.url, inbox())).toBeGreaterThan(3);

  await guest.press('See who is coming');
  await saw('Director of Place, Council 1');
  expect(await guest.dialog()).not.toContain('Person 1');
  expect(await guest.dialog()).not.toContain('p1@council.example');

  await guest.press('Change it');
  await saw('Link to join');
  await guest.submit({ time: '11:00' });
  await saw('We have saved your changes');
  await until('2027-03-02T12:10Z');
  const moved = (of: string) => inbox(of).filter(({ text }) => text.includes('11am to ')).length;
  expect(people.map(({ email }) => moved(email) > 0)).toEqual([true, true]);

  await until('2027-03-14T11:00Z');
  await saw('Few have signed up: Making room');
  await guest.press('Go on');
  await saw('It goes on: Making room');
  await until('2027-03-15T11:00Z');
  const briefing = inbox().findLast((email) => subjectOf(email) === 'You are hosting: Making room');
  expect(briefing?.text).toContain('https://meet.example/room');
  expect(briefing?.text).toContain('Cancel it:');
  await scan(core, stage.url, inbox());

  await until('2027-03-16T12:00Z');
  await until('2027-03-17T12:00Z');
  await guest.press('Say who came');
  await guest.submit({ came: people.map(({ id }) => id).join(',') });
  await until('2027-03-17T12:10Z');
  const rows = await core.db.selectFrom('seats').select('came').where('conversation_id', '=', conversation).execute();
  expect(rows.map(({ came }) => came)).toEqual([true, true]);
  expect(await cancelledAt(core, conversation)).toBeNull();
});

test('a guest’s links end, are nobody’s way in, and have all of it erased', async () => {
  const conversation = await madeOver();
  await guest.press('Cancel it');
  await saw('Reason (optional)');
  const [first = ''] = linksIn(core, inbox()[0] ?? { text: '' });
  await guest.press('Erase everything you hold about me');
  await saw('University of the North');
  expect(await findPersonByEmail(core.db, address)).toBeDefined();
  await guest.press('Erase everything');
  await saw('We have erased everything we held about you.');
  expect(await findPersonByEmail(core.db, address)).toBeUndefined();
  expect(await cancelledAt(core, conversation)).not.toBeNull();
  await until('2027-03-02T12:10Z');
  for (const { email } of people) {
    expect(inbox(email).filter((one) => subjectOf(one).startsWith('Cancelled'))).toHaveLength(1);
  }
  expect((await fetch(`${stage.url}${first.slice(core.publicUrl.length)}`)).status).toBe(410);
});

test('a guest’s links work until 14 days after a far conversation, and lead nowhere that they cannot go', async () => {
  await madeOver('2027-04-20');
  const [link = ''] = linksIn(core, inbox().at(-1) ?? { text: '' });
  const open = async () => {
    const response = await fetch(`${stage.url}${link.slice(core.publicUrl.length)}`);
    return { status: response.status, page: await response.text() };
  };
  const shown = async (moment: string, status: number, words: string) => {
    base.clock.set(new Date(moment));
    const { page, ...answer } = await open();
    expect(answer).toEqual({ status });
    expect(page).toContain(words);
    expect(page.slice(page.indexOf('<main'))).not.toContain('/sign-in');
  };
  await shown('2027-05-04T09:59:00Z', 200, 'write to whoever asked you to host');
  await shown('2027-05-04T10:00:00Z', 410, 'write to whoever asked you to host');
});

test('a guest’s links end 30 days after their e-mail, and no link to sign in is sent', async () => {
  await madeOver();
  const links = linksIn(core, inbox().at(-1) ?? { text: '' });
  const before = inbox().length;
  await fetch(`${stage.url}/sign-in`, { method: 'POST', body: new URLSearchParams({ email: address }) });
  await until('2027-03-02T12:20Z');
  expect(inbox()).toHaveLength(before);
  base.clock.set(new Date('2027-04-02T12:00Z'));
  const statuses = await Promise.all(
    links.map(async (link) => (await fetch(`${stage.url}${link.slice(core.publicUrl.length)}`)).status),
  );
  expect(links.length).toBeGreaterThan(1);
  expect(new Set(statuses)).toEqual(new Set([410]));
});
