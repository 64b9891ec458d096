import { type Form, type Option, question } from '../messages/form.ts';
import { type Block, does, type Message, type Page, paragraph } from '../messages/message.ts';
import { together } from '../messages/together.ts';
import type { NamedPrompt } from './model.ts';

/** Who can read an answer beside its writer, as it is now. */
export type Audience =
  | { readonly kind: 'nobody' }
  /** The others of one match who are still in the network; none of them left is nobody. */
  | { readonly kind: 'match'; readonly names: readonly string[] }
  /** The name of the cohort; '' for one that is gone. */
  | { readonly kind: 'cohort'; readonly name: string }
  | { readonly kind: 'network' };

export const refusals = {
  signInToShare: 'Sign in to choose who can read it. A link in an email can be opened by anyone who has it.',
  signInToReadShared: 'Sign in to read what others shared. A link in an email can be opened by anyone who has it.',
} as const;

export const problems = {
  audience: 'Select who can read it.',
  matchGone: 'You cannot share with that match any more. Close this and open it again.',
  cohortGone: 'You are not in that cohort any more. Close this and open it again.',
} as const;

/** As one label says it: 'Only you', say. */
export function readersOf(audience: Audience): string {
  switch (audience.kind) {
    case 'nobody':
      return 'Only you';
    case 'match':
      return audience.names.length === 0
        ? 'Only you: your match has left the network'
        : `You and ${together(audience.names)}`;
    case 'cohort':
      return audience.name === '' ? 'Only you: the cohort is gone' : `You and the cohort ${audience.name}`;
    case 'network':
      return 'You, and the network without your name';
  }
}

/** Said where an answer is written. */
export function privacyOf(audience: Audience): string {
  if (!isRead(audience)) return 'Only you can read this.';
  return `${alsoReads(audience)} They see your answer as you change it, and not what you try.`;
}

/** Said where an answer is kept. */
export function alsoReads(audience: Audience): string {
  switch (audience.kind) {
    case 'match':
      return isRead(audience) ? `${together(audience.names)} can read it too.` : 'Only you can read it.';
    case 'cohort':
      return isRead(audience) ? `The cohort ${audience.name} can read it too.` : 'Only you can read it.';
    case 'network':
      return 'It may stand in a monthly digest, without your name.';
    case 'nobody':
      return 'Only you can read it.';
  }
}

function isRead(audience: Audience): boolean {
  if (audience.kind === 'match') return audience.names.length > 0;
  return audience.kind === 'cohort' ? audience.name !== '' : audience.kind === 'network';
}

/** One choice of the form: its value, and the readers it stands for. */
export interface Choice {
  readonly value: string;
  readonly audience: Audience;
}

/** @param now the value of the choice that holds now */
export function shareForm(sent: NamedPrompt, answer: string, choices: readonly Choice[], now: string): Form {
  return {
    heading: 'Who can read it',
    body: [
      paragraph('Others would read this question and this answer. We never share your action or how it went.'),
      { kind: 'quote', text: sent.wording },
      { kind: 'quote', text: answer },
      { kind: 'list', items: choices.flatMap(({ audience }) => consequence(audience)) },
    ],
    fields: [
      {
        ...question('with', 'Who can read your answer?', 'You can change this at any time.'),
        kind: 'choice',
        value: now,
        options: choices.map(optionOf),
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'reflections.share', prompt: sent.id },
    openedBy: { kind: 'reflections.open-share', prompt: sent.id },
  };
}

function optionOf({ value, audience }: Choice): Option {
  return { value, label: labelOf(audience) };
}

function labelOf(audience: Audience): string {
  switch (audience.kind) {
    case 'nobody':
      return 'Only me';
    case 'match':
      return `My match, with my name: ${together(audience.names)}`;
    case 'cohort':
      return `My cohort, with my name: ${audience.name}`;
    case 'network':
      return 'The network, without my name';
  }
}

function consequence(audience: Audience): readonly string[] {
  switch (audience.kind) {
    case 'nobody':
      return [];
    case 'match':
      return ['Your match is told that you shared something with them, and reads it on their own page.'];
    case 'cohort':
      return [
        'Your cohort is everybody in it now. Conveners decide who that is, and can be in it themselves.',
        'Whoever comes into it later does not see what you share today.',
      ];
    case 'network':
      return [
        'For the network, it appears in the next monthly digest if enough people shared.',
        'Even without your name, your words may show who you are. Look for names of people, councils and places.',
      ];
  }
}

/** Says who can read it from now on, and nothing of what it says. */
export function shared(sent: NamedPrompt, audience: Audience): Message {
  const summary =
    audience.kind === 'nobody'
      ? 'Only you can read your reflection now.'
      : `We have saved your choice. ${alsoReads(audience)}`;
  const isOpen = audience.kind !== 'nobody';
  return {
    summary,
    heading: isOpen ? 'Shared' : 'Not shared',
    body: [
      paragraph(summary),
      paragraph(sent.topic),
      ...(audience.kind === 'network' ? [paragraph('It appears in the next digest if enough people shared.')] : []),
      ...(isOpen ? [paragraph('You can take it back at any time.')] : []),
    ],
    buttons: [
      does(isOpen ? 'Change who can read it' : 'Share', { kind: 'reflections.open-share', prompt: sent.id }),
      does('Read your journal', { kind: 'reflections.journal' }),
    ],
  };
}

/** To the other of a match, who reads the text on a page. */
export function sharedWithYou(name: string): Message {
  const summary = `${name} shared a reflection with you.`;
  return {
    summary,
    heading: 'A reflection for you',
    body: [paragraph(summary), paragraph('Treat it as said in confidence.')],
    buttons: [does('Read it', { kind: 'reflections.shared' }, 'main')],
  };
}

/** What somebody else shared, for one reader. */
export interface SharedEntry {
  readonly name: string;
  /** Their role and council. */
  readonly position: string;
  readonly through: 'match' | 'cohort';
  /** Such as 'March 2027'. */
  readonly month: string;
  readonly topic: string;
  readonly wording: string;
  /** Another member's private text, shared: for a page, never for a message. */
  readonly answer: string;
}

/** @param next where the rest begins; `undefined` where this is all */
export function sharedPage(entries: readonly SharedEntry[], next: number | undefined): Page {
  const none = 'Nobody has shared a reflection with you yet.';
  const some = 'People of your matches and your cohort shared these with you. Treat them as said in confidence.';
  const later: readonly Message[] = next === undefined ? [] : [moreShared(next)];
  return {
    heading: 'What others have shared',
    body: [paragraph(entries.length === 0 ? none : some)],
    cards: [...entries.map(sharedCard), ...later, toDigest()],
  };
}

function sharedCard({ name, position, through, month, topic, wording, answer }: SharedEntry): Message {
  const why = { match: 'Shared with you as their match', cohort: 'Shared with your cohort' }[through];
  return {
    summary: `${name} shared a reflection about ${topic}.`,
    heading: `${name}: ${topic}`,
    body: [paragraph(`${position}. ${why} in ${month}.`), paragraph(wording), ...quotes(answer)],
    buttons: [],
  };
}

/** A text by its paragraphs. */
export function quotes(text: string): readonly Block[] {
  const parts = text.split(/\n{2,}/).filter((part) => part.trim() !== '');
  return parts.map((part): Block => ({ kind: 'quote', text: part.trim() }));
}

function moreShared(from: number): Message {
  const summary = 'There is more that others have shared.';
  return {
    summary,
    heading: 'There is more',
    body: [paragraph(summary)],
    buttons: [does('Show more', { kind: 'reflections.shared-from', from })],
  };
}

function toDigest(): Message {
  const summary = 'What members shared with the network without their name stands in the monthly digest.';
  return {
    summary,
    heading: 'The network’s digest',
    body: [paragraph(summary)],
    buttons: [does('Read the latest digest', { kind: 'digests.latest' })],
  };
}
