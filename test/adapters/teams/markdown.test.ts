import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMarkdown, label, lines, markdownLine } from '../../../adapters/teams/text.ts';
import { readMarkdown } from '../../support/adaptive-card-markdown.ts';
import { nasty } from '../../support/card-contents.ts';

/** Signs that mean something to Markdown, between words. */
const signs = fc.stringMatching(
  /^(?:[-*_#[\]()<>~`\\|&;{}+=!:.1 \n\t]|a|bc|&amp;|<b>|\{\{DATE\(2027-03-01T09:00:00Z\)\}\}){0,60}$/,
);
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), signs, fc.lorem());
const long = 10_000;

/** What somebody wrote, as anybody could see it. */
function meant(text: string): string {
  const seen = text.toWellFormed().replace(/[^\P{Cc}\s]/gu, '');
  return /^[\s\p{Cf}]*$/u.test(seen) ? '–' : squeeze(seen);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

describe('a text that a client reads as Markdown', () => {
  test('appears as it was written, and nothing in it is formatting', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readMarkdown(markdownLine(text, long));
        expect(squeeze(read.text)).toBe(meant(text));
        expect(read.formatting).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test.each(Object.entries(nasty))('appears as it was written: %s', (_kind, { about }) => {
    const read = readMarkdown(markdownLine(about, long));
    expect(squeeze(read.text)).toBe(meant(about));
    expect(read.formatting).toEqual([]);
  });

  test('has no sign that it does not need', () => {
    for (const usual of [
      '10.30am - 3 of 5 (R&D)',
      'jane_doe_2@council.example',
      '£5, 50% + VAT = £6',
      'A. B. #1',
      '-5°C',
    ])
      expect(markdownLine(usual, long)).toBe(usual);
  });
});

describe('a text that is sent as it stands', () => {
  test('would look the same to a client that reads Markdown, or is sent where none does', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = lines(text, long);
        expect(squeeze(shown)).toBe(squeeze(meant(text)));
        if (isMarkdown(shown)) return;
        const read = readMarkdown(shown);
        expect(squeeze(read.text)).toBe(squeeze(shown));
        expect(read.formatting).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('holds no date that a client writes in its own way', () => {
    const typed = '{{DATE(2027-03-01T09:00:00Z, SHORT)}} {{TIME(2027-03-01T09:00:00Z)}}';
    for (const shown of [label(typed, long), lines(typed, long), markdownLine(typed, long)])
      expect(shown).not.toMatch(/\{\{(?:DATE|TIME)/);
  });

  test('is cut to its length and ends inside no character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, max) => {
        for (const shown of [label(text, max), lines(text, max)]) {
          expect(shown.isWellFormed()).toBe(true);
          expect(shown.replaceAll('{ {', '{{').length).toBeLessThanOrEqual(Math.max(max, 1));
        }
      }),
    );
  });
});
