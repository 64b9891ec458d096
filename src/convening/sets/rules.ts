import { createHash } from 'node:crypto';
import type { Level } from '../../network/model.ts';
import { setSizes } from './sizes.ts';

/** Somebody who is to sit in a learning set. */
export interface Learner {
  readonly id: string;
  readonly councilId: string;
  readonly level: Level;
}

/**
 * Divides people into learning sets, as even in size as `setSizes` has them. The people of one council are spread as far
 * as they go, so that no set has two of them unless there are more of them than sets; then the levels are evened out.
 * The same people and seed always give the same sets.
 */
export function divideIntoSets(learners: readonly Learner[], seed: string): readonly (readonly Learner[])[] {
  const count = setSizes(learners.length).length;
  const sets: Learner[][] = Array.from({ length: count }, () => []);
  // Dealt in turn with each council's people after one another: they all go to different sets.
  for (const [index, learner] of byCouncil(learners, seed).entries()) sets[index % count]?.push(learner);
  while (evenOut(sets));
  return sets.map((set) => set.toSorted((a, b) => order(a.id, b.id)));
}

function byCouncil(learners: readonly Learner[], seed: string): readonly Learner[] {
  const draw = new Map(learners.flatMap(({ id, councilId }) => [id, councilId].map((one) => [one, drawn(seed, one)])));
  const of = (id: string) => draw.get(id) ?? '';
  return learners.toSorted(
    (a, b) => order(of(a.councilId), of(b.councilId)) || order(a.level, b.level) || order(of(a.id), of(b.id)),
  );
}

function drawn(seed: string, id: string): string {
  return createHash('sha256').update(`${seed}:${id}`).digest('hex');
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Exchanges two people where that evens out the levels and puts no more of one council together; false when none are left. */
function evenOut(sets: readonly Learner[][]): boolean {
  for (const [index, one] of sets.entries()) {
    for (const other of sets.slice(index + 1)) {
      if (exchange(one, other)) return true;
    }
  }
  return false;
}

function exchange(one: Learner[], other: Learner[]): boolean {
  for (const [i, a] of one.entries()) {
    for (const [j, b] of other.entries()) {
      if (a.level === b.level || gain(one, other, a, b, (learner) => learner.level) <= 0) continue;
      const isApart = a.councilId === b.councilId || gain(one, other, a, b, (learner) => learner.councilId) >= 0;
      if (!isApart) continue;
      one[i] = b;
      other[j] = a;
      return true;
    }
  }
  return false;
}

/** By how much the squares of the counts fall when `a` of `one` and `b` of `other` change places: the more even, the lower. */
function gain(
  one: readonly Learner[],
  other: readonly Learner[],
  a: Learner,
  b: Learner,
  kind: (of: Learner) => string,
) {
  const count = (set: readonly Learner[], of: string) => set.filter((learner) => kind(learner) === of).length;
  const surplus = (of: string) => count(one, of) - count(other, of);
  return 2 * (surplus(kind(a)) - 1) - 2 * (surplus(kind(b)) + 1);
}
