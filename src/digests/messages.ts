import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { monthWords } from '../time/words.ts';
import { keyOf, type ThemeId, type Told } from './rules.ts';

export const refusals = {
  signInToRead: 'Sign in to read what others shared. A link in an email can be opened by anyone who has it.',
  noSuchMonth: 'There is no digest for that month.',
} as const;

export interface ToldTheme extends ThemeId, Told {
  readonly name: string;
}

/** What somebody shared without their name, and what they were asked. Private text: for a page, never for a message. */
export interface SharedText {
  readonly wording: string;
  readonly text: string;
}

export interface ShownTheme extends ToldTheme {
  /** How many shared answers can be read. */
  readonly shared: number;
}

/** Counts are lower ends of steps: the words say so. */
function countWords({ people, councils }: Told): string {
  return `${people} or more people, from ${councils} or more councils`;
}

/**
 * Told to everybody: themes and counts, and none of what was shared.
 *
 * @param canRead whether enough was shared that any of it can be read
 */
export function digest(month: string, themes: readonly ToldTheme[], canRead: boolean): Message {
  const when = monthWords(month);
  return {
    summary: `What the network reflected on in ${when}.`,
    heading: `What the network reflected on in ${when}`,
    body: [
      facts(...themes.map((theme) => [theme.name, countWords(theme)] as const)),
      ...(canRead ? [paragraph('Some people shared what they wrote, without their names. You can read it.')] : []),
    ],
    buttons: [does('Read the digest', { kind: 'digests.month', month }, 'main')],
  };
}

/** @param before the month of the digest before this one */
export function digestPage(month: string, themes: readonly ShownTheme[], before: string | undefined): Page {
  const earlier: Message = {
    summary: 'The digest before this one.',
    heading: 'Earlier',
    body: [],
    buttons: before === undefined ? [] : [does(monthWords(before), { kind: 'digests.month', month: before })],
  };
  return {
    heading: `Digest for ${monthWords(month)}`,
    body: [paragraph('We tell of a theme only when enough people from enough councils wrote on it.')],
    cards: [...themes.map((theme) => themeCard(month, theme)), ...(before === undefined ? [] : [earlier])],
  };
}

function themeCard(month: string, theme: ShownTheme): Message {
  const text = `${countWords(theme)} wrote on this theme.`;
  const read = does('Read what was shared', { kind: 'digests.theme', month, theme: keyOf(theme), from: 0 });
  return {
    summary: `${theme.name}: ${text}`,
    heading: theme.name,
    body: [paragraph(text)],
    buttons: theme.shared === 0 ? [] : [read],
  };
}

/**
 * @param next the number of the first one that has no room here
 * @param mayHost whether they can take the theme into a conversation
 */
export function themePage(
  { month, theme, name }: { readonly month: string; readonly theme: string; readonly name: string },
  texts: readonly SharedText[],
  next: number | undefined,
  mayHost: boolean,
): Page {
  const rules = 'This was shared without a name. Do not try to find out whose it is, or pass it on.';
  const none = 'Nothing is shared here now. People can take back what they shared.';
  const more: Message = {
    summary: 'More of what was shared.',
    heading: 'More',
    body: [],
    buttons: next === undefined ? [] : [does('Read more', { kind: 'digests.theme', month, theme, from: next })],
  };
  return {
    heading: `${name}, ${monthWords(month)}`,
    body: [paragraph(texts.length === 0 ? none : rules)],
    cards: [
      ...texts.map(sharedCard),
      ...(next === undefined ? [] : [more]),
      ...(mayHost && texts.length > 0 ? [hosting(theme)] : []),
    ],
  };
}

/** The way from what people wrote to a conversation on it: with the theme alone, and none of their words. */
function hosting(theme: string): Message {
  const summary = 'You could host a conversation on this theme. What people wrote stays here.';
  return {
    summary,
    heading: 'Talk about it',
    body: [paragraph(summary)],
    buttons: [does('Host a conversation on this', { kind: 'proposals.open', topic: '', follows: '', theme })],
  };
}

function sharedCard({ wording, text }: SharedText): Message {
  return { summary: wording, heading: wording, body: [{ kind: 'quote', text }], buttons: [] };
}

export function noDigest(): Page {
  return {
    heading: 'Digest',
    body: [
      paragraph('There is no digest yet.'),
      paragraph('We send one each month once enough people from enough councils have written on a theme.'),
    ],
    cards: [],
  };
}
