import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, markupOf } from '../../../adapters/web/html.ts';
import { findAll, isTag, parsePage } from '../../support/web-page.ts';

test('text comes back from an element and from an attribute as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const page = parsePage(markupOf(html`<p title="${text}">${text}</p>`));
      const [paragraph] = findAll(page, isTag('p'));
      expect(paragraph?.attributes['title']).toBe(text);
      expect(paragraph?.children.join('')).toBe(text);
    }),
  );
});

test('no text leaves a character that could begin markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '=') }), (text) => {
      expect(markupOf(html`${text}`)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});

test('markup inside markup stays markup, and lists are joined', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  expect(markupOf(html`<ul>${items}</ul>`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
});
