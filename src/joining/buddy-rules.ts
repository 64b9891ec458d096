import type { Level } from '../network/model.ts';

/** Somebody who could look out for a newcomer, or the newcomer. */
export interface Person {
  readonly id: string;
  readonly councilId: string;
  readonly level: Level;
  /** Themes they care about, as `<framework>/<theme>`. */
  readonly interests: readonly string[];
}

export interface Experienced extends Person {
  /** How many newcomers they look out for already. */
  readonly lookingOutFor: number;
}

/** How many newcomers one person is asked to look out for. */
const most = 2;

/**
 * Who looks out for a newcomer: somebody of another council, whom nothing keeps apart from them; of their own level
 * where there is one, who cares about the same things, and has the fewest already. `undefined` when there is nobody.
 *
 * @param apart pairs of member ids, and of council ids, that are never brought together; in any order
 */
export function chooseBuddy(
  newcomer: Person,
  experienced: readonly Experienced[],
  apart: readonly (readonly [string, string])[],
): string | undefined {
  const isApart = (one: string, other: string) =>
    apart.some(([a, b]) => (a === one && b === other) || (a === other && b === one));
  const possible = experienced.filter(
    (person) =>
      person.id !== newcomer.id &&
      person.councilId !== newcomer.councilId &&
      person.lookingOutFor < most &&
      !isApart(person.id, newcomer.id) &&
      !isApart(person.councilId, newcomer.councilId),
  );
  const shared = ({ interests }: Person) => interests.filter((theme) => newcomer.interests.includes(theme)).length;
  const [best] = possible.toSorted(
    (one, other) =>
      Number(other.level === newcomer.level) - Number(one.level === newcomer.level) ||
      one.lookingOutFor - other.lookingOutFor ||
      shared(other) - shared(one) ||
      one.id.localeCompare(other.id),
  );
  return best?.id;
}
