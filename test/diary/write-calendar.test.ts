import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import type { DiaryEntry } from '../../src/diary/model.ts';
import { writeCalendar, writeInvitation } from '../../src/diary/write-calendar.ts';
import { eventsIn, linesOf, onlyEvent, valuesOf } from '../support/calendar-text.ts';

const publicUrl = 'https://network.example:8443';
const id = '0e0e0e0e-0e0e-4e0e-8e0e-0e0e0e0e0e0e';
const now = new Date('2027-03-02T12:00:00Z');

const entry: DiaryEntry = {
  id,
  sequence: 3,
  title: 'Making room',
  about: 'Who is not in the room?',
  place: '',
  startsAt: new Date('2027-03-16T10:00:00Z'),
  minutes: 60,
  zone: 'Europe/London',
  url: 'https://network.example/diary',
  status: 'confirmed',
  changedAt: new Date('2027-03-01T09:30:15Z'),
};

const organiser = { name: 'Leaders; of "Wales", and Łódź', address: 'bot@network.example' };
const attendee = { name: 'Siân ap Rhŷs', address: 'sian@council.example' };

function invitation(changed: Partial<DiaryEntry> = {}): string {
  return writeInvitation({ entry: { ...entry, ...changed }, organiser, attendee }, now, publicUrl);
}

function times(text: string): readonly string[] {
  const { start, end } = onlyEvent(text);
  return [start, end].map((moment) => moment?.toISOString() ?? '');
}

/** Both ends of an entry, as they were meant. */
function meant({ startsAt, minutes }: Pick<DiaryEntry, 'startsAt' | 'minutes'>): readonly string[] {
  return [startsAt, new Date(startsAt.getTime() + minutes * 60_000)].map((moment) => moment.toISOString());
}

test('an invitation names one person, who has accepted, and us', () => {
  const text = invitation();
  expect(linesOf(text).slice(0, 5)).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Colloquy//Colloquy//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:REQUEST',
  ]);
  expect(text.endsWith('\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
  expect(onlyEvent(text)).toMatchObject({
    uid: `${id}@network.example`,
    sequence: 3,
    status: 'CONFIRMED',
    transparency: 'OPAQUE',
    organizer: { val: 'mailto:bot@network.example' },
    url: 'https://network.example/diary',
  });
  expect(valuesOf(text, 'DTSTAMP')).toEqual([':20270302T120000Z']);
  expect(valuesOf(text, 'DTSTART')).toEqual([';TZID=Europe/London:20270316T100000']);
  expect(valuesOf(text, 'ATTENDEE')).toEqual([
    ';CN=Siân ap Rhŷs;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:sian@council.example',
  ]);
  expect(valuesOf(text, 'ORGANIZER')).toEqual([`;CN="Leaders; of 'Wales', and Łódź":mailto:bot@network.example`]);
});

test('what is cancelled is taken out, under the same name', () => {
  const text = invitation({ status: 'cancelled', sequence: 4 });
  expect(valuesOf(text, 'METHOD')).toEqual([':CANCEL']);
  expect(onlyEvent(text)).toMatchObject({
    uid: `${id}@network.example`,
    sequence: 4,
    status: 'CANCELLED',
    transparency: 'TRANSPARENT',
  });
});

test.each([
  ['the day before clocks go forward', '2027-03-27T10:00:00Z', ';TZID=Europe/London:20270327T100000'],
  ['the day they do', '2027-03-28T09:00:00Z', ';TZID=Europe/London:20270328T100000'],
  ['the day after', '2027-03-29T09:00:00Z', ';TZID=Europe/London:20270329T100000'],
  ['over the hour that is skipped', '2027-03-28T00:30:00Z', ';TZID=Europe/London:20270328T003000'],
  ['the day before they go back', '2027-10-30T09:00:00Z', ';TZID=Europe/London:20271030T100000'],
  ['the day they do, in the end', '2027-10-31T10:00:00Z', ';TZID=Europe/London:20271031T100000'],
  ['the day after that', '2027-11-01T10:00:00Z', ';TZID=Europe/London:20271101T100000'],
  ['over the hour that comes twice', '2027-10-30T23:30:00Z', ';TZID=Europe/London:20271031T003000'],
  // An hour that comes twice cannot be told apart on the clock.
  ['in the first of two hours', '2027-10-31T00:15:00Z', ':20271031T001500Z'],
  ['in the second', '2027-10-31T01:15:00Z', ':20271031T011500Z'],
])('a parser by somebody else finds the moments that were meant: %s', (_when, startsAt, written) => {
  // Long enough to end after the change.
  const one = { startsAt: new Date(startsAt), minutes: 150 };
  const text = invitation(one);
  expect(valuesOf(text, 'DTSTART')).toEqual([written]);
  expect(times(text)).toEqual(meant(one));
});

test('what ends in the hour that comes twice is written in UTC', () => {
  const one = { startsAt: new Date('2027-10-30T23:30:00Z'), minutes: 60 };
  expect(valuesOf(invitation(one), 'DTEND')).toEqual([':20271031T003000Z']);
  expect(times(invitation(one))).toEqual(meant(one));
});

/** The moments at which events start, by the rules that the calendar brings with it. */
function byItsOwnRules(text: string): readonly number[] {
  const events = ICAL.Component.fromString(text).getAllSubcomponents('vevent');
  return events.map((event) => new ICAL.Event(event).startDate.toJSDate().getTime());
}

test('in every zone there is, at every time of the year, it is the same moment', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  expect(zones.length).toBeGreaterThan(400);
  const months = Array.from({ length: 16 }, (_, index) => index * 45);
  const inUtc = new Set<string>();
  for (const zone of zones) {
    const entries = months.map((days, index) => ({
      ...entry,
      id: String(index).padStart(2, '0'),
      zone,
      startsAt: new Date(Date.UTC(2026, 0, 1 + days, 9 + (index % 7))),
    }));
    const text = writeCalendar(entries, publicUrl);
    if (valuesOf(text, 'DTSTART').some((value) => value.endsWith('Z'))) inUtc.add(zone);
    const meantAll = [zone, ...entries.map(({ startsAt }) => startsAt.getTime())];
    // This parser knows the zones by itself, as Google and Apple do; and by the rules beside them, as others do.
    expect([zone, ...eventsIn(text).map(({ start }) => start.getTime())]).toEqual(meantAll);
    expect([zone, ...byItsOwnRules(text)]).toEqual(meantAll);
  }
  // Where the rules of the library hold for other years only.
  expect(inUtc.size).toBeLessThan(12);
  expect([...inUtc]).toContain('Africa/Casablanca');
  expect([...inUtc]).not.toContain('Europe/London');
});

test('the rules of a zone stand once beside all times that need them, under the name they are asked for by', () => {
  const elsewhere = { ...entry, id: 'elsewhere', zone: 'Asia/Calcutta' };
  const text = writeCalendar([entry, { ...entry, id: 'again' }, elsewhere], publicUrl);
  expect(linesOf(text).filter((line) => line.startsWith('TZID:'))).toEqual(['TZID:Europe/London', 'TZID:Asia/Kolkata']);
  expect(valuesOf(text, 'DTSTART').filter((value) => value.startsWith(';TZID=Asia/Kolkata'))).toHaveLength(1);
});

const hard = 'Ŵyth, pump; nid "ŷ"\r\nZażółć gęślą jaźń 👩🏽‍💻: a\tb\n\nlast, line';

test('words come through as they are, in lines of 75 octets at most', () => {
  const words = { title: hard.slice(0, 14), about: hard.repeat(5), place: 'Tŷ Hywel, Cardiff; room 3' };
  const text = invitation(words);
  expect(onlyEvent(text)).toMatchObject({
    summary: words.title,
    description: words.about.replaceAll('\r\n', '\n'),
    location: words.place,
  });
  const longest = Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)));
  expect(longest).toBe(75);
});

test('whatever is typed, it comes through, and nothing but it', () => {
  // What node-ical reads otherwise than RFC 5545 says: a backslash before an n. And other line ends, which become ours.
  const line = fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.replace(/[\\\u2028\u2029]/g, ''));
  fc.assert(
    fc.property(line, line, (title, about) => {
      const text = invitation({ title: `t${title}t`, about: `a${about}a` });
      expect(Math.max(...text.split('\r\n').map((one) => Buffer.byteLength(one)))).toBeLessThanOrEqual(75);
      expect(onlyEvent(text)).toMatchObject({ summary: `t${title}t`, description: `a${about}a` });
    }),
    { numRuns: 300 },
  );
});

test('a backslash is written as RFC 5545 has it', () => {
  expect(valuesOf(invitation({ title: 'C:\\new, old' }), 'SUMMARY')).toEqual([':C:\\\\new\\, old']);
});

test('no text breaks out of its line', () => {
  const text = invitation({ title: 'a\r\nATTENDEE:mailto:b@c.example\u0000\u000b', about: 'x\nEND:VEVENT' });
  expect(valuesOf(text, 'ATTENDEE')).toHaveLength(1);
  expect(onlyEvent(text).summary).toBe('a\nATTENDEE:mailto:b@c.example');
});

test('a file or a feed has nobody in it, and says the same as long as nothing changes', () => {
  const text = writeCalendar([entry], publicUrl, { name: 'Colloquy', hours: 4 });
  expect(valuesOf(text, 'METHOD')).toEqual([]);
  expect(text).not.toMatch(/ATTENDEE|ORGANIZER|mailto/);
  expect(valuesOf(text, 'REFRESH-INTERVAL')).toEqual([';VALUE=DURATION:PT4H']);
  expect(valuesOf(text, 'X-PUBLISHED-TTL')).toEqual([':PT4H']);
  expect(valuesOf(text, 'DTSTAMP')).toEqual([':20270301T093015Z']);
});
