import { does, type Message, type Page, paragraph } from '../messages/message.ts';
import { certificateWords } from './certificate-words.ts';
import { leftOutWords } from './left-out-words.ts';
import type { LeftOutReason, StoredVerdict } from './model.ts';
import { figureFacts, type QualityFigure } from './quality-words.ts';

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
  /** They wanted to publish what they looked at, and it is another by now. */
  readonly hasChanged: boolean;
  /** What names this very plan. */
  readonly fingerprint: string;
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

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });

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

function whenWords({ number, when, byHand, isWaiting }: ShownNext): string {
  if (when === '') return 'No round is planned.';
  if (isWaiting) return `Round ${number} was due at ${when}. It waits to be published.`;
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

function whole({ people, sizes, sittingOut, verdict, isWaiting, fingerprint }: ShownNext): Message {
  const out = sittingOut === 0 ? '' : ` ${sittingOut === 1 ? '1 more sits' : `${sittingOut} more sit`} it out.`;
  const text = `${people === 1 ? '1 person takes' : `${people} people take`} part, in ${sizesWords(sizes)}.${out}`;
  return {
    summary: text,
    heading: 'Who meets whom',
    body: [paragraph(text), paragraph(certificateWords(verdict, Math.max(...sizes) > 2))],
    buttons: [
      does('See who meets whom', { kind: 'matching.groups', after: '0' }, isWaiting ? 'plain' : 'main'),
      ...(isWaiting ? [does('Publish this round', { kind: 'matching.publish', plan: fingerprint }, 'main')] : []),
    ],
  };
}

const sizeNames = [
  [2, 'pair', 'pairs'],
  [3, 'group of three', 'groups of three'],
  [4, 'group of four', 'groups of four'],
] as const;

/** @example sizesWords([2, 2, 3]) // '2 pairs and 1 group of three' */
function sizesWords(sizes: readonly number[]): string {
  const parts = sizeNames.flatMap(([size, one, several]) => {
    const count = sizes.filter((other) => other === size).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  return names.format(parts);
}

function quality({ figures }: ShownNext): Message {
  return {
    summary: 'How good the next round would be.',
    heading: 'How good it is',
    body: figureFacts(figures, 'last round'),
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
      paragraph(`${text} They come first in the round after it.${more}`),
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
  readonly isFixed: boolean;
}

export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly council: string;
}

/** @param before how many groups come before the first of these */
export function groupsPage(shown: readonly ShownGroup[], before: number, all: number): Page {
  const text =
    all === 0
      ? 'Nobody would meet.'
      : `These are ${before + 1} to ${before + shown.length} of ${all}. Those that fit least come first.`;
  return {
    heading: 'Who meets whom',
    body: [paragraph(`${text} Nothing has been sent.`)],
    cards: [...shown.map(groupCard), more(before + shown.length, all)],
  };
}

function groupCard({ people, why, isFixed }: ShownGroup): Message {
  const together = names.format(people.map(({ name }) => name));
  const [first, second, third, fourth] = people.map(({ id }) => id);
  const who = { first: first ?? '', second: second ?? '', third: third ?? '', fourth: fourth ?? '' };
  return {
    summary: `${together} would meet.`,
    heading: together,
    body: [
      { kind: 'list', items: people.map(({ name, role, council }) => `${name}, ${role}, ${council}`) },
      ...(isFixed ? [paragraph('A convener fixed this.')] : []),
      ...(why.length === 0 ? [] : [paragraph('Why they would meet:'), { kind: 'list' as const, items: why }]),
    ],
    buttons: isFixed
      ? []
      : [
          does('Keep this', { kind: 'matching.lock', how: 'together', ...who }),
          does('Keep them apart', { kind: 'matching.lock', how: 'apart', ...who }),
        ],
  };
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
