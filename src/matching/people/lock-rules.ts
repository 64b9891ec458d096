import { haveWords, isSameName, searchWords } from '../../network/comparing.ts';

/** How many people a convener fixes at once. */
export const places = ['first', 'second', 'third', 'fourth'] as const;
export type Place = (typeof places)[number];

export type LockKind = 'together' | 'apart';

/** Somebody whom a convener can name. */
export interface Nameable {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly council: string;
  readonly councilId: string;
}

/** What stands already. */
export interface StandingLock {
  readonly kind: LockKind;
  readonly members: readonly string[];
}

/** Who is meant by one answer. */
export type Named =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'several'; readonly people: readonly Nameable[] }
  | { readonly kind: 'one'; readonly person: Nameable };

/** By id, e-mail address or name; else the one of whom name, address and council have every word. */
export function whoIs(typed: string, all: readonly Nameable[]): Named {
  const text = typed.trim();
  if (text === '') return { kind: 'nobody' };
  const exact = all.find(({ id, email }) => id === text || email === text.toLowerCase());
  if (exact !== undefined) return { kind: 'one', person: exact };
  const named = all.filter(({ name }) => isSameName(name, text));
  return only(named.length > 0 ? named : described(text, all));
}

function described(text: string, all: readonly Nameable[]): readonly Nameable[] {
  const words = searchWords(text);
  return all.filter(({ name, email, council }) => haveWords([name, email, council], words));
}

function only(found: readonly Nameable[]): Named {
  const [first, ...others] = found;
  if (first === undefined) return { kind: 'unknown' };
  return others.length === 0 ? { kind: 'one', person: first } : { kind: 'several', people: found };
}

/** Why people cannot be fixed as asked, where that is no secret. */
export type Contradiction =
  | { readonly kind: 'same-person'; readonly person: Nameable }
  | { readonly kind: 'too-few' }
  | { readonly kind: 'one-council'; readonly people: readonly [Nameable, Nameable] }
  | { readonly kind: 'councils-apart'; readonly people: readonly [Nameable, Nameable] }
  /** In a group that is fixed already. */
  | { readonly kind: 'fixed'; readonly person: Nameable }
  /** They are kept apart, or put together, by a convener already. */
  | { readonly kind: 'other-way'; readonly people: readonly [Nameable, Nameable] };

/**
 * What contradicts the rules or what is fixed already; `undefined` when nothing does. Whom somebody asked not to meet is
 * no part of it.
 *
 * @param councilsApart council ids of every two whose people are kept apart
 */
export function contradiction(
  kind: LockKind,
  people: readonly Nameable[],
  standing: readonly StandingLock[],
  councilsApart: readonly (readonly [string, string])[],
): Contradiction | undefined {
  const twice = people.find((person, at) => people.findIndex(({ id }) => id === person.id) !== at);
  if (twice !== undefined) return { kind: 'same-person', person: twice };
  if (people.length < 2) return { kind: 'too-few' };
  const pairs = pairsOf(people);
  const otherWay = pairs.find(([one, other]) =>
    standing.some((lock) => lock.kind !== kind && lock.members.includes(one.id) && lock.members.includes(other.id)),
  );
  if (otherWay !== undefined) return { kind: 'other-way', people: otherWay };
  if (kind === 'apart') return undefined;
  const fixed = people.find(({ id }) => standing.some((lock) => lock.kind === 'together' && lock.members.includes(id)));
  if (fixed !== undefined) return { kind: 'fixed', person: fixed };
  const colleagues = pairs.find(([one, other]) => one.councilId === other.councilId);
  if (colleagues !== undefined) return { kind: 'one-council', people: colleagues };
  const keptApart = pairs.find(([one, other]) =>
    councilsApart.some(([a, b]) => [a, b].includes(one.councilId) && [a, b].includes(other.councilId)),
  );
  return keptApart === undefined ? undefined : { kind: 'councils-apart', people: keptApart };
}

export function pairsOf<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));
}
