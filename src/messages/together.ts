const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** Names or short parts of a sentence as one list in words: 'A', 'A and B', 'A, B and C'. */
export function together(parts: Iterable<string>): string {
  return list.format(parts);
}
