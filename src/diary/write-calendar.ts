import ICAL from 'ical.js';
import { endOf } from '../conversations/model.ts';
import type { DiaryEntry } from './model.ts';
import { type OnClock, onClock, zoneComponent } from './zone-blocks.ts';

// Lines have 75 octets at most (RFC 5545, 3.1). The library leaves the space at the beginning of a folded line out of account.
ICAL.foldLength = 74;

/** Somebody with an address, as a calendar names them. */
export interface Person {
  /** '' for none. */
  readonly name: string;
  readonly address: string;
}

/** An e-mail's worth of calendar: whom it is from, and the one person it is for. */
export interface Invitation {
  readonly entry: DiaryEntry;
  readonly organiser: Person;
  readonly attendee: Person;
}

/** How a calendar program is to take an e-mail (RFC 5546): put it in or change it, or take it out. */
export function methodOf({ status }: Pick<DiaryEntry, 'status'>): 'REQUEST' | 'CANCEL' {
  return status === 'cancelled' ? 'CANCEL' : 'REQUEST';
}

/**
 * One entry for one person's calendar, as an e-mail carries it. They have taken the seat already, so nothing is asked of
 * them; and nobody else's address stands in it.
 *
 * @param publicUrl its host makes the entry's id one of ours for life
 */
export function writeInvitation({ entry, organiser, attendee }: Invitation, now: Date, publicUrl: string): string {
  const calendar = newCalendar();
  calendar.addPropertyWithValue('method', methodOf(entry));
  const event = addEntry(calendar, entry, now, publicUrl);
  addPerson(event, 'organizer', organiser);
  const place = addPerson(event, 'attendee', attendee);
  place.setParameter('cutype', 'INDIVIDUAL');
  place.setParameter('role', 'REQ-PARTICIPANT');
  place.setParameter('partstat', 'ACCEPTED');
  place.setParameter('rsvp', 'FALSE');
  return textOf(calendar);
}

/** A subscription: what it is called, and how often it is worth asking again. */
export interface Feed {
  readonly name: string;
  readonly hours: number;
}

/**
 * Entries to be kept in a calendar: a file to open, or a feed to subscribe to. It says the same as long as the entries do.
 *
 * @param feed `undefined` for a file
 */
export function writeCalendar(entries: readonly DiaryEntry[], publicUrl: string, feed?: Feed): string {
  // No METHOD: with one, RFC 5546 asks for an ORGANIZER, and programs take what is to be kept for another’s meeting.
  const calendar = newCalendar();
  if (feed !== undefined) {
    const every = `PT${feed.hours}H`;
    calendar.addPropertyWithValue('name', clean(feed.name));
    calendar.addPropertyWithValue('x-wr-calname', clean(feed.name));
    // RFC 7986; and what Outlook reads instead.
    calendar.addPropertyWithValue('refresh-interval', ICAL.Duration.fromString(every));
    calendar.addPropertyWithValue('x-published-ttl', every);
  }
  for (const entry of entries) addEntry(calendar, entry, entry.changedAt, publicUrl);
  return textOf(calendar);
}

function newCalendar(): ICAL.Component {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Colloquy//Colloquy//EN');
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  return calendar;
}

/** @param stampedAt when it was written down */
function addEntry(calendar: ICAL.Component, entry: DiaryEntry, stampedAt: Date, publicUrl: string): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', `${entry.id}@${new URL(publicUrl).hostname}`);
  event.addPropertyWithValue('sequence', entry.sequence);
  event.addPropertyWithValue('dtstamp', utc(stampedAt));
  event.addPropertyWithValue('last-modified', utc(entry.changedAt));
  addTimes(calendar, event, entry);
  event.addPropertyWithValue('summary', clean(entry.title));
  event.addPropertyWithValue('description', clean(entry.about));
  if (entry.place !== '') event.addPropertyWithValue('location', clean(entry.place));
  if (entry.url !== '') event.addPropertyWithValue('url', entry.url);
  event.addPropertyWithValue('status', entry.status.toUpperCase());
  // Only what they surely go to keeps the time from being booked for something else.
  event.addPropertyWithValue('transp', entry.status === 'confirmed' ? 'OPAQUE' : 'TRANSPARENT');
  calendar.addSubcomponent(event);
  return event;
}

/** On the clocks of its zone, so that its day reads the same wherever it is opened; in UTC where that could be misread. */
function addTimes(calendar: ICAL.Component, event: ICAL.Component, entry: DiaryEntry): void {
  const { startsAt, zone } = entry;
  const endsAt = endOf(entry);
  const [start, end] = [onClock(startsAt, zone), onClock(endsAt, zone)];
  if (start === undefined || end === undefined) {
    event.addPropertyWithValue('dtstart', utc(startsAt));
    event.addPropertyWithValue('dtend', utc(endsAt));
    return;
  }
  const isThere = calendar
    .getAllSubcomponents('vtimezone')
    .some((block) => block.getFirstPropertyValue('tzid') === start.zone);
  if (!isThere) calendar.addSubcomponent(zoneComponent(zone));
  addOnClock(event, 'dtstart', start);
  addOnClock(event, 'dtend', end);
}

function addOnClock(event: ICAL.Component, name: string, { zone, time }: OnClock): void {
  event.addPropertyWithValue(name, time).setParameter('tzid', zone);
}

function utc(moment: Date): ICAL.Time {
  return ICAL.Time.fromJSDate(moment, true);
}

function addPerson(event: ICAL.Component, name: string, person: Person): ICAL.Property {
  const property = event.addPropertyWithValue(name, `mailto:${person.address}`);
  // A name in a parameter can hold no double quotes but by RFC 6868, which few programs read.
  const shown = clean(person.name).replace(/\s+/g, ' ').replaceAll('"', "'");
  if (shown !== '') property.setParameter('cn', shown);
  return property;
}

/** Newlines as \n, and no other control characters: a calendar may hold none. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** Every line of it ends in CRLF, the last one too. */
function textOf(calendar: ICAL.Component): string {
  return `${calendar.toString()}\r\n`;
}
