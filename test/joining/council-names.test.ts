import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeNames } from '../../src/joining/council-names.ts';
import { findByName, nameKey } from '../../src/network/comparing.ts';

const known = [
  'Leeds City Council',
  'City of York Council',
  'Nottingham City Council',
  'Nottinghamshire County Council',
  'Cyngor Sir Ynys Môn',
  'King’s Lynn & West Norfolk Borough Council',
].map((name) => ({ name }));
const names = known.map(({ name }) => name);

test.each([
  ['leeds city council', 'Leeds City Council'],
  ['CYNGOR SIR YNYS MON', 'Cyngor Sir Ynys Môn'],
  ['Kings Lynn and West Norfolk Borough Council', 'King’s Lynn & West Norfolk Borough Council'],
  ['  City  of\tYork Council. ', 'City of York Council'],
])('“%s” is %s', (typed, name) => {
  expect(findByName(typed, known)?.name).toBe(name);
});

test.each(['Leeds', 'Leeds Council', 'Nottingham County Council', '', 'York'])('“%s” is none of them', (typed) => {
  expect(findByName(typed, known)).toBeUndefined();
});

test('the nearest are offered, the nearest first, and none where nothing is near', () => {
  expect(closeNames('Nottingham Council', names)).toEqual([
    'Nottingham City Council',
    'Nottinghamshire County Council',
  ]);
  expect(closeNames('Yorke Council', names)).toEqual(['City of York Council']);
  expect(closeNames('Penzance', names)).toEqual([]);
  expect(closeNames('Council', names)).toEqual([]);
});

test('whatever is typed, a name is itself, and three are offered at most', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
      expect(closeNames(typed, names).length).toBeLessThanOrEqual(3);
      expect(nameKey(nameKey(typed))).toBe(nameKey(typed));
      if (nameKey(typed) !== '') expect(findByName(typed.toUpperCase(), [{ name: typed.toUpperCase() }])).toBeDefined();
    }),
  );
});
