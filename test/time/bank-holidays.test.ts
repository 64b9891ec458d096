import { expect, test } from 'vitest';
import { isBankHoliday, isBankHolidayEverywhere, nations } from '../../src/time/bank-holidays.ts';

/*
 * As https://www.gov.uk/bank-holidays publishes them; 2028 by the same rules.
 */

const [england, scotland, wales, northern] = nations;
const everyone = [...nations];
const notScotland = [england, wales, northern];

const published: Readonly<Record<string, readonly string[]>> = {
  '2026-01-01': everyone,
  '2026-01-02': [scotland],
  '2026-03-17': [northern],
  '2026-04-03': everyone,
  '2026-04-06': notScotland,
  '2026-05-04': everyone,
  '2026-05-25': everyone,
  '2026-06-15': [scotland],
  '2026-07-13': [northern],
  '2026-08-03': [scotland],
  '2026-08-31': notScotland,
  '2026-11-30': [scotland],
  '2026-12-25': everyone,
  '2026-12-28': everyone,
  '2027-01-01': everyone,
  '2027-01-04': [scotland],
  '2027-03-17': [northern],
  '2027-03-26': everyone,
  '2027-03-29': notScotland,
  '2027-05-03': everyone,
  '2027-05-31': everyone,
  '2027-07-12': [northern],
  '2027-08-02': [scotland],
  '2027-08-30': notScotland,
  '2027-11-30': [scotland],
  '2027-12-27': everyone,
  '2027-12-28': everyone,
  '2028-01-03': everyone,
  '2028-01-04': [scotland],
  '2028-03-17': [northern],
  '2028-04-14': everyone,
  '2028-04-17': notScotland,
  '2028-05-01': everyone,
  '2028-05-29': everyone,
  '2028-07-12': [northern],
  '2028-08-07': [scotland],
  '2028-08-28': notScotland,
  '2028-11-30': [scotland],
  '2028-12-25': everyone,
  '2028-12-26': everyone,
};

test.each(nations)('the bank holidays of %s on working days are those published, and no others', (nation) => {
  const expected = Object.entries(published).flatMap(([day, where]) => (where.includes(nation) ? [day] : []));
  expect(workingDays().filter((day) => isBankHoliday(day, nation))).toEqual(expected);
});

test('a nation that we do not know has none', () => {
  expect(['', 'england', 'Jersey', 'Ireland'].filter((nation) => isBankHoliday('2027-12-27', nation))).toEqual([]);
});

test('a day that all four nations have off is one everywhere', () => {
  expect(['2027-03-26', '2027-03-29', '2027-08-02'].map(isBankHolidayEverywhere)).toEqual([true, false, false]);
});

function workingDays(): readonly string[] {
  const first = Date.UTC(2026, 0, 1);
  const days = Array.from({ length: 365 * 2 + 366 }, (_, index) => new Date(first + index * 86_400_000));
  return days.filter((day) => day.getUTCDay() % 6 !== 0).map((day) => day.toISOString().slice(0, 10));
}
