import { tzOffset } from '@date-fns/tz';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weekOf } from '../../src/time/days.ts';
import { isZone, localParts, momentAt, momentOn } from '../../src/time/local.ts';

const zones = Intl.supportedValuesOf('timeZone');
const decade = { min: new Date('2026-01-01T00:00Z'), max: new Date('2036-01-01T00:00Z'), noInvalidDate: true };
const hourMs = 3_600_000;

describe('a date and a time on somebody’s clock', () => {
  test('read back as the same date and time in every zone, or do not exist there', () => {
    fc.assert(
      fc.property(fc.date(decade), fc.constantFrom(...zones), (moment, zone) => {
        const [date = '', time = ''] = localParts(moment, zone).split(' ');
        const found = momentAt(date, time, zone);
        expect(found).toBeDefined();
        expect(localParts(found ?? new Date(0), zone)).toBe(`${date} ${time}`);
      }),
      { numRuns: 3000 },
    );
  });

  test('do not exist in the hour that clocks skip, and are the first of the hour that comes twice', () => {
    expect(momentAt('2027-03-28', '01:30', 'Europe/London')).toBeUndefined();
    expect(momentAt('2027-10-31', '01:30', 'Europe/London')).toEqual(new Date('2027-10-31T00:30Z'));
    expect(momentAt('2027-10-03', '02:15', 'Australia/Lord_Howe')).toBeUndefined();
  });

  test.each([
    ['2027-02-30', '10:00'],
    ['2027-13-01', '10:00'],
    ['2027-01-01', '24:00'],
    ['tomorrow', '10:00'],
    ['', ''],
  ])('%s %s is not a moment', (date, time) => {
    expect(momentAt(date, time, 'Europe/London')).toBeUndefined();
  });
});

describe('an hour of a day', () => {
  test('is shown then and not before, or skipped by the clocks', () => {
    const hours = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(fc.date(decade), fc.constantFrom(...zones), hours, (moment, zone, hour) => {
        expectHour(moment.toISOString().slice(0, 10), hour, zone);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['2027-03-28', 1, 'Europe/London', '2027-03-28T01:00Z'],
    ['2027-10-31', 1, 'Europe/London', '2027-10-31T00:00Z'],
    ['2027-10-31', 2, 'Europe/London', '2027-10-31T02:00Z'],
    ['2027-10-03', 2, 'Australia/Lord_Howe', '2027-10-02T15:30Z'],
    ['2027-04-04', 2, 'Australia/Lord_Howe', '2027-04-03T15:30Z'],
    ['2027-03-29', 9, 'Europe/London', '2027-03-29T08:00Z'],
  ])('%s, %i o’clock, in %s is %s', (day, hour, zone, moment) => {
    expect(momentOn(day, hour, zone)).toEqual(new Date(moment));
  });

  test('holds on every day on which clocks change in the decade, in every zone', () => {
    let changes = 0;
    for (const zone of zones) {
      for (const day of changesOf(zone)) {
        changes += 1;
        for (const hour of [0, 1, 2, 3, 23]) expectHour(day, hour, zone);
      }
    }
    expect(changes).toBeGreaterThan(2000);
  });

  function expectHour(day: string, hour: number, zone: string) {
    const asked = `${day} ${String(hour).padStart(2, '0')}:00`;
    const moment = momentOn(day, hour, zone);
    const shows = (ms: number) => clock(zone, new Date(moment.getTime() + ms));
    if (shows(0) === asked) {
      // The first of two: an hour and half an hour before, the clocks showed something else.
      expect([shows(-hourMs), shows(-hourMs / 2)], `${asked} ${zone}`).not.toContain(asked);
    } else {
      const around = Array.from({ length: 13 }, (_, step) => shows(((step - 6) * hourMs) / 2));
      expect(around, `${asked} ${zone}`).not.toContain(asked);
      const late = Date.parse(`${shows(0).replace(' ', 'T')}Z`) - Date.parse(`${asked.replace(' ', 'T')}Z`);
      // Half an hour on Lord Howe, two at Troll in Antarctica.
      expect([0.5, 1, 2], `${asked} ${zone} ${shows(0)}`).toContain(late / hourMs);
    }
  }

  const formats = new Map<string, Intl.DateTimeFormat>();

  /** By the platform's own clocks, not by the library that the code uses. */
  function clock(zone: string, moment: Date): string {
    const known =
      formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(zone, known);
    return known.format(moment);
  }

  /** The days around each change of the clocks from 2026 to 2035. */
  function changesOf(zone: string): readonly string[] {
    const start = Date.UTC(2026, 0, 1);
    const weeks = Array.from({ length: 522 }, (_, index) => start + index * 7 * 24 * hourMs);
    const offset = (time: number) => tzOffset(zone, new Date(time));
    return weeks.flatMap((week) => {
      if (offset(week) === offset(week + 7 * 24 * hourMs)) return [];
      const days = Array.from({ length: 8 }, (_, index) => week + index * 24 * hourMs);
      const change = days.find((day) => offset(day) !== offset(day + 24 * hourMs)) ?? week;
      return [0, 24 * hourMs].map((later) => new Date(change + later).toISOString().slice(0, 10));
    });
  }
});

test('a week is named by its Monday on the person’s own calendar', () => {
  const moment = new Date('2027-03-07T23:30Z');
  expect(weekOf(moment, 'Europe/London')).toBe('2027-03-01');
  expect(weekOf(moment, 'Asia/Singapore')).toBe('2027-03-08');
});

test('a zone is an IANA name', () => {
  expect(['Europe/London', 'America/Argentina/Ushuaia', 'UTC'].map(isZone)).toEqual([true, true, true]);
  expect(['', 'Europe/Londno', 'Mars/Olympus'].map(isZone)).toEqual([false, false, false]);
});
