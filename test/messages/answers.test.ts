import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSummary, readTakeaway } from '../../src/afterwards/rules.ts';
import { readReason } from '../../src/conversations/rules.ts';
import { isHttps, isIn, tidy, wholeNumber } from '../../src/messages/answers.ts';
import { readPlan } from '../../src/proposals/rules.ts';
import { readSeries } from '../../src/series/answers.ts';
import { noTheme } from '../../src/series/messages.ts';
import { readTopic } from '../../src/series/rules.ts';

const typed = ' Tru\u0000st \uD800\n';
const kept = 'Trust \uFFFD';

test('whatever is typed, what is kept is what a database takes, and reading it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = tidy(text);
      expect(read).not.toContain('\u0000');
      expect(read.isWellFormed()).toBe(true);
      expect(tidy(read)).toBe(read);
    }),
  );
});

test('what no database takes is left out of a reason, a topic, a takeaway and a summary', () => {
  expect(readReason(typed)).toEqual({ reason: kept });
  const topic = { kind: 'series.suggest-topic', theme: noTheme, title: typed, about: typed } as const;
  expect(readTopic(topic, [])).toEqual({ theme: '', title: kept, about: kept });
  expect(readTakeaway(typed)).toEqual({ text: kept });
  expect(readSummary(typed, [])).toEqual({ text: kept });
});

test('and out of the name and the places of a series and of a conversation', () => {
  const where = { link: 'https://meet.example/\u0000x', place: typed };
  const size = { minutes: '60', capacity: '8', perCouncil: '2' };
  const series = { ...where, ...size, name: typed, weekday: '2', at: '12:00', everyWeeks: '2', firstDay: '2027-03-02' };
  const read = readSeries({ kind: 'series.series', series: 'new', ...series }, '2027-03-01', undefined);
  expect(read).toMatchObject({ name: kept, link: 'https://meet.example/x', place: kept });
  const plan = { ...where, ...size, date: '2027-03-16', time: '10:00', clock: '' };
  const planned = readPlan(plan, new Date('2027-03-02T12:00Z'), 'Europe/London');
  expect(planned).toMatchObject({ link: 'https://meet.example/x', place: kept });
});

test('a number that is none is in no range', () => {
  expect(['0', ' 60 ', '9999'].map(wholeNumber)).toEqual([0, 60, 9999]);
  for (const text of ['', '-1', '1.5', '1e3', '10000', 'ten']) {
    expect(isIn(wholeNumber(text), { min: -Infinity, max: Infinity }), text).toBe(false);
  }
  expect([3, 15].map((value) => isIn(value, { min: 3, max: 15 }))).toEqual([true, true]);
  expect([2, 16].map((value) => isIn(value, { min: 3, max: 15 }))).toEqual([false, false]);
});

test('a link is https, and no longer than there is room for', () => {
  const link = 'https://meet.example/x';
  expect(isHttps(link, link.length)).toBe(true);
  expect(isHttps(link, link.length - 1)).toBe(false);
  for (const other of ['http://meet.example', 'javascript:alert(1)', 'meet.example', '']) {
    expect(isHttps(other, 100), other).toBe(false);
  }
});
