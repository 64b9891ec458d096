import type { Form, Option } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { nations } from '../time/bank-holidays.ts';
import { calendarDayWords } from '../time/words.ts';
import { all, type BreakSort, breakNameLength, type NamedBreak } from './model.ts';

export const problems = {
  some: 'Some answers need changing.',
  name: `Enter a name of ${breakNameLength} characters or fewer.`,
  sort: 'Choose what it is.',
  day: 'Enter a date, such as 27 3 2027.',
  order: 'The last day must be the same as the first day, or after it.',
  long: 'A break can last a year at most.',
  past: 'The last day must be today or later.',
  nation: 'Choose a nation from the list.',
  cohort: 'Choose a cohort from the list.',
} as const;

export const refusals = {
  gone: 'That break is no longer in the calendar.',
} as const;

const sortWords: Readonly<Record<BreakSort, string>> = {
  break: 'Break of a programme',
  'pre-election': 'Pre-election period',
};

export function breaksPage(breaks: readonly NamedBreak[]): Page {
  const add: Message = {
    summary: 'Set a break, or a pre-election period.',
    heading: 'Set a break',
    body: [paragraph('A break is a time without prompts. A break for everybody is a time without matches, too.')],
    buttons: [
      does('Set a break', { kind: 'calendar.open-break' }, 'main'),
      does('Prompts between modules', { kind: 'calendar.cohort-prompts' }),
      does('When prompts come', { kind: 'calendar.open-rhythm' }),
    ],
  };
  const none = 'No break is set. Bank holidays are known, and do not need a break.';
  return {
    heading: 'Breaks',
    body: [paragraph(breaks.length === 0 ? none : 'Days are those of each member’s own calendar.')],
    cards: [...breaks.map(breakCard), add],
  };
}

function breakCard(one: NamedBreak): Message {
  return {
    summary: `${one.name}: ${spanWords(one)}.`,
    heading: one.name,
    body: [
      facts(
        ['What it is', sortWords[one.sort]],
        ['First day', calendarDayWords(one.first)],
        ['Last day', calendarDayWords(one.last)],
        ['For', whomWords(one)],
      ),
    ],
    buttons: [does('End this break', { kind: 'calendar.end-break', break: one.id }, 'warning')],
  };
}

/** @example spanWords({ first: '2027-03-29', last: '2027-04-09' }) // 'from Monday 29 March 2027 to Friday 9 April 2027' */
function spanWords({ first, last }: Pick<NamedBreak, 'first' | 'last'>): string {
  if (first === last) return `on ${calendarDayWords(first)}`;
  return `from ${calendarDayWords(first)} to ${calendarDayWords(last)}`;
}

function whomWords({ nation, cohort }: Pick<NamedBreak, 'nation' | 'cohort'>): string {
  if (nation === '' && cohort === '') return 'Everybody';
  return [cohort === '' ? 'Councils' : cohort, ...(nation === '' ? [] : [`in ${nation}`])].join(' ');
}

/** @param cohorts those that may be chosen, by id */
export function breakForm(cohorts: readonly Option[]): Form {
  const sorts = Object.entries(sortWords).map(([value, label]) => ({ value, label }));
  return {
    heading: 'Set a break',
    body: [
      paragraph('We send no prompts on these days. If a week has a working day left, its prompt comes then.'),
      paragraph('Conversations go on. Their hosts decide when to hold them.'),
    ],
    fields: [
      { ...question('name', 'Name', 'Such as “Summer break”.'), kind: 'line', maxLength: breakNameLength },
      { ...question('sort', 'What it is'), kind: 'choice', options: sorts, value: 'break' },
      { ...question('first', 'First day'), kind: 'date' },
      { ...question('last', 'Last day', 'This day belongs to the break.'), kind: 'date' },
      {
        ...question('nation', 'Nation'),
        kind: 'choice',
        options: [{ value: all, label: 'All nations' }, ...nations.map((nation) => ({ value: nation, label: nation }))],
        value: all,
      },
      {
        ...question('cohort', 'Cohort'),
        kind: 'choice',
        options: [{ value: all, label: 'Everybody' }, ...cohorts],
        value: all,
      },
    ],
    submitLabel: 'Set the break',
    completes: { kind: 'calendar.break' },
    openedBy: { kind: 'calendar.open-break' },
  };
}

/** @param asked how many prompts between modules were set for days of this break: they come all the same */
export function breakSet(one: NamedBreak, asked: number): Message {
  const text = `“${one.name}” is in the calendar ${spanWords(one)}.`;
  const kept =
    asked === 0
      ? []
      : [paragraph('A prompt between modules is set for one of these days. It still comes, unless you take it back.')];
  return {
    summary: text,
    heading: 'The break is set',
    body: [paragraph(text), paragraph(`For: ${whomWords(one)}.`), ...kept],
    buttons: [does('See all breaks', { kind: 'calendar.breaks' })],
  };
}

export function breakEnded(): Message {
  const text =
    'That break is out of the calendar. Prompts come again as before. None is sent for the days that passed.';
  return {
    summary: 'That break is out of the calendar.',
    heading: 'The break has ended',
    body: [paragraph(text)],
    buttons: [does('See all breaks', { kind: 'calendar.breaks' })],
  };
}
