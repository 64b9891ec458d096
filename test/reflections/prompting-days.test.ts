import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laterMoments, reminderMoment } from '../../src/reflections/put-off.ts';
import { isBankHoliday, nations } from '../../src/time/bank-holidays.ts';
import { dayOf, daysAfter, weekdayOf } from '../../src/time/days.ts';
import { localParts } from '../../src/time/local.ts';

/** Any moment of ten years, any zone, hours that no zone here ever skips. */
const moments = fc.date({
  min: new Date('2026-01-01T00:00Z'),
  max: new Date('2036-01-01T00:00Z'),
  noInvalidDate: true,
});
const working = fc.record({
  zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  hour: fc.integer({ min: 6, max: 20 }),
  nation: fc.constantFrom(...nations, ''),
});

function daysOf({ zone, hour, nation }: { zone: string; hour: number; nation: string }) {
  const isWorking = (day: string) => weekdayOf(day) < 6 && !isBankHoliday(day, nation);
  return { zone, hour, isWorking };
}

test('a prompt is put off to working days, at the hour of prompts on its member’s clock, tomorrow at the soonest', () => {
  fc.assert(
    fc.property(moments, working, (now, given) => {
      const days = daysOf(given);
      const today = dayOf(now, given.zone);
      const found = laterMoments(now, days, undefined);
      expect(found[0]?.day).toBe('tomorrow');
      for (const { day, at } of found) {
        const shown = dayOf(at, given.zone);
        expect(days.isWorking(shown)).toBe(true);
        expect(shown > today).toBe(true);
        expect(localParts(at, given.zone).slice(11)).toBe(`${String(given.hour).padStart(2, '0')}:00`);
        if (day === 'thursday') expect([weekdayOf(shown), weekdayOf(today) < 3]).toEqual([4, true]);
        else
          for (let one = daysAfter(today, 1); one < shown; one = daysAfter(one, 1))
            expect(days.isWorking(one)).toBe(false);
      }
      expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted((a, b) => Number(a) - Number(b)));
    }),
    { numRuns: 500 },
  );
});

test('nothing is put off to when the next prompt is there', () => {
  fc.assert(
    fc.property(moments, working, fc.integer({ min: 0, max: 9 * 24 }), (now, given, hours) => {
      const next = new Date(now.getTime() + hours * 3_600_000);
      for (const { at } of laterMoments(now, daysOf(given), next)) expect(at < next).toBe(true);
    }),
  );
});

test('a reminder comes on the third working day after, whatever the clocks do', () => {
  fc.assert(
    fc.property(moments, working, (sent, given) => {
      const days = daysOf(given);
      const at = dayOf(reminderMoment(sent, days), given.zone);
      const between: string[] = [];
      for (let day = daysAfter(dayOf(sent, given.zone), 1); day <= at; day = daysAfter(day, 1)) between.push(day);
      expect(between.filter(days.isWorking)).toHaveLength(3);
      expect(days.isWorking(at)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('without any working day nothing is put off, and there is still a day to remind on', () => {
  const never = { zone: 'Europe/London', hour: 9, isWorking: () => false };
  const now = new Date('2027-03-08T09:00Z');
  expect(laterMoments(now, never, undefined)).toEqual([]);
  expect(reminderMoment(now, never) > now).toBe(true);
});
