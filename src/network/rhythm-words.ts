import { everyWeeks, weekdayWords } from '../calendar/messages.ts';
import { rhythmWeeks } from '../calendar/rules.ts';
import { hourWords } from '../time/words.ts';
import type { NetworkSettings, PromptRhythm } from './model.ts';

type PromptTime = Pick<NetworkSettings, 'promptWeekday' | 'promptHour'>;

/** @example promptTimeWords({ promptWeekday: 1, promptHour: 9 }) // '9am on Monday' */
export function promptTimeWords({ promptWeekday, promptHour }: PromptTime): string {
  return `${hourWords(promptHour)} on ${weekdayWords(promptWeekday)}`;
}

/** How often a member is asked. @example promptRhythmWords('monthly') // 'every four weeks' */
export function promptRhythmWords(rhythm: PromptRhythm): string {
  return everyWeeks(rhythmWeeks[rhythm]);
}

/** @example roundsWords({ roundWeeks: 2 }) // 'Every two weeks' */
export function roundsWords({ roundWeeks }: Pick<NetworkSettings, 'roundWeeks'>): string {
  return begin(everyWeeks(roundWeeks));
}

/** The same words at the start of a sentence. */
export function begin(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
