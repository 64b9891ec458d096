import { type Block, type Button, facts, type Message, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { type Correspondent, writingTo } from '../../network/writing-to.ts';
import { askedWords } from '../asking/wish-messages.ts';
import { endingWords, meetingButtons, type Stand, seeMatchButton } from '../matches/buttons.ts';
import type { Starter } from './starter.ts';

/** One whom a member is introduced to. */
export interface Introduced extends Correspondent {
  readonly role: string;
  readonly council: string;
}

/** What is said of a match to one of its people. */
export interface Introduction extends Omit<Stand, 'meetsLater'> {
  readonly matchId: string;
  /** One at least. */
  readonly others: readonly Introduced[];
  /** Why they were brought together, in sentences. */
  readonly why: readonly string[];
  readonly starter: Starter;
  /** What the reader asked for and we could not do, in parts, as they stand after "you asked for"; empty for nothing. */
  readonly unmet: readonly string[];
  /** Whether the reader has answered that they did not meet. */
  readonly saidNotMet: boolean;
  /** About the times when they could meet. */
  readonly times: TimesShown;
}

export interface TimesShown {
  readonly body: readonly Block[];
  /** The next step first. */
  readonly buttons: readonly Button[];
  /**
   * Whether all have agreed to a time, and whether that has begun; or are asked about one; `own` where the reader has a date that
   * we do not know, and `no-more` where nobody can be asked about one now.
   */
  readonly date: 'none' | 'asked' | 'own' | 'ahead' | 'begun' | 'no-more';
}

function namesOf(people: readonly { readonly name: string }[]): string {
  return together(people.map(({ name }) => name));
}

function described({ name, role, council }: Introduced): string {
  return `${name}, ${role} at ${council}`;
}

/** Of several the names would be longer than a heading may be; they stand below it. */
function headingOf(others: Introduction['others']): string {
  return others.length === 1 ? `Meet ${namesOf(others)}` : 'Meet your group';
}

/** To one of a match, about the others. Members agree to this when they join: the welcome says so. */
export function introduction(shown: Introduction): Message {
  const { others, times, matchId, saidNotMet } = shown;
  // Where the times are no next step, what they say of the match is.
  const isNext = !saidNotMet && (times.date === 'begun' || times.date === 'own' || times.buttons.length === 0);
  const stand = { ...shown, meetsLater: times.date === 'ahead' };
  const ending = endingWords(
    stand,
    others.map(({ name }) => name),
  );
  return {
    summary: `We would like to introduce you to ${together(others.map(described))}.`,
    heading: headingOf(others),
    body: [...about(shown), ...unmetWords(shown), ...whenTheyMeet(shown), ...ending.map(paragraph)],
    buttons: [
      ...(isOfUse(shown) ? times.buttons : []),
      ...writingToAll(others),
      ...meetingButtons(matchId, stand, isNext),
    ],
  };
}

/** Who have met are told of a next date alone, once one of them has suggested it. */
function isOfUse({ state, times: { date } }: Introduction): boolean {
  return state !== 'met' || date === 'ahead' || date === 'asked';
}

function whenTheyMeet(shown: Introduction): readonly Block[] {
  const { others, times, state, saidNotMet } = shown;
  if (state === 'met') return [paragraph('You have said that you met.'), ...(isOfUse(shown) ? times.body : [])];
  if (times.date === 'ahead' || times.date === 'begun' || times.date === 'no-more') return times.body;
  if (saidNotMet) return [...times.body, paragraph('You have said that you did not meet.')];
  const sent = `We have sent ${others.length === 1 ? 'them' : 'each of them'} your name, role, council and email too.`;
  const next = state === 'dated' ? 'You have said that you have a date.' : 'Write to each other to find half an hour.';
  return [...times.body, paragraph(`${next} ${sent}`)];
}

function unmetWords({ unmet }: Introduction): readonly Block[] {
  return unmet.length === 0 ? [] : [paragraph(`${askedWords(unmet)} We could not do that this time.`)];
}

/** The same by e-mail, for those who share no place to chat. */
export function emailIntroduction(shown: Introduction): Message {
  const { others } = shown;
  return {
    summary: `We would like to introduce you to ${together(others.map(described))}, by email.`,
    heading: headingOf(others),
    body: [
      paragraph('You are in different places online, so you can write to each other by email.'),
      ...about(shown),
      ...unmetWords(shown),
      paragraph('Write to each other to find half an hour. What you write goes to them and not through us.'),
    ],
    buttons: [...writingToAll(others.map((other) => ({ ...other, isOnTeams: false }))), seeMatchButton],
  };
}

function about({ others, why, starter }: Introduction): readonly Block[] {
  const who = others.map(({ name, role, council, email }) =>
    facts(['Name', name], ['Role', role], ['Council', council], ['Email', email]),
  );
  return [...who, ...whyBlocks(others.length + 1, why), ...opening(starter)];
}

const counts = ['', '', 'two', 'three', 'four'];

/** @param count of the people in the match */
function whyBlocks(count: number, why: readonly string[]): readonly Block[] {
  const items = why.length === 0 ? ['We match people from different councils.'] : why;
  return [paragraph(`Why you ${counts[count] ?? 'all'}:`), { kind: 'list', items }];
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
    heading: people.length > 2 ? 'Meet your group' : 'Meet each other',
    body: [
      paragraph('We have put you in this group because you are matched this time.'),
      ...people.map(({ name, role, council }) => facts(['Name', name], ['Role', role], ['Council', council])),
      ...whyBlocks(people.length, why),
      ...opening(starter),
      paragraph('Say hello here, and find half an hour to talk.'),
    ],
    buttons: [seeMatchButton],
  };
}
