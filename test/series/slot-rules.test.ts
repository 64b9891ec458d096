import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerBy, askingEnds, choosingMoment, type DaysOff, slotsAhead, whyOff } from '../../src/series/slot-rules.ts';
import { dayOf, daysAfter, mondayOf, weekdayOf, weeksBetween } from '../../src/time/days.ts';
import { localParts } from '../../src/time/local.ts';

const nothingOff: DaysOff = { nations: [], breaks: [] };
const everySecondTuesday = {
  weekday: 2,
  at: '12:30',
  zone: 'Europe/London',
  everyWeeks: 2,
  firstDay: '2027-03-02',
} as const;

const hourMs = 3_600_000;
const zones = Intl.supportedValuesOf('timeZone');
const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Both clock changes of the year and the days around them come up often enough. */
const now = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });
const rhythm = fc.record({
  weekday: fc.integer({ min: 1, max: 5 }),
  at: fc
    .tuple(fc.integer({ min: 7, max: 20 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${twoDigits(hour)}:${twoDigits(minute)}`),
  zone: fc.constantFrom(...zones),
  everyWeeks: fc.integer({ min: 1, max: 12 }),
  firstDay: fc.integer({ min: 0, max: 1_000 }).map((days) => daysAfter('2026-01-01', days)),
});

test('in every zone and through every clock change: the same weekday and clock time, so many weeks apart', () => {
  fc.assert(
    fc.property(rhythm, now, (series, present) => {
      const slots = slotsAhead(series, nothingOff, present);
      for (const { day, startsAt } of slots) {
        expect(localParts(startsAt, series.zone)).toBe(`${day} ${series.at}`);
        expect(weekdayOf(day)).toBe(series.weekday);
        expect(weeksBetween(mondayOf(series.firstDay), mondayOf(day)) % series.everyWeeks).toBe(0);
        expect(day >= series.firstDay && startsAt > present).toBe(true);
        expect(startsAt.getTime() - present.getTime()).toBeLessThanOrEqual(8 * 7 * 24 * hourMs);
      }
    }),
    { numRuns: 400 },
  );
});

test('none is left out, whenever it is asked: each night sees all that the night before saw, and is still to come', () => {
  fc.assert(
    fc.property(rhythm, now, fc.integer({ min: 1, max: 40 }), (series, present, days) => {
      const later = new Date(present.getTime() + days * 24 * hourMs);
      const seen = slotsAhead(series, nothingOff, present).filter(({ startsAt }) => startsAt > later);
      const seenLater = new Set(slotsAhead(series, nothingOff, later).map(({ day }) => day));
      expect(seen.every(({ day }) => seenLater.has(day))).toBe(true);
      const gaps = slotsAhead(series, nothingOff, present).map(({ day }) => mondayOf(day));
      for (const [index, week] of gaps.slice(1).entries()) {
        expect(weeksBetween(gaps[index] ?? '', week)).toBe(series.everyWeeks);
      }
    }),
    { numRuns: 200 },
  );
});

test('through the spring change in London it stays at half past twelve', () => {
  const slots = slotsAhead(everySecondTuesday, nothingOff, new Date('2027-03-02T13:00Z'));
  expect(slots.map(({ startsAt }) => startsAt.toISOString().slice(0, 16))).toEqual([
    '2027-03-16T12:30',
    '2027-03-30T11:30',
    '2027-04-13T11:30',
    '2027-04-27T11:30',
  ]);
});

test('a bank holiday of any nation with members and a break are left out, and said to be; the rhythm stays', () => {
  const mondays = { ...everySecondTuesday, weekday: 1, everyWeeks: 1, firstDay: '2027-07-26' };
  const off = { nations: ['England', 'Scotland'], breaks: [{ first: '2027-08-09', last: '2027-08-16' }] };
  const slots = slotsAhead(mondays, off, new Date('2027-07-25T12:00Z'));
  expect(slots.slice(0, 6).map(({ day, off: why }) => [day, why])).toEqual([
    ['2027-07-26', undefined],
    // In Scotland alone.
    ['2027-08-02', 'bank holiday'],
    ['2027-08-09', 'break'],
    ['2027-08-16', 'break'],
    ['2027-08-23', undefined],
    // In England alone.
    ['2027-08-30', 'bank holiday'],
  ]);
  expect(whyOff('2027-08-02', { ...off, nations: ['England'] })).toBeUndefined();
});

test('a time that clocks skip is moved on, not lost', () => {
  const atNight = { ...everySecondTuesday, weekday: 7, at: '01:30', everyWeeks: 1, firstDay: '2027-03-28' };
  const [slot] = slotsAhead(atNight, nothingOff, new Date('2027-03-27T12:00Z'));
  expect(slot?.startsAt.toISOString()).toBe('2027-03-28T01:00:00.000Z');
});

const weekdaysOnly = (day: string) => weekdayOf(day) < 6;

test('the topic is chosen at 10am three weeks before, or on the next working day', () => {
  const start = new Date('2027-04-20T11:30Z');
  expect(choosingMoment(start, 'Europe/London', weekdaysOnly)).toEqual(new Date('2027-03-30T09:00Z'));
  const notThatDay = (day: string) => weekdaysOnly(day) && day !== '2027-03-30';
  expect(choosingMoment(start, 'Europe/London', notThatDay)).toEqual(new Date('2027-03-31T09:00Z'));
  expect(choosingMoment(start, 'Europe/London', () => false)).toEqual(new Date('2027-03-30T11:30Z'));
});

const days = { zone: 'Europe/London', hour: 9, isWorking: weekdaysOnly };

test.each([
  ['two working days on', '2027-03-02T12:00Z', '2027-04-20T11:30Z', '2027-03-04T12:00Z'],
  ['weekends do not count', '2027-03-05T12:00Z', '2027-04-20T11:30Z', '2027-03-09T12:00Z'],
  ['the clock time is that of their own clock', '2027-03-26T12:00Z', '2027-04-20T11:30Z', '2027-03-30T11:00Z'],
  ['a third of what is left, near the date', '2027-03-02T12:00Z', '2027-03-07T12:00Z', '2027-03-03T04:00Z'],
  ['four hours at least', '2027-03-02T12:00Z', '2027-03-05T18:00Z', '2027-03-02T16:00Z'],
  ['never later than three days before', '2027-03-02T12:00Z', '2027-03-05T13:00Z', '2027-03-02T13:00Z'],
])('a host has time to answer: %s', (_, asked, starts, until) => {
  expect(answerBy(new Date(asked), new Date(starts), days)).toEqual(new Date(until));
});

test('nobody is asked with less than three days left', () => {
  expect(answerBy(new Date('2027-03-02T12:00Z'), new Date('2027-03-05T12:00Z'), days)).toBeUndefined();
});

test('in every zone: there is time to answer, it ends before the last day, and asking on ends some day', () => {
  fc.assert(
    fc.property(now, fc.integer({ min: 1, max: 60 * 24 }), fc.constantFrom(...zones), (present, hours, zone) => {
      const startsAt = new Date(present.getTime() + hours * hourMs);
      let at = present;
      for (let asked = 0; ; asked += 1) {
        const until = answerBy(at, startsAt, { zone, hour: 9, isWorking: weekdaysOnly });
        if (until === undefined) return;
        expect(until > at && until <= askingEnds(startsAt)).toBe(true);
        expect(asked).toBeLessThan(60);
        expect(dayOf(until, zone) >= dayOf(at, zone)).toBe(true);
        at = until;
      }
    }),
    { numRuns: 200 },
  );
});
