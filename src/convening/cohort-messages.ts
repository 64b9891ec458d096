import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { ShownCohort } from './model.ts';

/** How many cohorts a page shows. Slack takes 100 blocks in a window, and a card is at most five of them. */
const cohortsShown = 15;
/** The longest name or programme, in characters; a roster row takes as much. */
export const cohortLength = 200;

export const cohortProblems = {
  some: 'Some of the answers need changing.',
  noName: 'Enter the name of the cohort.',
  tooLong: `Enter ${cohortLength} characters or fewer.`,
  nameTaken: 'There is already a cohort of this name. Enter another name.',
  year: 'Enter a year such as 2026, or leave it empty.',
} as const;

export function cohorts(all: readonly ShownCohort[], day: (moment: Date) => string): Page {
  const some = all.length > cohortsShown ? ` These are the first ${cohortsShown} of ${all.length}.` : '';
  return {
    heading: 'Cohorts and learning sets',
    body: [paragraph(`A cohort is the people of one course and year. They stay members when it graduates.${some}`)],
    cards: [adding(), ...all.slice(0, cohortsShown).map((cohort) => card(cohort, day))],
  };
}

function adding(): Message {
  const text = 'Add a cohort here, or name it in the roster.';
  return {
    summary: text,
    heading: 'Add a cohort',
    body: [paragraph(text)],
    buttons: [
      does('Add a cohort', { kind: 'convening.open-cohort', cohort: 'new' }),
      does('Back to the conveners’ page', { kind: 'convening.console' }),
    ],
  };
}

function card(cohort: ShownCohort, day: (moment: Date) => string): Message {
  const { id, name, programme, year, people, sets, graduatedAt } = cohort;
  const known = [
    ['Programme', programme],
    ['Year', year],
    ['Graduated', graduatedAt === null ? '' : day(graduatedAt)],
  ] as const;
  const graduate: readonly Button[] =
    graduatedAt === null ? [does('Mark as graduated', { kind: 'convening.graduate', cohort: id })] : [];
  return {
    summary: `${name} has ${counted(people)}.`,
    heading: name,
    body: [
      facts(...known.filter(([, value]) => value !== ''), ['People', String(people)], ['Learning sets', String(sets)]),
    ],
    buttons: [
      does('Learning sets', { kind: 'convening.learning-sets', cohort: id }),
      does('Change', { kind: 'convening.open-cohort', cohort: id }),
      ...graduate,
    ],
  };
}

function counted(people: number): string {
  return people === 1 ? '1 person' : `${people} people`;
}

/** @param cohort `undefined` for a new one */
export function cohortForm(cohort: ShownCohort | undefined): Form {
  const { name, programme, year } = cohort ?? { name: '', programme: '', year: '' };
  const id = cohort?.id ?? 'new';
  return {
    heading: cohort === undefined ? 'Add a cohort' : 'Change a cohort',
    body: [],
    fields: [
      {
        ...question('name', 'Name', 'Such as Executive Leadership 2026/27.'),
        kind: 'line',
        maxLength: cohortLength,
        value: name,
      },
      {
        ...question('programme', 'Programme'),
        kind: 'line',
        maxLength: cohortLength,
        value: programme,
        required: false,
      },
      {
        ...question('year', 'Year', 'The year in which it began.'),
        kind: 'number',
        min: 1990,
        max: 2200,
        value: year,
        required: false,
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'convening.cohort', cohort: id },
    openedBy: { kind: 'convening.open-cohort', cohort: id },
  };
}

const toCohorts = does('See cohorts', { kind: 'convening.cohorts' });

export function cohortSaved(name: string): Message {
  const text = `We have saved the cohort ${name}.`;
  return { summary: text, heading: 'Cohort saved', body: [paragraph(text)], buttons: [toCohorts] };
}

export function graduated(name: string): Message {
  const text = `${name} has graduated. Its people stay members, and stay in it.`;
  return { summary: text, heading: 'Cohort graduated', body: [paragraph(text)], buttons: [toCohorts] };
}
