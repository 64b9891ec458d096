import { clockWords, dayWords } from '../time/words.ts';
import type { Pause, Programme } from './model.ts';

/** What each programme is called to a member. */
export const programmeNames: Readonly<Record<Programme, string>> = {
  prompts: 'Prompts to reflect on',
  matching: 'Matches with peers',
  conversations: 'News of conversations',
};

/** @example 'Prompts to reflect on paused until Tuesday 30 March' */
export function pauseWords(pauses: readonly Pause[], zone: string): string {
  if (pauses.length === 0) return 'On';
  return pauses
    .map(({ programme, until }) => `${programmeNames[programme]} paused until ${dayWords(until, zone)}`)
    .join('; ');
}

/** @example hoursWords('09:00', '17:30') // '9am to 5:30pm' */
export function hoursWords(from: string, until: string): string {
  return from === '' || until === '' ? '' : `${clockWords(from)} to ${clockWords(until)}`;
}
