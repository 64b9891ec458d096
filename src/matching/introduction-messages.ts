import { type Block, type Button, does, facts, type Message, paragraph } from '../messages/message.ts';
import { type Correspondent, writingTo } from '../network/writing-to.ts';
import { meetingButtons } from './match-buttons.ts';
import type { MatchState } from './model.ts';
import type { Starter } from './starter.ts';

/** One whom a member is introduced to. */
export interface Introduced extends Correspondent {
  readonly role: string;
  readonly council: string;
}

/** What is said of a match to one of its people. */
export interface Introduction {
  readonly matchId: string;
  /** One at least. */
  readonly others: readonly Introduced[];
  /** Why they were brought together, in sentences. */
  readonly why: readonly string[];
  readonly starter: Starter;
  /** How the reader stands to it. */
  readonly state: MatchState;
  /** About the times when they could meet. */
  readonly times: TimesShown;
}

export interface TimesShown {
  readonly body: readonly Block[];
  readonly buttons: readonly Button[];
}

const together = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function namesOf(people: readonly { readonly name: string }[]): string {
  return together.format(people.map(({ name }) => name));
}

function described({ name, role, council }: Introduced): string {
  return `${name}, ${role} at ${council}`;
}

/** Of several the names would be longer than a heading may be; they stand below it. */
function headingOf(others: Introduction['others']): string {
  return others.length === 1 ? `Meet ${namesOf(others)}` : 'Meet each other';
}

/** To one of a match, about the others. Members agree to this when they join: the welcome says so. */
export function introduction(shown: Introduction): Message {
  const { others, times, matchId, state } = shown;
  const hasMet = state === 'met';
  const find = 'Write to each other to find half an hour.';
  const sent = `We have sent ${others.length === 1 ? 'them' : 'each of them'} your name, role, council and email too.`;
  return {
    summary: `We would like to introduce you to ${together.format(others.map(described))}.`,
    heading: headingOf(others),
    body: [
      ...about(shown),
      ...(hasMet ? [] : times.body),
      paragraph(hasMet ? 'You have said that you met.' : `${find} ${sent}`),
    ],
    buttons: [...writingToAll(others), ...(hasMet ? [] : times.buttons), ...meetingButtons(matchId, state)],
  };
}

/** The same by e-mail, for those who share no place to chat. */
export function emailIntroduction(shown: Introduction): Message {
  const { others } = shown;
  return {
    summary: `We would like to introduce you to ${together.format(others.map(described))}, by email.`,
    heading: headingOf(others),
    body: [
      paragraph('You are in different places online, so email is where you can all write to each other.'),
      ...about(shown),
      paragraph('Write to each other to find half an hour. What you write goes to them and not through us.'),
    ],
    buttons: [...writingToAll(others.map((other) => ({ ...other, isOnTeams: false }))), seeMatch],
  };
}

/** Only they themselves see what it opens. */
const seeMatch: Button = does('See your match', { kind: 'matching.current' });

function about({ others, why, starter }: Introduction): readonly Block[] {
  const [first] = others;
  const who =
    first !== undefined && others.length === 1
      ? facts(['Name', first.name], ['Role', first.role], ['Council', first.council], ['Email', first.email])
      : facts(...others.map(({ name, role, council, email }) => [name, `${role}, ${council}, ${email}`] as const));
  return [who, ...whyBlocks(others.length === 1 ? 'Why you two:' : 'Why you:', why), ...opening(starter)];
}

function whyBlocks(label: string, why: readonly string[]): readonly Block[] {
  const items = why.length === 0 ? ['You lead in different councils.'] : why;
  return [paragraph(label), { kind: 'list', items }];
}

function opening({ question }: Starter): readonly Block[] {
  return question === '' ? [] : [paragraph('A question you could start with:'), { kind: 'quote', text: question }];
}

/** How many characters of addresses go into one link: mail programs cut or refuse links of 2,000 and more. */
const longestAddresses = 1_800;

/** One e-mail to all of them at once, where they are several. */
function writingToAll(others: readonly Introduced[]): readonly Button[] {
  const [first] = others;
  if (first !== undefined && others.length === 1) return writingTo(first);
  const addresses = others.map(({ email }) => email).join(',');
  // They stand on the card, to be copied.
  if (addresses.length > longestAddresses) return [];
  const chats = others.flatMap((other) => writingTo(other).filter(({ kind }) => kind === 'chats'));
  return [{ kind: 'opens', label: 'Email all of them', url: `mailto:${addresses}` }, ...chats];
}

/**
 * To everyone of a match at once, in a group of their own. What one of them answers is not for the others to see, so it
 * is asked elsewhere.
 */
export function groupIntroduction(
  people: readonly Pick<Introduced, 'name' | 'role' | 'council'>[],
  why: readonly string[],
  starter: Starter,
): Message {
  return {
    summary: `We would like to introduce you to each other: ${namesOf(people)}.`,
    heading: 'Meet each other',
    body: [
      paragraph('We have put you in this group because you are matched this time.'),
      facts(...people.map(({ name, role, council }) => [name, `${role}, ${council}`] as const)),
      ...whyBlocks('Why you:', why),
      ...opening(starter),
      paragraph('Say hello here, and find half an hour to talk.'),
    ],
    buttons: [seeMatch],
  };
}
