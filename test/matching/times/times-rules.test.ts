import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Break } from '../../../src/calendar/model.ts';
import { isOff } from '../../../src/calendar/rules.ts';
import { meetingMinutes, suits, timesThatSuit, type Worker } from '../../../src/matching/times/rules.ts';
import { nations } from '../../../src/time/bank-holidays.ts';
import { dayOf, daysAfter, weekdayOf } from '../../../src/time/days.ts';
import { localParts } from '../../../src/time/local.ts';

/** A Tuesday noon in London, in a week without a clock change. */
const tuesday = new Date('2027-03-02T12:00:00Z');
const london: Worker = {
  zone: 'Europe/London',
  from: '09:00',
  until: '17:00',
  busy: [],
  nation: 'England',
  cohortId: null,
};

function inDays(days: number, now: Date): Date {
  return new Date(now.getTime() + days * 86_400_000);
}

function shown(times: readonly Date[], zone: string): readonly string[] {
  return times.map((at) => localParts(at, zone));
}

test('two of one zone are offered three whole hours on three days, at different times of the day', () => {
  expect(shown(timesThatSuit([london, london], [], undefined, tuesday), 'Europe/London')).toEqual([
    '2027-03-04 10:00',
    '2027-03-08 15:00',
    '2027-03-10 14:00',
  ]);
});

test('when one of them meets somebody else, another time of that day is offered', () => {
  const busy = ['2027-03-04T09:45Z', '2027-03-08T15:15Z'].map((at) => new Date(at));
  expect(shown(timesThatSuit([london, { ...london, busy }], [], undefined, tuesday), 'Europe/London')).toEqual([
    '2027-03-04 11:00',
    '2027-03-08 14:00',
    '2027-03-10 14:00',
  ]);
});

test('where rounds come weekly, all three are in the week', () => {
  const times = timesThatSuit([london, london], [], inDays(8, tuesday), tuesday);
  expect(times.map((at) => dayOf(at, 'Europe/London'))).toEqual(['2027-03-04', '2027-03-05', '2027-03-08']);
});

test('who shares half an hour gets that; who shares less gets none', () => {
  const late = { ...london, from: '16:30', until: '23:00' };
  expect(shown(timesThatSuit([london, late], [], undefined, tuesday), 'Europe/London')[0]).toBe('2027-03-04 16:30');
  expect(timesThatSuit([london, { ...late, from: '16:31' }], [], undefined, tuesday)).toEqual([]);
  expect(timesThatSuit([london, { ...london, zone: 'Pacific/Auckland' }], [], undefined, tuesday)).toEqual([]);
});

test('where the day of one is a part of two days of the other, the times are on different days of both', () => {
  const always = { ...london, from: '00:00', until: '23:59' };
  const tokyo = { ...always, zone: 'Asia/Tokyo', nation: '' };
  const rest = { first: '2027-03-08', last: '2027-03-09', nation: '', cohortId: null };
  const times = timesThatSuit([always, tokyo], [rest], inDays(8, tuesday), tuesday);
  for (const { zone } of [always, tokyo]) {
    expect(times.map((at) => dayOf(at, zone))).toEqual(['2027-03-04', '2027-03-05']);
  }
});

test('bank holidays and breaks of any one of them are left out', () => {
  // Good Friday and Easter Monday of 2027.
  const maundy = new Date('2027-03-23T12:00:00Z');
  const days = (people: readonly Worker[], breaks: readonly Break[]) =>
    timesThatSuit(people, breaks, inDays(8, maundy), maundy).map((at) => dayOf(at, 'Europe/London'));
  expect(days([london, london], [])).toEqual(['2027-03-25', '2027-03-30']);
  const scot = { ...london, nation: 'Scotland', cohortId: 'autumn' };
  expect(days([london, scot], [])).toEqual(['2027-03-25', '2027-03-30']);
  expect(days([scot, scot], [])).toEqual(['2027-03-25', '2027-03-29', '2027-03-30']);
  const rest = { first: '2027-03-25', last: '2027-03-29', nation: '', cohortId: 'autumn' };
  expect(days([scot, london], [rest])).toEqual(['2027-03-30']);
  expect(days([london, london], [rest])).toEqual(['2027-03-25', '2027-03-30']);
});

const zones = Intl.supportedValuesOf('timeZone');
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const worker: fc.Arbitrary<Worker> = fc
  .record({
    zone: fc.constantFrom(...zones),
    hours: fc.tuple(fc.integer({ min: 0, max: 1380 }), fc.integer({ min: 1, max: 900 })),
    nation: fc.constantFrom('', ...nations),
    cohortId: fc.constantFrom(null, 'autumn'),
  })
  .map(({ hours: [from, long], ...same }) => ({
    ...same,
    busy: [],
    from: clock(from),
    until: clock(Math.min(from + long, 1439)),
  }));
const moment = fc.date({ min: new Date('2026-06-01Z'), max: new Date('2030-12-31Z'), noInvalidDate: true });

/** Whether `at` is in their hours, on a working day of theirs that is none of the next two days off. */
function isFor(at: Date, person: Worker, breaks: readonly Break[]): boolean {
  const [begins, ends] = [at, new Date(at.getTime() + meetingMinutes * 60_000)].map((one) =>
    localParts(one, person.zone),
  );
  const [day, from] = (begins ?? '').split(' ');
  const [, until] = (ends ?? '').split(' ');
  if (day === undefined || from === undefined || until === undefined) return false;
  return weekdayOf(day) <= 5 && !isOff(day, person, breaks) && from >= person.from && until <= person.until;
}

test('in all zones: in everybody’s hours, on different working days of each, two working days ahead at least', () => {
  const cases = fc.record({
    people: fc.array(worker, { minLength: 2, maxLength: 4 }),
    same: fc.boolean(),
    days: fc.option(fc.integer({ min: 1, max: 84 }), { nil: undefined }),
    now: moment,
    off: fc.array(fc.integer({ min: 0, max: 14 }), { maxLength: 3 }),
    meets: fc.array(fc.integer({ min: 0, max: 14 * 96 }), { maxLength: 40 }),
  });
  let found = 0;
  fc.assert(
    fc.property(cases, ({ people: any, same, days: ahead, now, off, meets }) => {
      const [first] = any;
      const busy = meets.map((quarters) => new Date(now.getTime() + quarters * 900_000));
      const alike = same && first !== undefined ? any.map((one) => ({ ...one, zone: first.zone })) : any;
      const people = alike.map((one, index) => (index === 0 ? { ...one, busy } : one));
      const breaks = off.map((after) => {
        const day = daysAfter(dayOf(now, 'UTC'), after);
        return { first: day, last: day, nation: '', cohortId: 'autumn' };
      });
      const round = ahead === undefined ? undefined : inDays(ahead, now);
      const times = timesThatSuit(people, breaks, round, now);
      found += times.length;
      expect(times.length).toBeLessThanOrEqual(3);
      expect(times.toSorted((a, b) => a.getTime() - b.getTime())).toEqual(times);
      for (const person of people) {
        const today = dayOf(now, person.zone);
        const days = times.map((at) => dayOf(at, person.zone));
        expect(new Set(days).size).toBe(times.length);
        for (const [index, at] of times.entries()) {
          const day = days[index] ?? '';
          expect([person, at, isFor(at, person, breaks)]).toEqual([person, at, true]);
          expect(day <= daysAfter(today, 14)).toBe(true);
          // The next round brings another match.
          if (round !== undefined) expect(day < dayOf(round, person.zone)).toBe(true);
          const before = Array.from({ length: 20 }, (_, more) => daysAfter(today, more + 1)).filter(
            (one) => one < day && weekdayOf(one) <= 5 && !isOff(one, person, breaks),
          );
          expect(before.length).toBeGreaterThan(0);
          expect(at.getTime() % 900_000).toBe(0);
          for (const one of busy) expect(Math.abs(at.getTime() - one.getTime())).toBeGreaterThanOrEqual(1_800_000);
          expect(suits(at, people, breaks, now)).toBe(true);
        }
      }
    }),
    { numRuns: 250 },
  );
  expect(found).toBeGreaterThan(100);
});

test('a whole hour for all comes before any quarter, where they share one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 480, max: 1000 }), fc.integer({ min: 90, max: 400 }), (from, long) => {
      const one = { ...london, from: clock(from), until: clock(from + long) };
      for (const at of timesThatSuit([one, london], [], undefined, tuesday)) {
        const whole = Math.ceil(Math.max(from, 540) / 60) * 60;
        const isPossible = whole + meetingMinutes <= Math.min(from + long, 1020);
        expect(at.getUTCMinutes() === 0).toBe(isPossible);
      }
    }),
  );
});

test('what does not suit any more is told', () => {
  const at = new Date('2027-03-04T11:00:00Z');
  const holds = (when: Date, person: Worker = london, breaks: readonly Break[] = [], now = tuesday) =>
    suits(when, [london, person], breaks, now);
  expect(holds(at)).toBe(true);
  expect(holds(new Date('2027-03-04T11:07:00Z'))).toBe(false);
  expect(holds(at, { ...london, from: '11:30' })).toBe(false);
  expect(holds(at, { ...london, until: '11:15' })).toBe(false);
  expect(holds(at, london, [{ first: '2027-03-04', last: '2027-03-04', nation: '', cohortId: null }])).toBe(false);
  expect(holds(at, london, [], at)).toBe(false);
  for (const [busy, isFree] of [
    ['10:30', true],
    ['10:45', false],
    ['11:29', false],
    ['11:30', true],
  ] as const) {
    expect(holds(at, { ...london, busy: [new Date(`2027-03-04T${busy}:00Z`)] })).toBe(isFree);
  }
  expect(holds(new Date('2027-03-06T11:00:00Z'))).toBe(false);
  expect(holds(new Date('2027-03-17T11:00:00Z'))).toBe(false);
});
