import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcomes } from '../../src/matching/model.ts';
import { isTooLate, leastScore, median, nextLook, workingDaysBetween } from '../../src/matching/pool-rules.ts';
import { type Answered, openingOf, outcomeOf, sinceLeast } from '../../src/matching/rules.ts';
import { minutesInWeek } from '../../src/matching/scoring/model.ts';
import { workingMinutes } from '../../src/matching/working-hours.ts';
import { localParts } from '../../src/time/local.ts';

const answered = fc.record<Answered>({
  state: fc.constantFrom('open', 'dated', 'met', 'dropped'),
  outcome: fc.constantFrom(null, ...outcomes),
});

test('what became of a match is the same whoever is asked first', () => {
  fc.assert(
    fc.property(answered, answered, fc.boolean(), (one, other, hasEnded) => {
      expect(outcomeOf([one, other], hasEnded)).toBe(outcomeOf([other, one], hasEnded));
    }),
  );
});

const open: Answered = { state: 'open', outcome: null };
const says = (outcome: Answered['outcome']): Answered => ({ state: 'open', outcome });

test.each([
  [open, open, false, 'unknown'],
  [says('not-met'), says('not-met'), false, 'not-met'],
  [says('not-met'), open, false, 'unknown'],
  [says('no-show'), open, false, 'not-met'],
  [says('useful'), says('not-useful'), false, 'not-useful'],
  [says('useful'), says('not-met'), false, 'useful'],
  [{ state: 'met', outcome: null }, says('not-met'), false, 'unknown'],
  [open, open, true, 'not-met'],
  [{ state: 'dropped', outcome: null }, open, false, 'not-met'],
  [{ state: 'met', outcome: null }, open, true, 'unknown'],
] as const)('%o and %o, ended: %s, is %s', (one, other, hasEnded, outcome) => {
  expect(outcomeOf([one, other], hasEnded)).toBe(outcome);
});

test('how often people were left out is counted from the least, and keeps their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10), { minLength: 1, maxLength: 20 }), fc.nat(1000), (times, years) => {
      const counted = sinceLeast(times.map((one) => one + years));
      expect(Math.min(...counted)).toBe(0);
      expect(counted).toEqual(sinceLeast(times));
      times.forEach((one, index) => {
        times.forEach((other, at) => {
          expect(Math.sign((counted[index] ?? 0) - (counted[at] ?? 0))).toBe(Math.sign(one - other));
        });
      });
    }),
  );
  expect(sinceLeast([])).toEqual([]);
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

test('a round opens two days before it, at the same hour on the network’s clocks', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
      const hours = (at.getTime() - openingOf(at, zone).getTime()) / 3_600_000;
      expect(hours).toBeGreaterThanOrEqual(47);
      expect(hours).toBeLessThanOrEqual(50);
      expect(localParts(openingOf(at, zone), zone).slice(11, 13)).toBe(localParts(at, zone).slice(11, 13));
    }),
  );
  expect(openingOf(new Date('2027-03-29T09:00Z'), 'Europe/London')).toEqual(new Date('2027-03-27T10:00Z'));
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

test('nobody is matched in the last three days before a round, nor once the last one was asked about', () => {
  const now = new Date('2027-03-20T10:00Z');
  const later = new Date('2027-03-20T10:01Z');
  expect(isTooLate(new Date('2027-03-23T10:01Z'), later, now)).toBe(false);
  expect(isTooLate(new Date('2027-03-23T10:01Z'), now, now)).toBe(true);
  expect(isTooLate(new Date('2027-03-23T10:00Z'), later, now)).toBe(true);
  expect(isTooLate(new Date('2027-03-19T10:00Z'), later, now)).toBe(true);
});

test('the bar is the median at first, falls each working day, and is none after five', () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(median([1, 9])).toBe(1);
  expect(median([])).toBe(0);
  const off = (day: string) => day === '2027-03-26';
  // Thursday to Tuesday, with a Friday off: Monday and Tuesday.
  expect(workingDaysBetween('2027-03-25', '2027-03-30', off)).toBe(2);
  expect(nextLook('2027-03-25', off)).toBe('2027-03-29');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), fc.nat(8), (usual, waited) => {
      expect(leastScore(usual, 0)).toBe(usual);
      expect(leastScore(usual, waited + 1)).toBeLessThanOrEqual(leastScore(usual, waited));
      expect(leastScore(usual, Math.max(5, waited))).toBe(Number.NEGATIVE_INFINITY);
    }),
  );
});
