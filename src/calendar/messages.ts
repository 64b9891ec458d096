import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, type Message, paragraph } from '../messages/message.ts';
import type { NetworkSettings } from '../network/model.ts';
import { zoneLabel, zoneOptions } from '../network/zones.ts';
import { hourWords, momentWords } from '../time/words.ts';
import { hours, roundWeeksRange, weekdays } from './model.ts';

export const problems = {
  some: 'Some answers need changing.',
  zone: 'Choose a time zone from the list.',
  weekday: 'Choose a day from the list.',
  hour: 'Choose an hour from the list.',
  weeks: `Enter a whole number of weeks from ${roundWeeksRange.min} to ${roundWeeksRange.max}.`,
} as const;

/** How often something comes, as it stands in the middle of a sentence. */
export interface RhythmWords {
  /** Such as 'every week, at 9am on Monday where you are'. */
  readonly prompts: string;
  /** Such as 'every two weeks'. */
  readonly rounds: string;
}

type Rhythm = Pick<NetworkSettings, 'promptWeekday' | 'promptHour' | 'roundWeeks'>;

/** When this network's prompts and rounds come, for any sentence that says it. */
export function rhythmWords({ promptWeekday, promptHour, roundWeeks }: Rhythm): RhythmWords {
  return {
    prompts: `${everyWeeks(1)}, at ${hourWords(promptHour)} on ${weekdayWords(promptWeekday)} where you are`,
    rounds: everyWeeks(roundWeeks),
  };
}

/** @example everyWeeks(2) // 'every two weeks' */
export function everyWeeks(weeks: number): string {
  const names = ['', '', 'two ', 'three ', 'four ', 'five ', 'six ', 'seven ', 'eight ', 'nine '];
  return weeks === 1 ? 'every week' : `every ${names[weeks] ?? `${weeks} `}weeks`;
}

/** @param weekday ISO: 1 is Monday */
export function weekdayWords(weekday: number): string {
  return ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][weekday - 1] ?? '';
}

/** For conveners: when everything comes. */
export function rhythmForm(settings: NetworkSettings): Form {
  return {
    heading: 'When prompts and matches come',
    body: [
      paragraph('A prompt comes on this day and at this hour on each member’s own clock.'),
      paragraph('If that day is a bank holiday of theirs, it comes on the next working day of the week.'),
      paragraph('If you save a change, we move all that is planned. A prompt that was sent is not sent again.'),
    ],
    fields: [
      {
        ...question('promptWeekday', 'Day of the prompt'),
        kind: 'choice',
        options: withPresent(weekdays, settings.promptWeekday).map((day) => option(day, weekdayWords(day))),
        value: String(settings.promptWeekday),
      },
      {
        ...question('promptHour', 'Hour of the prompt', 'On each member’s own clock.'),
        kind: 'choice',
        options: withPresent(hours, settings.promptHour).map((hour) => option(hour, hourWords(hour))),
        value: String(settings.promptHour),
      },
      {
        ...question('roundWeekday', 'Day on which we match people'),
        kind: 'choice',
        options: withPresent(weekdays, settings.roundWeekday).map((day) => option(day, weekdayWords(day))),
        value: String(settings.roundWeekday),
      },
      {
        ...question('roundHour', 'Hour at which we match people', 'On the network’s clock.'),
        kind: 'choice',
        options: withPresent(hours, settings.roundHour).map((hour) => option(hour, hourWords(hour))),
        value: String(settings.roundHour),
      },
      {
        ...question('roundWeeks', 'Weeks from one match to the next'),
        kind: 'number',
        ...roundWeeksRange,
        value: String(settings.roundWeeks),
      },
      {
        ...question('zone', 'The network’s time zone', 'We match people on this clock.'),
        kind: 'choice',
        options: zoneOptions(settings.zone),
        value: settings.zone,
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'calendar.rhythm' },
    openedBy: { kind: 'calendar.open-rhythm' },
  };
}

function option(value: number, label: string) {
  return { value: String(value), label };
}

/** What holds now can be kept, whoever set it. */
function withPresent(offered: readonly number[], present: number): readonly number[] {
  return offered.includes(present) ? offered : [present, ...offered];
}

/** @param round when the next round comes, on the clock of `settings` */
export function rhythmSaved(settings: NetworkSettings, round: Date | undefined): Message {
  const { prompts, rounds } = rhythmWords(settings);
  const next = round === undefined ? [] : [paragraph(`The next match is at ${momentWords(round, settings.zone)}.`)];
  return {
    summary: `Prompts come ${prompts.replace('where you are', 'on each member’s clock')}.`,
    heading: 'Saved',
    body: [
      paragraph(`Prompts come ${prompts.replace('where you are', 'on each member’s clock')}.`),
      paragraph(`We match people ${rounds}, by ${zoneLabel(settings.zone)}.`),
      ...next,
    ],
    buttons: [does('Breaks', { kind: 'calendar.breaks' }), does('Change it', { kind: 'calendar.open-rhythm' })],
  };
}
