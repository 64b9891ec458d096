import { afterEach, beforeEach, expect, test } from 'vitest';
import { emailSender } from '../../adapters/web/senders.ts';
import { isReadOnly } from '../../src/changes.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Page } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { onlyEvent, valuesOf } from '../support/calendar-text.ts';
import { addHost, propose } from '../support/conversations.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';
import { openSite, type WebSite } from '../support/web-site.ts';
import { sit } from './stage.ts';

let site: WebSite;
let host: Member;
let asha: Member;
let cleo: Member;

beforeEach(async () => {
  site = await openSite();
  host = await addHost(site.core);
  asha = await addActive(site.core, { name: 'Asha', cohort: 'Autumn' });
  cleo = await addActive(site.core, { name: 'Cleo', cohort: 'Spring', permission: 'convener' });
});

afterEach(async () => {
  await site.close();
});

type EventAnswers = Extract<Intent, { kind: 'diary.event' }>;

const answers: EventAnswers = {
  kind: 'diary.event',
  event: 'new',
  sort: 'module',
  title: 'Module 2',
  about: 'Be yourself, with skill',
  date: '2027-04-06',
  time: '09:30',
  clock: '',
  minutes: '300',
  cohort: 'all',
  place: 'Cardiff',
  link: 'https://teach.example/room',
};

async function addEvent(changed: Partial<EventAnswers> = {}): Promise<string> {
  const { title } = { ...answers, ...changed };
  const reply = await ask(site.core, cleo, { ...answers, ...changed });
  if (reply.kind !== 'message') throw new Error(textOf(reply));
  return (await rowOf(title)).id;
}

async function rowOf(title: string) {
  const rows = site.core.db.selectFrom('programme_events').selectAll().where('title', '=', title);
  return await rows.executeTakeFirstOrThrow();
}

function pageOf(reply: Reply): Page {
  if (reply.kind !== 'page') throw new Error(textOf(reply));
  return reply.page;
}

async function pageFor(member: Member): Promise<Page> {
  return pageOf(await ask(site.core, member, { kind: 'diary.show' }));
}

/** Month by month, as it reads. */
function linesIn({ body }: Page): readonly string[] {
  return body.flatMap((block) => {
    if (block.kind === 'paragraph') return [block.text];
    return block.kind === 'list' ? block.items : [];
  });
}

test('the diary tells of everything that is coming and is for them, month by month, and how they stand to it', async () => {
  const taken = await propose(site.core, host, { title: 'Taken' });
  const waited = await propose(site.core, host, { title: 'Waited for', date: '2027-04-01' });
  await propose(site.core, host, { title: 'Open', date: '2027-03-20' });
  const forOthers = await propose(site.core, host, { title: 'For managers' });
  await site.core.db.updateTable('conversations').set({ for_level: 'manager' }).where('id', '=', forOthers).execute();
  await sit(site.core, taken, asha, 'seated');
  await sit(site.core, waited, cleo, 'waiting');
  await sit(site.core, waited, asha, 'waiting');
  await addEvent({ cohort: asha.cohortId ?? '' });
  await addEvent({ title: 'Design day', sort: 'design day', date: '2027-03-18', cohort: cleo.cohortId ?? '' });
  expect(linesIn(await pageFor(asha))).toEqual([
    'March 2027',
    '10am to 11am on Tuesday 16 March: Taken (you have a seat)',
    '10am to 11am on Saturday 20 March: Open',
    'April 2027',
    '10am to 11am on Thursday 1 April: Waited for (you are number 2 on the waiting list)',
    '9:30am to 2:30pm on Tuesday 6 April: Module 2 (module, for Autumn)',
  ]);
  // Who looks after the network sees what is for others, too.
  expect(linesIn(await pageFor(cleo))).toContain(
    '9:30am to 2:30pm on Thursday 18 March: Design day (design day, for Spring)',
  );
});

test('an event’s link is shown to those it is for, and what changes it to conveners only', async () => {
  await addEvent({ cohort: asha.cohortId ?? '' });
  const theirs = JSON.stringify(await pageFor(asha));
  expect(theirs).toContain('https://teach.example/room');
  expect(theirs).not.toMatch(/diary\.cancel-event|diary\.open-event/);
  expect(JSON.stringify(await pageFor(host))).not.toContain('teach.example');
  expect(JSON.stringify(await pageFor(cleo))).toMatch(/diary\.cancel-event/);
  expect(textOf(await ask(site.core, asha, answers))).toContain('Sorry');
});

test('a change that calendars show is counted; one of the link is not', async () => {
  const event = await addEvent();
  site.clock.set(new Date('2027-03-02T13:00:00Z'));
  await addEvent({ event, link: 'https://teach.example/other' });
  expect(await rowOf('Module 2')).toMatchObject({ sequence: 0, changed_at: new Date('2027-03-02T12:00:00Z') });
  await addEvent({ event, time: '10:00' });
  expect(await rowOf('Module 2')).toMatchObject({
    sequence: 1,
    changed_at: new Date('2027-03-02T13:00:00Z'),
    starts_at: new Date('2027-04-06T09:00:00Z'),
  });
  await ask(site.core, cleo, { kind: 'diary.cancel-event', event });
  await ask(site.core, cleo, { kind: 'diary.cancel-event', event });
  expect(await rowOf('Module 2')).toMatchObject({ sequence: 2, cancelled_at: new Date('2027-03-02T13:00:00Z') });
  expect(textOf(await ask(site.core, cleo, { ...answers, event }))).toContain('cannot be changed');
  expect(JSON.stringify(await pageFor(cleo))).not.toContain('Module 2');
  const audit = site.core.db.selectFrom('audit').select('action').where('subject', '=', event).orderBy('id');
  expect((await audit.execute()).map(({ action }) => action)).toEqual([
    'event.made',
    'event.changed',
    'event.changed',
    'event.cancelled',
  ]);
  expect(textOf(await ask(site.core, cleo, { kind: 'convening.audit', before: '' }))).toContain('cancelled “Module 2”');
});

const wrong: readonly (readonly [field: string, changed: Partial<EventAnswers>])[] = [
  ['title', { title: ' ' }],
  ['title', { title: 't'.repeat(101) }],
  ['about', { about: 'a'.repeat(1001) }],
  ['date', { date: '2027-02-30' }],
  ['date', { date: '2027-03-01' }],
  ['time', { time: '25:00' }],
  ['minutes', { minutes: '10' }],
  ['minutes', { minutes: '1441' }],
  ['cohort', { cohort: 'ffffffff-ffff-4fff-8fff-ffffffffffff' }],
  ['place', { place: 'p'.repeat(201) }],
  ['link', { link: 'http://teach.example' }],
  ['link', { link: 'javascript:alert(1)' }],
  ['sort', { sort: 'party' }],
];

test('an answer that cannot be is told beside its field', async () => {
  for (const [field, changed] of wrong) {
    const reply = await ask(site.core, cleo, { ...answers, ...changed });
    expect([changed, reply.kind === 'invalid' ? reply.problems.map((problem) => problem.field) : reply]).toEqual([
      changed,
      [field],
    ]);
  }
});

test('where clocks change, the form asks which of two hours is meant, and keeps the rest', async () => {
  const doubtful = { ...answers, date: '2027-10-31', time: '01:30' };
  const reply = await ask(site.core, cleo, doubtful);
  if (reply.kind !== 'form') throw new Error(textOf(reply));
  const { fields, completes, openedBy } = reply.form;
  expect(fields.find(({ name }) => name === 'clock')?.problem).toContain('1:30am comes twice');
  expect(fields.filter(({ name }) => name === 'clock')).toHaveLength(1);
  expect(Object.fromEntries(fields.map(({ name, value }) => [name, value]))).toMatchObject({
    title: 'Module 2',
    date: '2027-10-31',
    time: '01:30',
    cohort: 'all',
  });
  expect(completes).toMatchObject({ kind: 'diary.event', event: 'new' });
  const again = await ask(site.core, cleo, openedBy);
  expect(again.kind === 'form' && again.form.fields.some(({ name }) => name === 'clock')).toBe(true);
  await ask(site.core, cleo, { ...doubtful, clock: 'second' });
  expect((await rowOf('Module 2')).starts_at).toEqual(new Date('2027-10-31T01:30:00Z'));
  const skipped = await ask(site.core, cleo, { ...answers, date: '2028-03-26', time: '01:30' });
  expect(textOf(skipped)).toContain('Clocks go forward that night and skip 1:30am');
});

function downloadIn(reply: Reply): string {
  const path = /http:\/\/localhost:3000(\/download\/[\w-]+)/.exec(textOf(reply))?.[1];
  if (path === undefined) throw new Error(textOf(reply));
  return path;
}

test('whoever has a seat, or an event, gets it as a file; nobody else does', async () => {
  const id = await propose(site.core, host, { title: 'Making room' });
  await sit(site.core, id, asha, 'seated');
  const reply = await ask(site.core, asha, { kind: 'diary.file', of: id });
  const response = await fetch(`${site.url}${downloadIn(reply)}`);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'attachment; filename="colloquy.ics"',
  });
  const text = await response.text();
  expect(valuesOf(text, 'METHOD')).toEqual([]);
  expect(onlyEvent(text)).toMatchObject({ uid: `${id}@localhost`, summary: 'Making room', status: 'CONFIRMED' });
  expect(text).not.toContain('meet.example');
  expect(textOf(await ask(site.core, host, { kind: 'diary.file', of: id }))).toContain('You host: Making room');
  expect(textOf(await ask(site.core, cleo, { kind: 'diary.file', of: id }))).toContain('You have no place');
  const event = await addEvent({ cohort: asha.cohortId ?? '' });
  expect(pageOf(await ask(site.core, asha, { kind: 'diary.file', of: event })).heading).toBe('Add to your calendar');
  expect(textOf(await ask(site.core, host, { kind: 'diary.file', of: event }))).toContain('could not find');
  // The seat is gone while the link still works.
  await site.core.db.deleteFrom('seats').execute();
  expect((await fetch(`${site.url}${downloadIn(reply)}`)).status).toBe(404);
});

test('a guest who hosts gets the file of what they host, and of nothing else', async () => {
  const id = await propose(site.core, host, { title: 'Making room' });
  const other = await propose(site.core, await addHost(site.core, 'Other'), { title: 'Another' });
  await site.core.db.updateTable('members').set({ status: 'guest' }).where('id', '=', host.id).execute();
  const guest = await mustFind(site.core, host.id);
  const by = (of: string) => handle(site.core, emailSender(guest), { kind: 'diary.file', of });
  expect((await fetch(`${site.url}${downloadIn(await by(id))}`)).status).toBe(200);
  expect(textOf(await by(other))).toContain('You have no place');
  expect(textOf(await handle(site.core, emailSender(guest), { kind: 'diary.show' }))).not.toContain('Making room');
});

test('the address of a feed is never shown by a link in an e-mail, which may be forwarded', async () => {
  await ask(site.core, asha, { kind: 'diary.new-feed' });
  const page = await handle(site.core, emailSender(asha), { kind: 'diary.show' });
  expect(
    pageOf(page)
      .cards.map(({ summary }) => summary)
      .join(),
  ).toContain('Sign in to see its address');
  expect(textOf(page)).not.toContain('/calendar/');
  const made = await handle(site.core, emailSender(asha), { kind: 'diary.new-feed' });
  expect(textOf(made)).not.toContain('/calendar/');
  // What only shows can be fetched by a scanner without harm; what changes is asked about first.
  expect(isReadOnly({ kind: 'diary.file', of: asha.id })).toBe(true);
  expect(isReadOnly({ kind: 'diary.new-feed' })).toBe(false);
});

test('it reads on the web as it does elsewhere', async () => {
  const id = await propose(site.core, host, { title: 'Making room' });
  await sit(site.core, id, asha, 'seated');
  await ask(site.core, asha, { kind: 'diary.new-feed' });
  const visitor = await site.signedIn(asha);
  const page = await visitor.get('/words/diary');
  expect(page.main).toContain('10am to 11am on Tuesday 16 March: Making room (you have a seat)');
  expect(page.main).toContain('Outlook: in the calendar, select Add calendar');
});
