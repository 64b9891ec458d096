import { afterEach, beforeEach, expect, test } from 'vitest';
import { invite, takeBack } from '../../../src/diary/invitations.ts';
import type { Member } from '../../../src/network/model.ts';
import { onlyEvent, valuesOf } from '../../support/calendar-text.ts';
import { addHost, addPeople, propose, signUp } from '../../support/conversations.ts';
import type { ParsedPart } from '../../support/mime.ts';
import { ask } from '../../support/people.ts';
import type { ReceivedEmail } from '../../support/smtp.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  await stage.close();
});

/** The e-mails that a calendar takes something from. */
function invitations(to: Member): readonly ReceivedEmail[] {
  return stage.smtp.emails().filter(({ envelope, parts }) => envelope.to[0] === to.email && parts.length > 2);
}

function part(email: ReceivedEmail | undefined, type: string): ParsedPart {
  const found = email?.parts.find(({ headers }) => headers.get('content-type')?.[0]?.startsWith(type));
  if (found === undefined) throw new Error(`There is no ${type}`);
  return found;
}

function calendarOf(email: ReceivedEmail | undefined): string {
  return part(email, 'text/calendar').body;
}

interface Scene {
  readonly host: Member;
  readonly people: readonly Member[];
  readonly asha: Member;
  readonly id: string;
}

async function scene(): Promise<Scene> {
  const { core } = stage;
  const host = await addHost(core, 'Łukasz Host');
  const people = await addPeople(core, 3);
  const [asha] = people;
  if (asha === undefined) throw new Error('Nobody is there');
  const id = await propose(core, host);
  for (const member of people) await signUp(core, member, id);
  await stage.settle();
  return { host, people, asha, id };
}

test('a seat comes as an e-mail that a mail program takes as an invitation: an alternative, and a file', async () => {
  const { asha } = await scene();
  const [email, ...others] = invitations(asha);
  expect(others).toEqual([]);
  expect(email?.headers.get('content-type')?.[0]).toMatch(/^multipart\/mixed/);
  expect(email?.parts.map(({ headers }) => headers.get('content-type')?.[0])).toEqual([
    'text/plain; charset=utf-8',
    'text/html; charset=utf-8',
    'text/calendar; charset=utf-8; method=REQUEST',
    'application/ics; name=invite.ics',
  ]);
  const file = part(email, 'application/ics');
  expect(file.headers.get('content-disposition')).toEqual(['attachment; filename=invite.ics']);
  expect(file.body).toBe(calendarOf(email));
  expect(email?.text).toContain('You have a seat.');
  expect(email?.text).toMatch(/Give up my seat:\nhttp:\/\/localhost:3000\/act\/[\w-]+/);
});

test('what it holds is from us, to one person, and tells of nobody else and not how to join', async () => {
  const { asha, host, people } = await scene();
  const [email] = invitations(asha);
  const text = calendarOf(email);
  expect(valuesOf(text, 'METHOD')).toEqual([':REQUEST']);
  expect(valuesOf(text, 'ORGANIZER')).toEqual([expect.stringMatching(/^;CN=.+:mailto:bot@network\.example$/)]);
  expect(valuesOf(text, 'ATTENDEE')).toEqual([
    `;CN=${asha.name};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${asha.email}`,
  ]);
  const event = onlyEvent(text);
  expect(event).toMatchObject({
    summary: 'Making room',
    status: 'CONFIRMED',
    url: 'http://localhost:3000/words/diary',
  });
  expect(event.start).toEqual(new Date('2027-03-16T10:00:00Z'));
  expect(event.end).toEqual(new Date('2027-03-16T11:00:00Z'));
  expect(event.description).toContain('We send the link to join in our reminders.');
  const others = [host, ...people.filter(({ id }) => id !== asha.id)];
  for (const each of email?.parts ?? []) {
    for (const other of others) expect(each.body).not.toContain(other.email);
    expect(each.body).not.toContain('meet.example');
  }
  expect(email?.envelope.to).toEqual([asha.email]);
});

test('a change and the end come under the same name, and with a greater number', async () => {
  const { asha, id } = await scene();
  const { core } = stage;
  const now = core.clock.now();
  await core.db
    .updateTable('conversations')
    .set({ starts_at: new Date('2027-03-29T09:00:00Z'), sequence: 1, revision: 2, changed_at: now })
    .where('id', '=', id)
    .execute();
  await core.db.transaction().execute((tx) => invite(tx, now, id, [asha.id]));
  await stage.settle();
  await ask(core, asha, { kind: 'conversations.withdraw', conversation: id });
  await core.db.transaction().execute((tx) => takeBack(tx, now, id, [asha.id]));
  await stage.settle();
  const texts = invitations(asha).map(calendarOf);
  expect(texts.map((text) => valuesOf(text, 'METHOD')[0])).toEqual([':REQUEST', ':REQUEST', ':CANCEL']);
  expect(part(invitations(asha)[2], 'text/calendar').headers.get('content-type')).toEqual([
    'text/calendar; charset=utf-8; method=CANCEL',
  ]);
  const events = texts.map(onlyEvent);
  expect(new Set(events.map(({ uid }) => uid))).toEqual(new Set([`${id}@localhost`]));
  const numbers = events.map(({ sequence }) => Number(sequence));
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  // In summer time by then, in London.
  expect(events[1]?.start).toEqual(new Date('2027-03-29T09:00:00Z'));
  expect(valuesOf(texts[1] ?? '', 'DTSTART')).toEqual([';TZID=Europe/London:20270329T100000']);
  expect(events[2]).toMatchObject({ status: 'CANCELLED' });
});

test('the host has it too, and is not told to give up a seat', async () => {
  const { host } = await scene();
  const [email] = invitations(host);
  expect(onlyEvent(calendarOf(email)).summary).toBe('You host: Making room');
  expect(email?.text).not.toContain('Give up');
});

test('no line of it is too long for a mail server, and none is cut through a letter', async () => {
  const { core } = stage;
  const host = await addHost(core, 'Zażółć Gęślą');
  const [asha] = await addPeople(core, 1);
  if (asha === undefined) throw new Error('Nobody is there');
  const about = 'Pwy sydd ddim yn yr ystafell? Ŵ ŷ ź 👩🏽‍💻, '.repeat(7);
  const id = await propose(core, host, { title: 'Łódź; Tŷ Ddewi, "Ŵyl"', about });
  await signUp(core, asha, id);
  await stage.settle();
  const [email] = invitations(asha);
  expect(onlyEvent(calendarOf(email))).toMatchObject({ summary: 'Łódź; Tŷ Ddewi, "Ŵyl"' });
  expect(onlyEvent(calendarOf(email)).description).toContain(about.trim());
  const raw = stage.smtp.offers().find((offer) => offer.includes('method=REQUEST')) ?? '';
  expect(Math.max(...raw.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(998);
});
