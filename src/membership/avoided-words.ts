/** Where the sealed words of an entry belong. */
export function placeOf(entry: string): string {
  return `do-not-match:${entry}`;
}

/** What stands in place of what was typed, once whom it meant has been erased: it may have been their name. */
export const sinceErased = 'Someone who has since been erased';
