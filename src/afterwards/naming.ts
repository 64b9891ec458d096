import { nameKey } from '../network/comparing.ts';
import { isOrdinaryWord } from './ordinary-words.ts';

/** Whom a text must not name: a person by each name they are known by, and their council. */
export interface Named {
  readonly names: readonly string[];
  readonly council: string;
}

/** Words as they are compared, one after the other. */
type Phrase = readonly string[];

/** One word of a text: as it was written, and as it may be read. */
interface Word {
  readonly written: string;
  readonly read: ReadonlySet<string>;
}

/** The shortest part of a name that is looked for by itself, in letters. */
const shortestPart = 3;

/** What says what a council is, and not which. */
const kindsOfCouncil: ReadonlySet<string> = new Set(
  `council city borough county district metropolitan unitary combined authority london royal corporation of the and
  cyngor sir dinas bwrdeistref sirol y a`.split(/\s+/),
);

/**
 * The first words of a text that name one of these people, or a council of theirs, as they stand there. Somebody is named
 * by their whole name, and by each part of it that is no ordinary word; a council by its name, and by what of it says
 * which council it is. Case, accents and the shape of an apostrophe make no difference.
 */
export function findNamed(text: string, people: readonly Named[]): string | undefined {
  const words = wordsOf(text);
  for (const phrase of people.flatMap(phrasesOf)) {
    const at = words.findIndex((_, first) => phrase.every((part, index) => words[first + index]?.read.has(part)));
    if (at !== -1)
      return words
        .slice(at, at + phrase.length)
        .map(({ written }) => written)
        .join(' ');
  }
  return undefined;
}

/** `Priya’s` is read as `priyas`, and as `priya`; `O’Brien` as `obrien`, and as `brien`. */
function wordsOf(text: string): readonly Word[] {
  const found = text.replaceAll('&', ' and ').match(/[\p{L}\p{M}\p{N}]+(?:['’‘][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
  return found.map((written) => ({ written, read: new Set([nameKey(written), ...partsOf(written)]) }));
}

function partsOf(word: string): readonly string[] {
  return nameKey(word.replace(/['’‘]/g, ' ')).split(' ');
}

function phrasesOf({ names, council }: Named): readonly Phrase[] {
  const whole = names.map((name) => nameKey(name).split(' ')).filter((words) => words.join('').length >= shortestPart);
  const parts = names.flatMap((name) => [...nameKey(name).split(' '), ...partsOf(name)]).filter(isTelling);
  return [...whole, ...parts.map((part) => [part]), ...councilPhrases(council)];
}

function councilPhrases(council: string): readonly Phrase[] {
  const whole = nameKey(council).split(' ');
  const first = whole.findIndex((word) => !kindsOfCouncil.has(word));
  if (first === -1) return [];
  const own = whole.slice(first, whole.findLastIndex((word) => !kindsOfCouncil.has(word)) + 1);
  return [whole, own].filter((words) => words.length > 1 || words.every(isTelling));
}

function isTelling(word: string): boolean {
  return [...word].length >= shortestPart && !isOrdinaryWord(word);
}
