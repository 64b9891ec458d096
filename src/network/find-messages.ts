import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import type { Described } from './rules.ts';
import { type Correspondent, writingTo } from './writing-to.ts';

/** How many people one search shows, and how long its question may be, in characters. */
export const limits = { found: 20, query: 100 } as const;

export const problems = {
  empty: 'Enter part of a name, role, council, cohort or level.',
} as const;

/** Somebody who agreed to be found, with what they agreed to show. */
export type Found = Described & Correspondent;

export function findForm(): Form {
  return {
    heading: 'Find members',
    body: [paragraph('You find members who have chosen that others can find them.')],
    fields: [
      {
        ...question('query', 'Who are you looking for?', 'Part of a name, role, council, cohort or level.'),
        kind: 'line',
        maxLength: limits.query,
      },
    ],
    submitLabel: 'Find',
    completes: { kind: 'network.find' },
    openedBy: { kind: 'network.open-find' },
  };
}

/** @param people the first of those found, in the order they are shown */
export function found(people: readonly Found[], hasMore: boolean): Page {
  if (people.length === 0) return nobody();
  const more = `These are the first ${limits.found}. To see fewer, search again and say more.`;
  return {
    heading: 'Members we found',
    body: [paragraph(hasMore ? more : 'They have chosen that other members can find them.')],
    cards: people.map(card),
  };
}

function card(person: Found): Message {
  const { name, role, council, cohort } = person;
  const inCohort = cohort === '' ? [] : [['Cohort', cohort] as const];
  return {
    summary: `${name} is ${role} at ${council}.`,
    heading: name,
    body: [facts(['Role', role], ['Council', council], ...inCohort)],
    buttons: writingTo(person),
  };
}

function nobody(): Page {
  const text = 'People choose for themselves whether others can find them. You can choose it too.';
  return {
    heading: 'We found nobody',
    body: [paragraph('No member who can be found matches all your words.')],
    cards: [
      {
        summary: text,
        heading: 'Being found',
        body: [paragraph(text)],
        buttons: [
          does('Choose', { kind: 'joining.open-agreements' }),
          does('Search again', { kind: 'network.open-find' }),
        ],
      },
    ],
  };
}
