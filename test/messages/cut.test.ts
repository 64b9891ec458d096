import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut } from '../../src/messages/cut.ts';

test('text is never longer than the limit, never ends inside a character, and short text is left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
      const shown = cut(text, max);
      expect(shown.length).toBeLessThanOrEqual(max);
      expect(shown.isWellFormed()).toBe(true);
      if (text.length <= max) expect(shown).toBe(text);
    }),
  );
});

test('the cut is shown', () => {
  expect(cut('abcdef', 4)).toBe('abc…');
});
