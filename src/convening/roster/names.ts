import { nameKey } from '../../network/comparing.ts';

/** Texts by their code units: the same on every machine. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Each name as the network has it; one that is new as the file has it first in the order of texts. */
export function spelling(held: readonly string[], given: readonly string[]): (name: string) => string {
  const exact = new Set(held);
  const byKey = new Map<string, string>();
  for (const name of [...held.toSorted(byText), ...given.toSorted(byText)]) {
    if (!byKey.has(nameKey(name))) byKey.set(nameKey(name), name);
  }
  return (name) => (exact.has(name) ? name : (byKey.get(nameKey(name)) ?? name));
}
