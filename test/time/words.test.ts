import { expect, test } from 'vitest';
import { momentWords, whenWords } from '../../src/time/words.ts';

test.each([
  ['2026-03-03T10:00Z', 60, 'Europe/London', '10am to 11am on Tuesday 3 March'],
  ['2026-06-02T11:30Z', 45, 'Europe/London', '12:30pm to 1:15pm on Tuesday 2 June'],
  ['2026-03-03T00:00Z', 750, 'Europe/London', 'midnight to 12:30pm on Tuesday 3 March'],
  ['2026-03-03T10:00Z', 60, 'Europe/Paris', '11am to midday on Tuesday 3 March (Paris time)'],
  ['2026-03-03T10:00Z', 60, 'America/New_York', '5am to 6am on Tuesday 3 March (New York time)'],
])('%s for %i minutes in %s reads “%s”', (start, minutes, zone, words) => {
  expect(whenWords(new Date(start), minutes, zone)).toBe(words);
});

test('midnight is a word', () => {
  expect(momentWords(new Date('2026-03-03T00:00Z'), 'Europe/London')).toBe('midnight on Tuesday 3 March');
});
