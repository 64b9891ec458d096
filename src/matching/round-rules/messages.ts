import { everyWeeks, weekdayWords } from '../../calendar/messages.ts';
import type { RoundRhythm } from '../../calendar/model.ts';
import { type Form, type Option, question } from '../../messages/form.ts';
import { does, facts, type Message, paragraph } from '../../messages/message.ts';
import { hourWords } from '../../time/words.ts';
import { coolDownRange, places, type RoundRules } from './rules.ts';

export const problems = {
  some: 'Some answers need changing.',
  choice: 'Choose from the list.',
  rounds: `Enter a whole number from ${coolDownRange.min} to ${coolDownRange.max}.`,
} as const;

const sizes: Readonly<Record<RoundRules['groupSize'], string>> = {
  2: 'Pairs',
  3: 'Groups of three',
  4: 'Groups of four',
};

const sizeOptions: readonly Option[] = [
  { value: '2', label: sizes[2] },
  { value: '3', label: sizes[3] },
  { value: '4', label: sizes[4] },
];

const handWords = (byHand: boolean) => (byHand ? 'A convener publishes each round' : 'Each round publishes itself');

const toNext = does('Back to the next round', { kind: 'matching.next' });
const changeWhen = does('Change when', { kind: 'calendar.open-rhythm' });

/** @example rhythmWords({ weeks: 2, weekday: 2, hour: 10, zone: 'Europe/London' }) // 'every two weeks, at 10am on Tuesday' */
function rhythmWords({ weeks, weekday, hour }: RoundRhythm): string {
  return `${everyWeeks(weeks)}, at ${hourWords(hour)} on ${weekdayWords(weekday)}`;
}

/** For conveners: how rounds are made. When they come is set with the calendar. */
export function rulesForm(rules: RoundRules, rhythm: RoundRhythm): Form {
  return {
    heading: 'How rounds are made',
    body: [
      paragraph(`Rounds come ${rhythmWords(rhythm)}. That is set with the calendar.`),
      paragraph('People of one council are never matched, nor those of councils that you keep apart.'),
      paragraph('When you save, the next round follows these rules. Matches that were sent stay as they are.'),
    ],
    fields: [
      {
        ...question(
          'groupSize',
          'How many people meet',
          'Where numbers do not fit, we mix sizes before we leave anyone out. More than 5,000 people meet in pairs.',
        ),
        kind: 'choice',
        options: sizeOptions,
        value: String(rules.groupSize),
      },
      {
        ...question(
          'byHand',
          'Who publishes a round?',
          'If a convener does, we tell you when a round is ready. After four working days it publishes itself.',
        ),
        kind: 'choice',
        options: [
          { value: 'no', label: handWords(false) },
          { value: 'yes', label: handWords(true) },
        ],
        value: rules.byHand ? 'yes' : 'no',
      },
      {
        ...question(
          'coolDownRounds',
          'Rounds before two people can be matched again',
          'Enter 0 to allow it at once. Having met before still counts against a match.',
        ),
        kind: 'number',
        ...coolDownRange,
        value: String(rules.coolDownRounds),
      },
      {
        ...question('place', 'Do you prefer people who are near each other?'),
        kind: 'choice',
        options: placeOptions(rules.place),
        value: String(rules.place),
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'matching.rules' },
    openedBy: { kind: 'matching.open-rules' },
    instead: [changeWhen, toNext],
  };
}

/** What holds now can be kept, whoever set it. */
function placeOptions(present: number): readonly Option[] {
  const offered = new Set<number>([...places, present]);
  return [...offered]
    .toSorted((one, other) => other - one)
    .map((value) => ({ value: String(value), label: placeWords(value) }));
}

function placeWords(place: number): string {
  const named = new Map([
    [10, 'Near each other, strongly'],
    [5, 'Near each other'],
    [0, 'It does not matter'],
    [-5, 'Far from each other'],
    [-10, 'Far from each other, strongly'],
  ]);
  return named.get(place) ?? `${place > 0 ? 'Near each other' : 'Far from each other'} (${Math.abs(place)} of 10)`;
}

/** @example roundsWords(1) // '1 round' */
function roundsWords(rounds: number): string {
  if (rounds === 0) return 'At once';
  return `After ${rounds === 1 ? '1 round' : `${rounds} rounds`}`;
}

export function rulesSaved(rules: RoundRules, rhythm: RoundRhythm): Message {
  return {
    summary: 'We have saved how rounds are made.',
    heading: 'Saved',
    body: [
      facts(
        ['Rounds come', rhythmWords(rhythm)],
        ['How many meet', sizes[rules.groupSize]],
        ['Publishing', handWords(rules.byHand)],
        ['Matched again', roundsWords(rules.coolDownRounds)],
        ['Place', placeWords(rules.place)],
      ),
    ],
    buttons: [
      does('Back to the next round', { kind: 'matching.next' }, 'main'),
      changeWhen,
      does('Back to the conveners’ page', { kind: 'convening.console' }),
    ],
  };
}
