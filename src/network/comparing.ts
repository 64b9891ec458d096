/*
 * How what people type is compared with what is there. Whoever types a name, and wherever, it is the same name or it is
 * not: a council that the roster takes for a new one must not be one that somebody who joins finds.
 */

/** Without case, accents or the shape of an apostrophe. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").toLowerCase();
}

/** The words of a search, as they are compared. */
export function searchWords(query: string): readonly string[] {
  return fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** True when each of the words, as `searchWords` gives them, stands somewhere in these texts. */
export function haveWords(texts: readonly string[], words: readonly string[]): boolean {
  const all = fold(texts.join('\n'));
  return words.every((word) => all.includes(word));
}

/**
 * A name as it is compared: without case, accents, punctuation and the width of its spaces, and with “and” for “&”.
 * “LEEDS  city-council” is Leeds City Council. Signs stay, so that C is not C++; so does what is nothing but punctuation.
 */
export function nameKey(name: string): string {
  const folded = fold(name);
  const key = folded
    .replaceAll("'", '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}\p{S}]+/gu, ' ')
    .trim();
  return key === '' ? folded.replace(/\s+/g, ' ').trim() : key;
}

/** False for what is blank. */
export function isSameName(one: string, other: string): boolean {
  const key = nameKey(one);
  return key !== '' && key === nameKey(other);
}

/** The one that is written like this. “City Council” and “Council” are not the same: a place may have two. */
export function findByName<T extends { readonly name: string }>(typed: string, known: readonly T[]): T | undefined {
  return known.find(({ name }) => isSameName(name, typed));
}
