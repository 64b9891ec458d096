import { does, type Message, type Page, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { certificateWords } from '../figures/certificate-words.ts';
import { leftOutWords } from '../figures/left-out-words.ts';
import { figureFacts, type QualityFigure } from '../figures/quality-words.ts';
import { sizesWords } from '../figures/sizes-words.ts';
import type { LeftOutReason, StoredVerdict } from '../model.ts';

/** How many people who are left out, and groups, a page shows. Slack takes 100 blocks in a window. */
export const leftOutShown = 20;
export const groupsShown = 12;

export interface ShownLeftOut {
  readonly name: string;
  readonly council: string;
  readonly reason: LeftOutReason;
}

/** The next round as it would be now. */
export interface ShownNext {
  readonly number: number;
  /** Such as '10am on Tuesday 2 March'; '' where none is planned. */
  readonly when: string;
  readonly byHand: boolean;
  /** Whether it is due, and a convener can publish it. */
  readonly isWaiting: boolean;
  /** When it publishes itself while it waits, such as '10am on Monday 15 March'; '' where it does not wait. */
  readonly last: string;
  /** They wanted to publish what they looked at, and it is another by now. */
  readonly hasChanged: boolean;
  /** What names this very plan. */
  readonly outcome: string;
  readonly people: number;
  /** How many people are in each group. */
  readonly sizes: readonly number[];
  /** How many more would take part, and sit it out. */
  readonly sittingOut: number;
  readonly verdict: StoredVerdict;
  readonly figures: readonly QualityFigure[];
  /** The first of them. */
  readonly leftOut: readonly ShownLeftOut[];
  readonly allLeftOut: number;
  /** How many groups, and people apart, conveners fixed. */
  readonly fixed: number;
}

const console = does('Back to the conveners’ page', { kind: 'convening.console' });

export function nextPage(next: ShownNext): Page {
  const isEmpty = next.sizes.length === 0;
  return {
    heading: 'The next round',
    body: [
      paragraph(whenWords(next)),
      ...(next.hasChanged
        ? [paragraph('Something has changed since you looked, so we published nothing. Look at the round again.')]
        : []),
      paragraph('Nothing has been sent. This is how it would be now, and it changes as people do.'),
    ],
    cards: [
      ...(isEmpty ? [nobody(next)] : [whole(next), quality(next)]),
      ...(next.allLeftOut === 0 ? [] : [leftOut(next)]),
      changing(next),
      onwards(),
    ],
  };
}

function whenWords({ number, when, byHand, isWaiting, last }: ShownNext): string {
  if (when === '') return 'No round is planned.';
  if (isWaiting)
    return `Round ${number} was due at ${when}. It waits to be published, and publishes itself at ${last}.`;
  return byHand
    ? `Round ${number} is due at ${when}. A convener can publish it from then on.`
    : `Round ${number} is at ${when}. It publishes itself.`;
}

function nobody({ people }: ShownNext): Message {
  const text =
    people === 0
      ? 'Nobody takes part in the next round now.'
      : `${people === 1 ? '1 person takes' : `${people} people take`} part, and no two of them can meet.`;
  return { summary: text, heading: 'Nobody would meet', body: [paragraph(text)], buttons: [] };
}

function whole({ people, sizes, sittingOut, verdict, isWaiting, outcome }: ShownNext): Message {
  const meeting = sizes.reduce((sum, size) => sum + size, 0);
  const left = people - meeting;
  const text = [
    `${people} people take part.`,
    `${left === 0 ? 'All of them' : meeting} would meet, in ${sizesWords(sizes)}.`,
    ...(left === 0 ? [] : [`${left} would be left out.`]),
    ...(sittingOut === 0 ? [] : [`${sittingOut === 1 ? '1 more sits' : `${sittingOut} more sit`} it out.`]),
  ].join(' ');
  return {
    summary: text,
    heading: 'Who meets whom',
    body: [paragraph(text), paragraph(certificateWords(verdict, { hasGroups: hasGroups(sizes), leavesOut: left > 0 }))],
    buttons: [
      does('See who meets whom', { kind: 'matching.groups', after: '0' }, isWaiting ? 'plain' : 'main'),
      ...(isWaiting ? [does('Publish this round', { kind: 'matching.open-publish', plan: outcome }, 'main')] : []),
    ],
  };
}

function hasGroups(sizes: readonly number[]): boolean {
  return sizes.some((size) => size > 2);
}

function quality({ figures, sizes }: ShownNext): Message {
  return {
    summary: 'How good the next round would be.',
    heading: 'How good it is',
    body: figureFacts(figures, 'last round', hasGroups(sizes)),
    buttons: [does('What each rule costs', { kind: 'matching.costs' })],
  };
}

function leftOut({ leftOut: shown, allLeftOut }: ShownNext): Message {
  const text = allLeftOut === 1 ? '1 person would be left out.' : `${allLeftOut} people would be left out.`;
  const more = allLeftOut > shown.length ? ` These are the first ${shown.length}.` : '';
  return {
    summary: text,
    heading: 'Left out',
    body: [
      paragraph(`${text} The round after it puts them first where it can.${more}`),
      { kind: 'list', items: shown.map(({ name, council, reason }) => `${name}, ${council}: ${leftOutWords[reason]}`) },
    ],
    buttons: [],
  };
}

function changing({ fixed }: ShownNext): Message {
  const none = 'No convener has fixed who meets.';
  const count = fixed === 1 ? 'Conveners have fixed one thing.' : `Conveners have fixed ${fixed} things.`;
  const text = `${fixed === 0 ? none : count} What you change here shows at once.`;
  return {
    summary: text,
    heading: 'Change it',
    body: [paragraph(text)],
    buttons: [
      does('Put people together or apart', { kind: 'matching.open-lock' }),
      ...(fixed === 0 ? [] : [does('See what is fixed', { kind: 'matching.locks' })]),
      does('What counts in a match', { kind: 'matching.open-weights', tried: '' }),
      does('How rounds are made', { kind: 'matching.open-rules' }),
    ],
  };
}

function onwards(): Message {
  const text = 'See who met in earlier rounds.';
  return {
    summary: text,
    heading: 'Earlier rounds',
    body: [paragraph(text)],
    buttons: [does('See all rounds', { kind: 'matching.rounds' }), console],
  };
}

/** One group of the next round. */
export interface ShownGroup {
  readonly people: readonly ShownPerson[];
  readonly why: readonly string[];
  /** The id of what a convener fixed so; '' where nobody did. */
  readonly lock: string;
}

export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly council: string;
}

/**
 * @param before how many groups come before the first of these
 * @param saved what a button of this list has just done, as a sentence; '' for nothing
 */
export function groupsPage(shown: readonly ShownGroup[], before: number, all: number, saved: string): Page {
  const text =
    all === 0
      ? 'Nobody would meet.'
      : `These are ${before + 1} to ${before + shown.length} of ${all}. Those that fit least come first.`;
  return {
    heading: 'Who meets whom',
    body: [...(saved === '' ? [] : [paragraph(saved)]), paragraph(`${text} Nothing has been sent.`)],
    cards: [...shown.map((group) => groupCard(group, String(before))), more(before + shown.length, all)],
  };
}

/** @param after where the list begins that it stands in: what its buttons do leads back there */
function groupCard({ people, why, lock }: ShownGroup, after: string): Message {
  const names = together(people.map(({ name }) => name));
  const [first, second, third, fourth] = people.map(({ id }) => id);
  const who = { first: first ?? '', second: second ?? '', third: third ?? '', fourth: fourth ?? '', after };
  return {
    summary: `${names} would meet.`,
    heading: names,
    body: [
      { kind: 'list', items: people.map(({ name, role, council }) => `${name}, ${role}, ${council}`) },
      ...(lock === '' ? [] : [paragraph('A convener fixed this.')]),
      ...(why.length === 0 ? [] : [paragraph('Why they would meet:'), { kind: 'list' as const, items: why }]),
    ],
    buttons:
      lock === ''
        ? [
            does('Keep this', { kind: 'matching.lock', how: 'together', ...who }),
            does(apartWords(people.length), { kind: 'matching.lock', how: 'apart', ...who }),
          ]
        : [does('Undo', { kind: 'matching.unlock', lock })],
  };
}

/** To keep two of three apart, conveners name them. */
function apartWords(size: number): string {
  if (size === 2) return 'Keep them apart';
  return `Keep all ${size === 3 ? 'three' : 'four'} apart`;
}

function more(shown: number, all: number): Message {
  const isMore = shown < all;
  const text = isMore ? `There are ${all - shown} more.` : 'That is everybody.';
  return {
    summary: text,
    heading: isMore ? 'More' : 'The end of the list',
    body: [paragraph(text)],
    buttons: [
      ...(isMore ? [does('See more', { kind: 'matching.groups', after: String(shown) }, 'main')] : []),
      does('Back to the next round', { kind: 'matching.next' }),
    ],
  };
}
