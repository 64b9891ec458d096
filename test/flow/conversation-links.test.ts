import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { writeLink } from '../../src/store/links.ts';
import { proposal, propose, signUp } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type EmailStage, openEmailStage } from '../support/email-client.ts';
import { scan } from '../support/mail-scanner.ts';
import type { MemberClient } from '../support/member-client.ts';
import { addActive, ask } from '../support/people.ts';
import { fill, press } from '../support/web-acts.ts';
import { openVisitor } from '../support/web-visitor.ts';

/*
 * What e-mails about conversations offer is done by their links, without signing in and without scripts; and whoever
 * only looks at the links, as scanners of mail do, changes nothing.
 */

let base: TestCore;
let core: Core;
let stage: EmailStage;
let host: Member;
let people: readonly Member[];

beforeEach(async () => {
  base = await openTestCore();
  core = base.core;
  stage = await openEmailStage(base);
  host = await addActive(core, { name: 'Hari Host', email: 'hari@leeds.example', permission: 'host' });
  people = await Promise.all(
    [1, 2, 3, 4].map((n) =>
      addActive(core, { name: `Person ${n}`, council: `Council ${n}`, email: `p${n}@council.example` }),
    ),
  );
});
afterEach(async () => {
  await stage.close();
  await base.close();
});

/** Sends what is due; each e-mail is scanned before anybody reads it. */
async function until(moment: string): Promise<void> {
  const before = stage.smtp.emails().length;
  base.clock.set(new Date(moment));
  await settleAll(core, new Map([['email', stage.outbound]]));
  await scan(core, stage.url, stage.smtp.emails().slice(before));
}

function one(at: number): Member {
  const found = people[at - 1];
  if (found === undefined) throw new Error(`There is no person ${at}`);
  return found;
}

const mailbox = (member: Member): Promise<MemberClient> => stage.member(member.email);

async function shown(client: MemberClient): Promise<string> {
  return `${await client.dialog()}\n${(await client.messages()).join('\n')}`;
}

async function states(conversation: string): Promise<Readonly<Record<string, string>>> {
  const rows = await core.db
    .selectFrom('seats')
    .innerJoin('members', 'members.id', 'seats.member_id')
    .select(['members.name', 'seats.state'])
    .where('conversation_id', '=', conversation)
    .execute();
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

test('a seat is taken, given up, offered, taken up and let go', async () => {
  const conversation = await propose(core, host);
  await until('2027-03-05T12:00Z');
  const clients = await Promise.all(people.map(mailbox));
  for (const client of clients) await client.press('Sign up');
  expect(await states(conversation)).toEqual({
    'Person 1': 'seated',
    'Person 2': 'seated',
    'Person 3': 'seated',
    'Person 4': 'waiting',
  });
  const [first, second, , fourth] = clients;
  if (first === undefined || second === undefined || fourth === undefined) throw new Error('Too few people');
  expect(await shown(fourth)).toContain('You are number 1 on the waiting list');

  await until('2027-03-05T12:10Z');
  await first.press('Give up my seat');
  await until('2027-03-05T12:20Z');
  expect(await states(conversation)).toMatchObject({ 'Person 4': 'offered' });
  await fourth.press('Take the seat');
  expect(await states(conversation)).toEqual({ 'Person 2': 'seated', 'Person 3': 'seated', 'Person 4': 'seated' });

  await ask(core, one(1), { kind: 'conversations.sign-up', conversation });
  await until('2027-03-05T12:30Z');
  await second.press('Give up my seat');
  await until('2027-03-05T12:40Z');
  expect(await states(conversation)).toMatchObject({ 'Person 1': 'offered' });
  await first.press('Let it go');
  expect(await states(conversation)).toEqual({ 'Person 3': 'seated', 'Person 4': 'seated' });
});

test('what a link is about stands on its page, though the home shows it no longer', async () => {
  const conversation = await propose(core, host);
  await until('2027-03-05T12:00Z');
  for (const person of people) await signUp(core, person, conversation);
  await ask(core, one(1), { kind: 'conversations.withdraw', conversation });
  await until('2027-03-05T12:10Z');
  await ask(core, one(4), { kind: 'conversations.accept-seat', conversation });
  const link = linkTo(one(4), { kind: 'conversations.decline-seat', conversation });
  const page = await openVisitor(stage.url).get(link);
  expect(page.main).toContain('Let the seat you are offered go');
  expect(page.main).toContain('Making room');
  expect(page.main).toContain('10am to 11am on Tuesday 16 March');
});

function linkTo(member: Member, intent: Intent): string {
  const expires = base.clock.now().getTime() + 86_400_000;
  return `/act/${writeLink(core.cipher, { id: 'an-e-mail.0', memberId: member.id, intent, expires })}`;
}

test('the times that would do are chosen by a link, and the host sees who could come', async () => {
  const draft = await drafted();
  const times = { date1: '2027-03-16', time1: '10:00', date2: '2027-03-17', time2: '14:00' };
  const none = { date3: '', time3: '', date4: '', time4: '', date5: '', time5: '' };
  await ask(core, host, { kind: 'proposals.ask-times', ...draft, minutes: '60', ...times, ...none });
  await until('2027-03-05T12:00Z');
  const client = await mailbox(one(1));
  await client.press('Say when I can come');
  const rows = await core.db.selectFrom('proposal_times').select('id').orderBy('starts_at').execute();
  await client.submit({ times: rows[1]?.id ?? '' });
  expect(await shown(client)).toContain('Thank you for your answer');
  const ticks = await core.db.selectFrom('time_ticks').selectAll().execute();
  expect(ticks).toEqual([{ time_id: rows[1]?.id, member_id: one(1).id }]);
});

async function drafted(): Promise<{ readonly proposal: string; readonly revision: string }> {
  const { topic, follows, theme, title, about, audience, chathamHouse } = proposal;
  const words = { topic, follows, theme, title, about, audience, chathamHouse };
  const reply = await ask(core, host, { kind: 'proposals.draft', ...words });
  const { id, revision } = await core.db.selectFrom('proposals').select(['id', 'revision']).executeTakeFirstOrThrow();
  expect(reply.kind).toBe('form');
  return { proposal: id, revision: String(revision) };
}

test('somebody who is asked to take over says no or yes', async () => {
  const conversation = await propose(core, host);
  const other = await addActive(core, { name: 'Olu Other', email: 'olu@york.example', permission: 'host' });
  await ask(core, host, { kind: 'conversations.hand-over', conversation, to: other.id });
  await until('2027-03-05T12:00Z');
  const client = await mailbox(other);
  await client.press('I cannot');
  await until('2027-03-05T12:10Z');
  expect(await core.db.selectFrom('hand_overs').select('to_id').execute()).toEqual([]);
  await ask(core, host, { kind: 'conversations.hand-over', conversation, to: other.id });
  await until('2027-03-05T12:20Z');
  await client.press('Take over');
  expect(await core.db.selectFrom('conversations').select('host_id').execute()).toEqual([{ host_id: other.id }]);
});

test('what somebody takes away is written by a link, and read by nobody who holds one', async () => {
  const conversation = await propose(core, host);
  await signUp(core, one(1), conversation);
  await until('2027-03-16T11:05Z');
  const link = linkTo(one(1), { kind: 'afterwards.open-takeaway', conversation });
  const visitor = openVisitor(stage.url);
  const secret = 'Ask before I answer.';
  const page = await fill(visitor, await visitor.get(link), 'Save', { text: secret, shared: 'no' });
  expect(await core.db.selectFrom('takeaways').select('shared').execute()).toEqual([{ shared: false }]);
  expect(page.html).not.toContain(secret);
  const again = await openVisitor(stage.url).get(link);
  expect(again.html).not.toContain(secret);
  expect(again.main).toContain('You came here by a link in an email');
  expect(again.html).toContain('href="/sign-in"');
});

test('a host who is asked for a date of a series says that they cannot', async () => {
  const [series, slot, topic] = [randomUUID(), randomUUID(), randomUUID()];
  const now = base.clock.now();
  const at = { weekday: 2, at: '10:00', zone: 'Europe/London', every_weeks: 2, first_day: '2027-03-16' };
  const room = { minutes: 60, capacity: 8, per_council: null, link: 'https://meet.example/series', place: '' };
  await core.db
    .insertInto('series')
    .values({ id: series, name: 'Your agenda', ...at, ...room, created_at: now })
    .execute();
  await core.db
    .insertInto('topics')
    .values({ id: topic, member_id: one(1).id, title: 'Saying no', about: 'To whom?', suggested_at: now })
    .execute();
  const startsAt = new Date('2027-03-16T10:00:00Z');
  await core.db
    .insertInto('series_slots')
    .values({ id: slot, series_id: series, starts_at: startsAt, state: 'asking', topic_id: topic })
    .execute();
  const until = new Date('2027-03-04T12:00:00Z');
  await core.db
    .insertInto('host_asks')
    .values({ id: randomUUID(), slot_id: slot, member_id: host.id, asked_at: now, until })
    .execute();
  const answer = async () =>
    (await core.db.selectFrom('host_asks').select('answer').execute()).map((row) => row.answer);
  const link = linkTo(host, { kind: 'series.say-no', slot });
  await scan(core, stage.url, [{ text: `${core.publicUrl}${link}` }]);
  const visitor = openVisitor(stage.url);
  const asked = await visitor.get(link);
  expect(asked.main).toContain('Saying no');
  expect(asked.main).toContain('10am to 11am on Tuesday 16 March');
  await press(visitor, asked, 'Continue');
  expect(await answer()).toEqual(['no']);
});

describe('a series of forms', () => {
  test('goes from draft to when, asks which of two hours is meant, and announces it', async () => {
    const visitor = openVisitor(stage.url);
    const first = await visitor.get(linkTo(host, { kind: 'proposals.open', topic: '', follows: '', theme: '' }));
    const { theme, title, about } = proposal;
    const words = { theme, title, about, audience: 'all', chathamHouse: 'no' };
    const when = await fill(visitor, first, 'Save and go on', words);
    expect(when.main).toContain('When and where');
    // Clocks go back in the night of 31 October.
    const day = { 'date.day': '31', 'date.month': '10', 'date.year': '2027' };
    const plan = { ...day, time: '01:30', minutes: '45', capacity: '5', perCouncil: 'none' };
    const asked = await fill(visitor, when, 'Announce', { ...plan, link: 'https://meet.example/night', place: '' });
    expect(asked.main).toContain('twice');
    expect(asked.html).toContain('https://meet.example/night');
    expect(await core.db.selectFrom('conversations').select('id').execute()).toEqual([]);
    const done = await fill(visitor, asked, 'Announce', { clock: 'second' });
    expect(done.main).toContain('We are announcing your conversation');
    const rows = await core.db.selectFrom('conversations').select(['starts_at', 'minutes', 'link']).execute();
    expect(rows).toEqual([
      { starts_at: new Date('2027-10-31T01:30:00Z'), minutes: 45, link: 'https://meet.example/night' },
    ]);
  });

  test('keeps what was written when somebody else changed it meanwhile', async () => {
    const conversation = await propose(core, host);
    const visitor = openVisitor(stage.url);
    const open = { kind: 'conversations.open-edit', conversation, revision: '', asked: '' } as const;
    const form = await visitor.get(linkTo(host, open));
    const other = await openVisitor(stage.url).get(linkTo(host, open));
    await fill(openVisitor(stage.url), other, 'Save', { title: 'Another title' });
    const told = await fill(visitor, form, 'Save', { about: 'Words of mine that took a while.' });
    expect(told.main).toContain('changed');
    expect(told.html).toContain('Words of mine that took a while.');
  });

  test('is not begun by a link that was made up', async () => {
    const link = linkTo({ ...host, id: randomUUID() }, { kind: 'proposals.open', topic: '', follows: '', theme: '' });
    expect((await openVisitor(stage.url).get(link)).status).toBe(410);
  });
});
