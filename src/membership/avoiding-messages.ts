import { type Form, question } from '../messages/form.ts';
import { does, type Message, type Page, paragraph } from '../messages/message.ts';
import { datedWords } from '../time/words.ts';
import { listLength, whoLength } from './avoid-rules.ts';

export const refusals = {
  signIn: 'Sign in to see your list. A link in an email can be opened by anyone who has it.',
} as const;

export const problems = {
  empty: 'Enter an email address or a name.',
  unclear: 'We cannot tell whom you mean by this name. Enter their work email address.',
  own: 'This is you. Enter somebody else’s email address or name.',
  full: `Your list can hold ${listLength} people. Take somebody off it first.`,
} as const;

/** One entry of a list. `said` is '' where whom they meant was erased since. */
export interface AvoidedEntry {
  readonly id: string;
  readonly said: string;
  readonly at: Date;
}

const addButton = does('Add somebody', { kind: 'membership.open-avoid' });

/** For the eyes of the one whose list it is. */
export function avoidedPage(avoided: readonly AvoidedEntry[], zone: string): Page {
  return {
    heading: 'Whom you do not want to meet',
    body: [
      paragraph('We never match you with these people, and never them with you. Only you can see this list.'),
      ...(avoided.length === 0 ? [paragraph('There is nobody on it.')] : []),
    ],
    cards: [...avoided.map((entry) => entryCard(entry, zone)), adding()],
  };
}

function entryCard({ id, said, at }: AvoidedEntry, zone: string): Message {
  const text = `Added at ${datedWords(at, zone)}.`;
  return {
    summary: text,
    heading: said === '' ? 'Somebody whose data was erased' : said,
    body: [paragraph(text)],
    buttons: [does('Take off the list', { kind: 'membership.stop-avoiding', entry: id })],
  };
}

function adding(): Message {
  const text = 'You can add somebody at any time, also somebody who is not in the network yet.';
  return { summary: text, heading: 'Add somebody', body: [paragraph(text)], buttons: [addButton] };
}

export function avoidForm(): Form {
  return {
    heading: 'Add somebody to your list',
    body: [
      paragraph(
        'We never match the two of you. If you have a match with them now, it ends. Nobody else can see this, and they are not told why.',
      ),
    ],
    fields: [
      {
        ...question(
          'who',
          'Whom do you not want to be matched with?',
          'Enter their work email address. You can enter the full name of somebody you were matched with or can find.',
        ),
        kind: 'line',
        maxLength: whoLength,
      },
    ],
    submitLabel: 'Add to my list',
    completes: { kind: 'membership.avoid' },
    openedBy: { kind: 'membership.open-avoid' },
  };
}

/** The same whoever it is, and whether or not they are in the network. It names nobody: it may stand in a chat. */
export function avoided(): Message {
  const text =
    'We have added them to your list. We never match the two of you. If you have a match with them now, it ends.';
  return {
    summary: text,
    heading: 'Your list is saved',
    body: [paragraph(text)],
    buttons: [does('See your list', { kind: 'membership.avoiding' }), addButton],
  };
}

export function avoidedNoMore(): Message {
  const text = 'We have taken them off your list.';
  return {
    summary: text,
    heading: 'Your list is saved',
    body: [paragraph(text)],
    buttons: [does('See your list', { kind: 'membership.avoiding' })],
  };
}
