import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { haveWords, isSameName, nameKey, searchWords } from '../../src/network/comparing.ts';

describe('two names are the same', () => {
  test.each([
    ['LEEDS\u00a0 city   council', 'Leeds City Council'],
    ['Siân O’Brien', "Sian O'Brien"],
    ['Anne-Marie  Lowe', 'Anne Marie Lowe'],
    ['Autumn 2026/27', 'Autumn 2026-27'],
    ['Bath & North East Somerset', 'Bath and North East Somerset'],
    ['C++', 'c++'],
    ['—', ' — '],
  ])('“%s” and “%s”', (one, other) => {
    expect(isSameName(one, other)).toBe(true);
  });
});

describe('two names are not the same', () => {
  test.each([
    ['Leeds City Council', 'Leeds Council'],
    ['Set 1/2', 'Set 12'],
    ['C++', 'C'],
    ['★', '★★'],
    ['-', '—'],
    ['-', ''],
    ['', ''],
    [' ', ''],
  ])('“%s” and “%s”', (one, other) => {
    expect(isSameName(one, other)).toBe(false);
  });
});

test('whatever is typed, a key is its own key, and only what is blank has none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
      expect(nameKey(nameKey(typed))).toBe(nameKey(typed));
      if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(typed)) expect(nameKey(typed)).not.toBe('');
    }),
  );
});

test('each word of a search stands somewhere in the texts, and none across two of them', () => {
  const texts = ['Siân O’Brien', 'Ynys Môn'];
  expect(haveWords(texts, searchWords("mon  o'b"))).toBe(true);
  expect(haveWords(texts, searchWords('obrien'))).toBe(false);
  expect(haveWords(texts, searchWords('brienynys'))).toBe(false);
  expect(haveWords(texts, searchWords(' '))).toBe(true);
});
