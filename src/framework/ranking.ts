import { hash } from 'node:crypto';

/** A prompt that a member has been asked, whether or not it is still in its framework. */
export interface AskedPrompt {
  readonly framework: string;
  readonly theme: string;
  readonly stage: string;
  readonly prompt: string;
  readonly answered: boolean;
}

/** The item whose rank comes first: ranks are compared number by number, and the smaller wins. */
export function first<Item>(items: readonly Item[], rank: (item: Item) => readonly number[]): Item {
  const ranked = items.map((item) => ({ item, rank: rank(item) }));
  const [best] = ranked.toSorted((one, other) => compare(one.rank, other.rank));
  if (best === undefined)
    throw new Error('There is no prompt to choose from: a framework, or a cell of one, is empty.');
  return best.item;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at]);
  return (one[index] ?? 0) - (other[index] ?? 0);
}

/** A number that looks random and is always the same for the same two words. */
export function scatter(seed: string, id: string): number {
  return Number.parseInt(hash('sha256', `${seed}\n${id}`).slice(0, 12), 16);
}
