import { TZDate } from '@date-fns/tz';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isZone, localParts, momentAt, nextLocal, weekOf } from '../../src/time/local.ts';

const zones = Intl.supportedValuesOf('timeZone');
const decade = { min: new Date('2026-01-01T00:00Z'), max: new Date('2036-01-01T00:00Z'), noInvalidDate: true };
const hourMs = 3_600_000;

describe('the next weekday and hour', () => {
  test('shows that weekday and hour on the clocks of every zone, after now and within a week and an hour', () => {
    fc.assert(
      fc.property(
        fc.date(decade),
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 5, max: 22 }),
        (now, zone, weekday, hour) => {
          const next = nextLocal(now, zone, weekday, hour);
          const local = new TZDate(next, zone);
          expect(local.getDay() || 7).toBe(weekday);
          expect(local.getHours()).toBe(hour);
          expect(local.getMinutes()).toBe(0);
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(7 * 24 * hourMs + hourMs);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('stays at 9am in London through both clock changes', () => {
    expect(nextLocal(new Date('2027-03-27T12:00Z'), 'Europe/London', 1, 9)).toEqual(new Date('2027-03-29T08:00Z'));
    expect(nextLocal(new Date('2027-10-30T12:00Z'), 'Europe/London', 1, 9)).toEqual(new Date('2027-11-01T09:00Z'));
  });

  test('is next week when it is that moment now', () => {
    const monday = new Date('2027-03-01T09:00Z');
    expect(nextLocal(monday, 'Europe/London', 1, 9)).toEqual(new Date('2027-03-08T09:00Z'));
  });
});

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

test('a week is named by its Monday on the person’s own calendar', () => {
  const moment = new Date('2027-03-07T23:30Z');
  expect(weekOf(moment, 'Europe/London')).toBe('2027-03-01');
  expect(weekOf(moment, 'Asia/Singapore')).toBe('2027-03-08');
});

test('a zone is an IANA name', () => {
  expect(['Europe/London', 'America/Argentina/Ushuaia', 'UTC'].map(isZone)).toEqual([true, true, true]);
  expect(['', 'Europe/Londno', 'Mars/Olympus'].map(isZone)).toEqual([false, false, false]);
});
