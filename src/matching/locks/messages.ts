import { type Form, question } from '../../messages/form.ts';
import { does, type Message, type Page, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import type { Contradiction, LockKind, Nameable } from '../people/lock-rules.ts';

/** How many are shown. Slack takes 100 blocks in a window. */
export const locksShown = 20;

/** The longest that somebody may type: an intent carries no longer answer. */
const whoLength = 200;

export const problems = {
  some: 'Some answers need changing.',
  how: 'Choose one from the list.',
  unknown: 'Nobody who takes part in matches has this name. Enter their full name or work email address.',
  empty: 'Enter a name or an email address.',
} as const;

/** @example several([asha, other]) // 'Several people match this: Asha Rahman (Leeds City Council) and …' */
export function severalProblem(people: readonly Nameable[]): string {
  const shown = people.slice(0, 3).map(({ name, council }) => `${name} (${council})`);
  const rest = people.length > shown.length ? ' and others' : '';
  return `Several people match this: ${shown.join(', ')}${rest}. Enter their work email address.`;
}

/** Everybody can see who takes part, and nobody is told why somebody does not. */
export function noPartProblem({ name }: Nameable): string {
  return `${name} takes no part in the next round.`;
}

export function contradictionProblem(found: Contradiction, kind: LockKind): string {
  switch (found.kind) {
    case 'same-person':
      return `You have named ${found.person.name} twice. Name somebody else.`;
    case 'too-few':
      return 'Name at least two people.';
    case 'one-council':
      return `${both(found.people)} are of one council, so they cannot meet.`;
    case 'councils-apart':
      return `The councils of ${both(found.people)} are kept apart, so they cannot meet.`;
    case 'fixed':
      return `${found.person.name} is fixed with other people already. Undo that first.`;
    case 'other-way':
      return kind === 'together'
        ? `${both(found.people)} are kept apart already. Undo that first.`
        : `${both(found.people)} are put together already. Undo that first.`;
  }
}

function both([one, other]: readonly [Nameable, Nameable]): string {
  return `${one.name} and ${other.name}`;
}

export function lockForm(): Form {
  const who = { kind: 'line', maxLength: whoLength } as const;
  return {
    heading: 'Put people together or apart',
    body: [
      paragraph('This holds for the next round. Everybody else is matched around them. They are not told of it.'),
      paragraph('People who are to meet do so in a group of their own. Nobody is added to it.'),
    ],
    fields: [
      {
        ...question('how', 'What do you want?'),
        kind: 'choice',
        options: [
          { value: 'together', label: 'They meet, if we can put them together' },
          { value: 'apart', label: 'They do not meet' },
        ],
      },
      { ...question('first', 'First person', 'Their name or work email address.'), ...who },
      { ...question('second', 'Second person'), ...who },
      { ...question('third', 'Third person'), ...who, required: false },
      { ...question('fourth', 'Fourth person'), ...who, required: false },
    ],
    submitLabel: 'Save',
    completes: { kind: 'matching.lock', after: '' },
    openedBy: { kind: 'matching.open-lock' },
    instead: [toNext, toAll],
  };
}

const toNext = does('Back to the next round', { kind: 'matching.next' }, 'main');
const toAll = does('See what is fixed', { kind: 'matching.locks' });

/** Said of all, so that it says nothing of anybody: some reasons were told to us in confidence. */
const mayNotBeAble = 'We may not be able to put people together, and we do not say why.';

export function locked(kind: LockKind, people: readonly string[]): Message {
  const text = lockWords(kind, people);
  return {
    summary: text,
    heading: 'Saved for the next round',
    body: [paragraph(text), paragraph(kind === 'together' ? mayNotBeAble : 'Everybody else is matched around them.')],
    buttons: [toNext, toAll],
  };
}

/** Said above the list of groups, whose button it was. */
export function savedWords(kind: LockKind, people: readonly string[]): string {
  return `Saved. ${lockWords(kind, people)}`;
}

function lockWords(kind: LockKind, people: readonly string[]): string {
  if (people.length === 0) return 'Nobody of these is in the network any more.';
  return kind === 'together'
    ? `We put ${together(people)} together in the next round if we can.`
    : `${together(people)} do not meet in the next round.`;
}

export function unlocked(): Message {
  const text = 'They are matched freely again.';
  return { summary: text, heading: 'Saved for the next round', body: [paragraph(text)], buttons: [toNext, toAll] };
}

/** One thing that a convener fixed. */
export interface ShownLock {
  readonly id: string;
  readonly kind: LockKind;
  /** Names. */
  readonly people: readonly string[];
}

/** @param all how many there are; `shown` are the first of them */
export function locksPage(shown: readonly ShownLock[], all: number): Page {
  const none = 'Nobody is put together or kept apart in the next round.';
  const more = all > shown.length ? ` These are the first ${shown.length} of ${all}.` : '';
  const text = all === 0 ? none : `This holds for the next round, and ends with it. ${mayNotBeAble}${more}`;
  return { heading: 'What conveners fixed', body: [paragraph(text)], cards: [adding(), ...shown.map(lockCard)] };
}

function adding(): Message {
  const text = 'Say who meets in the next round, or who does not.';
  return {
    summary: text,
    heading: 'Put people together or apart',
    body: [paragraph(text)],
    buttons: [
      does('Name people', { kind: 'matching.open-lock' }, 'main'),
      does('Back to the next round', { kind: 'matching.next' }),
    ],
  };
}

function lockCard({ id, kind, people }: ShownLock): Message {
  return {
    summary: lockWords(kind, people),
    heading: kind === 'together' ? 'They meet, if we can put them together' : 'They do not meet',
    body: [{ kind: 'list', items: people }],
    buttons: [does('Undo', { kind: 'matching.unlock', lock: id })],
  };
}
