import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { problems } from '../../src/network/pause-messages.ts';
import { readPause } from '../../src/network/pause-rules.ts';
import { dayOf, daysAfter, startOfDay, yearAfter } from '../../src/time/days.ts';

const all = 'prompts,matching,conversations';

describe('what is asked for', () => {
  test.each([
    ['', '2027-03-16', 'programmes', problems.programmes],
    ['reflections,<b>', '2027-03-16', 'programmes', problems.programmes],
    [all, '', 'until', problems.until],
    [all, '2027-02-30', 'until', problems.until],
    [all, 'soon', 'until', problems.until],
    [all, '2027-03-02', 'until', problems.past],
    [all, '2026-12-31', 'until', problems.past],
    [all, '2028-03-03', 'until', problems.far],
  ])('“%s” until “%s” has its problem beside the field', (programmes, until, field, text) => {
    expect(readPause({ programmes, until }, '2027-03-02')).toEqual({ problems: [{ field, text }] });
  });

  test('both may be wrong at once', () => {
    expect(readPause({ programmes: '', until: '' }, '2027-03-02')).toMatchObject({ problems: [{}, {}] });
  });

  test('from tomorrow to the same day of the next year, in whatever order the programmes come', () => {
    for (const until of ['2027-03-03', '2028-03-02']) {
      const asked = readPause({ programmes: 'matching,prompts', until }, '2027-03-02');
      expect(asked).toEqual({ programmes: ['prompts', 'matching'], day: until });
    }
    expect(yearAfter('2028-02-29')).toBe('2029-02-28');
  });
});

test('in every zone, any day within a year begins, and nothing of the day before is left then', () => {
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...zones), moments, fc.integer({ min: 1, max: 365 }), (zone, now, days) => {
      const day = daysAfter(dayOf(now, zone), days);
      const start = startOfDay(day, zone);
      if (start === undefined) throw new Error(`${day} does not begin in ${zone}`);
      expect(dayOf(start, zone)).toBe(day);
      expect(dayOf(new Date(start.getTime() - 1), zone) < day).toBe(true);
      expect(start > now).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('a day begins at one where clocks go forward at midnight', () => {
  expect(startOfDay('2027-04-30', 'Africa/Cairo')).toEqual(new Date('2027-04-29T22:00:00Z'));
});
