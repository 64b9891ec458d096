import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRestDay } from '../../src/calendar/round-rules.ts';
import { followUps } from '../../src/matching/matches/rules.ts';
import { outcomes } from '../../src/matching/model.ts';
import { workingMinutes } from '../../src/matching/people/working-hours.ts';
import { isTooLate, leastScore, median, nextLook, workingDaysBetween } from '../../src/matching/pool/rules.ts';
import { type Answered, endOf, openingDayOf, openingOf, outcomeOf, waitingOf } from '../../src/matching/rules.ts';
import { minutesInWeek } from '../../src/matching/scoring/model.ts';
import { dayOf, daysAfter, weekdayOf } from '../../src/time/days.ts';
import { localParts, momentOn } from '../../src/time/local.ts';

const answered = fc.record<Answered>({
  state: fc.constantFrom('open', 'dated', 'met', 'dropped'),
  outcome: fc.constantFrom(null, ...outcomes),
});

const ends = ['stands', 'before-its-time', 'after-its-time'] as const;

test('what became of a match is the same whoever is asked first', () => {
  fc.assert(
    fc.property(answered, answered, fc.constantFrom(...ends), (one, other, end) => {
      expect(outcomeOf([one, other], end)).toBe(outcomeOf([other, one], end));
    }),
  );
});

const open: Answered = { state: 'open', outcome: null };
const says = (outcome: Answered['outcome']): Answered => ({ state: 'open', outcome });

test.each([
  [open, open, 'stands', 'unknown'],
  [says('not-met'), says('not-met'), 'stands', 'not-met'],
  [says('not-met'), open, 'stands', 'unknown'],
  [says('no-show'), open, 'stands', 'not-met'],
  [says('useful'), says('not-useful'), 'stands', 'not-useful'],
  [says('useful'), says('not-met'), 'stands', 'useful'],
  [{ state: 'met', outcome: null }, says('not-met'), 'stands', 'unknown'],
  [open, open, 'before-its-time', 'not-met'],
  [{ state: 'dropped', outcome: null }, open, 'stands', 'not-met'],
  [{ state: 'met', outcome: null }, open, 'before-its-time', 'unknown'],
  [{ state: 'dropped', outcome: null }, open, 'after-its-time', 'unknown'],
  [{ state: 'dropped', outcome: 'not-met' }, open, 'after-its-time', 'not-met'],
  [{ state: 'dropped', outcome: 'no-show' }, open, 'after-its-time', 'not-met'],
] as const)('%o and %o, and it %s: %s', (one, other, end, outcome) => {
  expect(outcomeOf([one, other], end)).toBe(outcome);
});

test('a time that was called off with its match had not passed', () => {
  const [before, at, after] = ['2027-03-04', '2027-03-05', '2027-03-06'].map((day) => new Date(day));
  expect([
    endOf(null, at),
    endOf(before ?? null, at),
    endOf(after ?? null, at),
    endOf(after ?? null, undefined),
  ]).toEqual(['stands', 'before-its-time', 'after-its-time', 'before-its-time']);
});

const zones = [
  'Europe/London',
  'America/New_York',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Europe/Lisbon',
];
const moment = fc.date({ min: new Date('2026-01-01T00:00Z'), max: new Date('2031-01-01T00:00Z'), noInvalidDate: true });

const anyDay = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2030-12-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
/** Weekends, bank holidays of all nations, and up to three breaks for all. */
const daysOff = fc.array(fc.tuple(anyDay, fc.nat(20)), { maxLength: 3 }).map((found) => {
  const breaks = found.map(([first, length]) => ({
    first,
    last: daysAfter(first, length),
    nation: '',
    cohortId: null,
  }));
  return (day: string) => isRestDay(day, breaks);
});

test('a round opens on the latest working day at least two days before it, at its hour on the network’s clocks', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), daysOff, (at, zone, isOff) => {
      const opening = openingOf(at, zone, isOff, new Date('2025-01-01'));
      const [round, day] = [dayOf(at, zone), dayOf(opening, zone)];
      expect(day <= daysAfter(round, -2)).toBe(true);
      expect(isOff(day)).toBe(false);
      const later = Array.from({ length: 60 }, (_, index) => daysAfter(day, index + 1));
      expect(later.filter((one) => one <= daysAfter(round, -2) && !isOff(one))).toEqual([]);
      expect(localParts(opening, zone).slice(11, 13)).toBe(localParts(at, zone).slice(11, 13));
    }),
  );
  const weekend = (day: string) => isRestDay(day, []);
  const long = new Date('2025-01-01');
  // From a Tuesday to the Friday before; over Easter from a Tuesday to Maundy Thursday.
  expect(openingOf(new Date('2027-03-09T10:00Z'), 'Europe/London', weekend, long)).toEqual(
    new Date('2027-03-05T10:00Z'),
  );
  expect(openingOf(new Date('2027-12-28T10:00Z'), 'Europe/London', weekend, long)).toEqual(
    new Date('2027-12-24T10:00Z'),
  );
});

test('an opening that has gone by is told at once, and on a day off on the next working day before the round', () => {
  const weekend = (day: string) => weekdayOf(day) > 5;
  const told = (at: string, now: string) =>
    openingOf(new Date(at), 'Europe/London', weekend, new Date(now)).toISOString();
  expect(told('2027-03-09T10:00Z', '2027-03-05T14:00Z')).toBe('2027-03-05T14:00:00.000Z');
  expect(told('2027-03-09T10:00Z', '2027-03-06T14:00Z')).toBe('2027-03-08T10:00:00.000Z');
  expect(told('2027-03-08T10:00Z', '2027-03-06T14:00Z')).toBe('2027-03-06T14:00:00.000Z');
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), daysOff, fc.nat(20 * 24), (at, zone, isOff, hours) => {
      const now = new Date(at.getTime() - hours * 3_600_000);
      const opening = openingOf(at, zone, isOff, now);
      expect(opening >= now && opening <= at).toBe(true);
      if (isOff(dayOf(opening, zone))) expect(opening).toEqual(now);
    }),
  );
});

test('nobody is reminded or asked on a day off, and the question comes after the reminder and before the round', () => {
  fc.assert(
    fc.property(
      moment,
      fc.constantFrom(...zones),
      daysOff,
      fc.integer({ min: 1, max: 12 }),
      (from, zone, isRest, weeks) => {
        let until = new Date(from.getTime() + weeks * 7 * 86_400_000);
        while (isRest(dayOf(until, zone))) until = new Date(until.getTime() + 86_400_000);
        const hour = Number(localParts(until, zone).slice(11, 13));
        const { halfWay, question } = followUps({ from, until }, { zone, hour, isRest });
        const asked = dayOf(question, zone);
        const between = Array.from({ length: 200 }, (_, index) => daysAfter(dayOf(from, zone), index + 1)).filter(
          (day) => day < dayOf(until, zone) && !isRest(day),
        );
        // Where everybody is off from one round to the next, no day is a good one.
        if (between.length === 0) return;
        expect(between).toContain(asked);
        if (halfWay !== undefined) expect(between).toContain(dayOf(halfWay, zone));
        if (halfWay !== undefined) expect(halfWay < question).toBe(true);
        const opening = openingDayOf(dayOf(until, zone), isRest);
        const middle = dayOf(new Date((from.getTime() + until.getTime()) / 2), zone);
        const isClose = !between.some((day) => middle <= day && day < opening);
        expect(asked).toBe(isClose ? between.at(-1) : between.findLast((day) => day < opening));
      },
    ),
  );
});

test('a round that waits is asked about and publishes itself on working days, at its own hour', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), daysOff, (due, zone, isRest) => {
      const { again, last } = waitingOf(due, { zone, hour: 0, isRest });
      expect(due < again && again < last).toBe(true);
      for (const at of [again, last]) {
        expect(isRest(dayOf(at, zone))).toBe(false);
        expect(at).toEqual(momentOn(dayOf(at, zone), Number(localParts(due, zone).slice(11, 13)), zone));
      }
    }),
  );
});

test('working hours are five days of a week that goes round, whatever the zone', () => {
  const half = fc.integer({ min: 0, max: 23 });
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), half, half, (at, zone, a, b) => {
      const [from, until] = [Math.min(a, b), Math.max(a, b) + 1].map((hour) => `${String(hour).padStart(2, '0')}:00`);
      if (from === undefined || until === undefined || until === '24:00') return;
      const day = at.toISOString().slice(0, 10);
      const spans = workingMinutes({ from, until, zone }, day);
      for (const [first, last] of spans) {
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeGreaterThan(first);
        expect(last).toBeLessThanOrEqual(minutesInWeek);
      }
      const total = spans.reduce((sum, [first, last]) => sum + last - first, 0);
      // A clock change on one of the days makes it an hour longer or shorter, or skips an end of it.
      const whole = 5 * 60 * (Number(until.slice(0, 2)) - Number(from.slice(0, 2)));
      if (!zone.includes('Apia')) expect(Math.abs(total - whole)).toBeLessThanOrEqual(60);
    }),
  );
  const nine = { from: '09:00', until: '17:00' };
  expect(workingMinutes({ ...nine, zone: 'Europe/London' }, '2027-03-03')[0]).toEqual([540, 1020]);
  // Monday in Auckland begins on Sunday in UTC, and ends on it.
  expect(workingMinutes({ ...nine, zone: 'Pacific/Auckland' }, '2027-03-03').at(-1)).toEqual([9840, 10_080]);
  expect(workingMinutes({ ...nine, zone: 'Pacific/Auckland' }, '2027-03-03')[0]).toEqual([0, 240]);
});

test('nobody is matched in the last three days before a round, nor on the last one before the question', () => {
  const now = new Date('2027-03-20T10:00Z');
  const later = new Date('2027-03-21T10:01Z');
  expect(isTooLate(new Date('2027-03-23T10:01Z'), later, now)).toBe(false);
  expect(isTooLate(new Date('2027-03-23T10:01Z'), new Date('2027-03-21T10:00Z'), now)).toBe(true);
  expect(isTooLate(new Date('2027-03-23T10:00Z'), later, now)).toBe(true);
  expect(isTooLate(new Date('2027-03-19T10:00Z'), later, now)).toBe(true);
});

test('the bar is the median at first, falls each working day, and is none after five', () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(median([1, 9])).toBe(1);
  expect(median([])).toBe(0);
  const rest = (day: string) => isRestDay(day, []);
  // Thursday to Tuesday, with Good Friday off: Monday and Tuesday.
  expect(workingDaysBetween('2027-03-25', '2027-03-30', rest)).toBe(2);
  expect(nextLook('2027-03-25', rest)).toBe('2027-03-29');
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1000 }), fc.nat(8), (usual, waited) => {
      expect(leastScore(usual, 0)).toBe(usual);
      expect(leastScore(usual, waited + 1)).toBeLessThanOrEqual(leastScore(usual, waited));
      expect(leastScore(usual, Math.max(5, waited))).toBe(Number.NEGATIVE_INFINITY);
    }),
  );
});
