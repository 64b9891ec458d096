import type { Form, Option } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Block, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { permissionOptions } from '../network/permission-words.ts';
import { datedWords } from '../time/words.ts';
import { levelOptions } from './form-messages.ts';
import { lengths } from './model.ts';
import type { Plea } from './plea.ts';

/** The answer of a form for no cohort: a choice must have a value. */
export const noCohort = 'none';

/** Somebody's request, as conveners are shown it. */
export interface Asking extends Plea {
  readonly id: string;
  /** Whether their platform vouches for that address. */
  readonly emailVerified: boolean;
  readonly requestedAt: Date;
}

function described(asking: Asking): Block {
  const level = levelOptions.find(({ value }) => value === asking.level)?.label ?? asking.level;
  return facts(
    ['Name', asking.name],
    ['Council', asking.council],
    ['Job title', asking.role],
    ['Level', level],
    ['Email', asking.email],
  );
}

function vouched({ emailVerified }: Asking): Block {
  return paragraph(
    emailVerified
      ? 'Their workspace confirms this email address.'
      : 'Nobody confirms this email address. Check that it is theirs before you approve.',
  );
}

function decideButtons({ id }: Asking) {
  return [
    does('Approve', { kind: 'joining.open-approval', request: id }, 'main'),
    does('Refuse', { kind: 'joining.open-refusal', request: id }),
  ];
}

/** To each convener. Their note is for the page, which only one person sees. */
export function requested(asking: Asking): Message {
  const text = `${asking.name} asks to join the network.`;
  const hasNote = asking.note === '' ? [] : [paragraph('They wrote a note. Select See requests to read it.')];
  return {
    summary: text,
    heading: 'Somebody asks to join',
    body: [described(asking), vouched(asking), ...hasNote],
    buttons: [...decideButtons(asking), does('See requests', { kind: 'joining.requests' })],
  };
}

/** How many a page shows. */
const shown = 20;

/**
 * @param all those that wait, the oldest first
 * @param zone the convener's
 * @param isPrivate whether only they read it: the notes are left out elsewhere
 */
export function requestsPage(all: readonly Asking[], zone: string, isPrivate: boolean): Page {
  const some = all.length > shown ? `These are the oldest ${shown} of ${all.length}.` : 'They wait for an answer.';
  return {
    heading: 'Requests to join',
    body: [paragraph(all.length === 0 ? 'Nobody waits for an answer.' : some)],
    cards: all.slice(0, shown).map((asking) => card(asking, zone, isPrivate)),
  };
}

function card(asking: Asking, zone: string, isPrivate: boolean): Message {
  const hasNote = isPrivate && asking.note !== '';
  return {
    summary: `${asking.name} asks to join the network.`,
    heading: asking.name,
    body: [
      described(asking),
      vouched(asking),
      ...(hasNote ? [{ kind: 'quote', text: asking.note } as const] : []),
      paragraph(`Asked at ${datedWords(asking.requestedAt, zone)}.`),
    ],
    buttons: decideButtons(asking),
  };
}

export interface Approving {
  readonly asking: Asking;
  /** As the network knows it, else as they wrote it. */
  readonly council: string;
  readonly isKnown: boolean;
  readonly cohorts: readonly Option[];
  /** A mark of whom it shows. */
  readonly shown: string;
}

export function approvalForm({ asking, council, isKnown, cohorts, shown }: Approving): Form {
  const hint = isKnown
    ? 'Its name is on the network’s list.'
    : 'We do not know this council. Choose one we know, or write “new:” before its name to add it.';
  return {
    heading: 'Approve a request',
    body: [
      described(asking),
      vouched(asking),
      paragraph('They go on the network’s list, and are told that they can join. Joining stays their choice.'),
    ],
    fields: [
      { ...question('council', 'Council', hint), value: council, kind: 'line', maxLength: lengths.line },
      { ...question('role', 'Job title'), value: asking.role, kind: 'line', maxLength: lengths.line },
      { ...question('level', 'Level'), value: asking.level, kind: 'choice', options: levelOptions },
      {
        ...question('cohort', 'Cohort'),
        value: noCohort,
        kind: 'choice',
        options: [{ value: noCohort, label: 'None' }, ...cohorts],
      },
      { ...question('permission', 'What they may do'), value: 'member', kind: 'choice', options: permissionOptions },
    ],
    submitLabel: 'Approve',
    completes: { kind: 'joining.approve', request: asking.id, shown },
    openedBy: { kind: 'joining.open-approval', request: asking.id },
  };
}

export function refusalForm(asking: Asking): Form {
  return {
    heading: 'Refuse a request',
    body: [
      described(asking),
      paragraph('We tell them that they cannot join now, and your reason. We do not name you.'),
    ],
    fields: [
      {
        ...question('reason', 'Reason', 'The person reads it as you write it.'),
        kind: 'text',
        maxLength: lengths.reason,
      },
    ],
    submitLabel: 'Refuse',
    completes: { kind: 'joining.refuse', request: asking.id },
    openedBy: { kind: 'joining.open-refusal', request: asking.id },
  };
}

/** To the convener. */
export function approved({ name }: Pick<Asking, 'name'>): Message {
  return done('Approved', `${name} is on the network’s list. We have told them that they can join.`);
}

/** @param isTold whether there is a place to tell them */
export function turnedDown({ name }: Pick<Asking, 'name'>, isTold: boolean): Message {
  const told = `We have told ${name} that they cannot join now, and why.`;
  return done(
    'Refused',
    isTold ? told : `${name} cannot join now. We have no way to tell them: write to them yourself.`,
  );
}

function done(heading: string, text: string): Message {
  return {
    summary: text,
    heading,
    body: [paragraph(text)],
    buttons: [does('See requests', { kind: 'joining.requests' })],
  };
}

export interface Decided {
  readonly kind: 'approved' | 'refused';
  readonly at: Date;
  /** '' for somebody who was erased. */
  readonly by: string;
}

/** To a convener who comes second. @param zone theirs */
export function decidedAlready({ kind, at, by }: Decided, zone: string): string {
  const who = by === '' ? 'Another convener' : by;
  return `${who} ${kind} this request at ${datedWords(at, zone)}.`;
}

export const requestGone = 'This request is no longer there. They have taken it back, or have come in another way.';

export const changedSince =
  'They have changed their request since you opened it. Nobody was approved. Open it again to see what it says now.';

/** The address is somebody's on the roster already: nobody is let into their membership by typing it. */
export function onRosterAlready(name: string): string {
  return `${name} is on the network’s list with this email address. If this is the same person, tell them to connect this account with a code from where they are known. If not, refuse the request.`;
}

/** Where a guest has the address that whoever asks only typed. */
export function isGuest(name: string): string {
  return `${name} hosts a conversation as a guest with this email address, and nobody confirmed that this account is theirs. If it is the same person, put them on the list of people who may join. If not, refuse the request.`;
}

/** The same, where whoever is on the roster only typed it: it may be the address of whoever asks now. */
export function onRosterUnconfirmed(name: string): string {
  return `${name} is on the network’s list with this email address, but nobody confirmed that it is theirs. Find out whose it is. If this is the same person, tell them to connect this account with a code from where they are known. If it is not ${name}’s address, ask whoever runs the network to erase that entry, and then approve this request.`;
}
