import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinDate, splitDate } from '../../../adapters/web/date-parts.ts';

test('a date typed without zeros becomes the date that the core reads', () => {
  expect(joinDate({ day: '3', month: '4', year: '2027' })).toBe('2027-04-03');
});

test('three empty boxes are no answer', () => {
  expect(joinDate({ day: ' ', month: '', year: '' })).toBe('');
});

test('whatever was typed stands in the same boxes when the form comes back', () => {
  const typed = fc.string({ unit: fc.constantFrom('1', '2', '9', 'x', ' ', '.') }).map((text) => text.trim());
  fc.assert(
    fc.property(typed, typed, typed, (day, month, year) => {
      expect(splitDate(joinDate({ day, month, year }))).toEqual({ day, month, year });
    }),
  );
});

test('a dash in a box does not spill into the next one', () => {
  expect(splitDate(joinDate({ day: '1-2', month: '3', year: '2027' }))).toEqual({
    day: '1 2',
    month: '3',
    year: '2027',
  });
});
