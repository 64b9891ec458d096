import type { Form, Option } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { calendarDayWords } from '../time/words.ts';
import type { CohortPrompt } from './cohort-prompt-rows.ts';
import { cohortPromptLength } from './model.ts';

export const problems = {
  some: 'Some answers need changing.',
  cohort: 'Choose a cohort from the list.',
  day: 'Enter a date, such as 27 3 2027.',
  past: 'Choose a date after today.',
  far: 'Choose a date within a year from today.',
  taken: 'This cohort has a prompt in that week already. Take that one back first.',
} as const;

export const refusals = {
  noCohorts: 'There is no cohort yet. Make one first.',
  gone: 'That prompt is no longer set.',
  sent: 'That prompt has been sent to some members. It can no longer be taken back.',
} as const;

/** Why a member is asked it: stands on their card, and in their journal. */
export function whyOfCohort(cohort: string): string {
  return `Your programme’s convener asks everyone in ${cohort} this week.`;
}

/** A prompt that was set, and how many of its cohort have had it. */
export interface SetPrompt extends CohortPrompt {
  readonly sent: number;
}

export function cohortPromptsPage(set: readonly SetPrompt[]): Page {
  const add: Message = {
    summary: 'Set a prompt for a cohort.',
    heading: 'Set a prompt',
    body: [paragraph('Everyone in the cohort gets it on the day you choose, in place of that week’s prompt.')],
    buttons: [
      does('Set a prompt', { kind: 'calendar.open-cohort-prompt' }, 'main'),
      does('Breaks', { kind: 'calendar.breaks' }),
    ],
  };
  const none = 'No prompt between modules is set.';
  return {
    heading: 'Prompts between modules',
    body: set.length === 0 ? [paragraph(none)] : [],
    cards: [...set.map(setCard), add],
  };
}

function setCard({ id, cohort, day, wording, sent }: SetPrompt): Message {
  const drop = does('Take it back', { kind: 'calendar.drop-cohort-prompt', prompt: id }, 'warning');
  return {
    summary: `${cohort} is asked a question on ${calendarDayWords(day)}.`,
    heading: `${cohort}, ${calendarDayWords(day)}`,
    body: [{ kind: 'quote', text: wording }, ...(sent === 0 ? [] : [facts(['Sent to', peopleWords(sent)])])],
    buttons: sent === 0 ? [drop] : [],
  };
}

function peopleWords(count: number): string {
  return count === 1 ? '1 member' : `${count} members`;
}

/** @param cohorts those that may be chosen, by id */
export function cohortPromptForm(cohorts: readonly Option[]): Form {
  return {
    heading: 'Set a prompt between modules',
    body: [paragraph('Ask one question that can be answered in ten minutes, about the reader’s own practice.')],
    fields: [
      { ...question('cohort', 'Cohort'), kind: 'choice', options: cohorts },
      {
        ...question('on', 'Day', 'It comes on this day at the usual hour, also in a break or on a bank holiday.'),
        kind: 'date',
      },
      {
        ...question('text', 'Question', 'Such as “What did you try after the last module, and what came of it?”'),
        kind: 'text',
        maxLength: cohortPromptLength,
      },
    ],
    submitLabel: 'Set the prompt',
    completes: { kind: 'calendar.cohort-prompt' },
    openedBy: { kind: 'calendar.open-cohort-prompt' },
  };
}

/** How a prompt that was set falls with what else is known. */
export interface Falls {
  /** How many of the cohort get prompts, and how many of those have had that week’s already. */
  readonly members: number;
  readonly hadAlready: number;
  /** The day is a bank holiday or in a break for some of them. */
  readonly isOff: boolean;
}

export function cohortPromptSet({ cohort, day }: CohortPrompt, { members, hadAlready, isOff }: Falls): Message {
  const text = `We ask ${cohort} this on ${calendarDayWords(day)}, in place of that week’s prompt.`;
  const getting = members - hadAlready;
  const off = 'That day is a bank holiday or in a break for some of them. It comes all the same.';
  const had =
    hadAlready === 1
      ? '1 member has had this week’s prompt already, so does not get it.'
      : `${hadAlready} members have had this week’s prompt already, so do not get it.`;
  return {
    summary: text,
    heading: 'The prompt is set',
    body: [
      paragraph(text),
      facts(['Goes to', peopleWords(getting)]),
      ...(hadAlready === 0 ? [] : [paragraph(had)]),
      ...(isOff ? [paragraph(off)] : []),
    ],
    buttons: [does('See all prompts', { kind: 'calendar.cohort-prompts' })],
  };
}

export function cohortPromptDropped(): Message {
  const text = 'We have taken that prompt back. The cohort gets its usual prompts.';
  return {
    summary: text,
    heading: 'The prompt is taken back',
    body: [paragraph(text)],
    buttons: [does('See all prompts', { kind: 'calendar.cohort-prompts' })],
  };
}
