import { firstThree } from '../meeting-sets.ts';

/**
 * How many members every round leaves out at least that has pairs and, among all who hang together, at most one group of
 * three, as a barrier shows: some members without whom the others fall apart into clusters, between which nobody may meet.
 * In each cluster of an odd number somebody is left over, or paired with one of the barrier: so pairs leave out as many as
 * there are such clusters, less those of the barrier (Berge 1958). A group of three lies in the barrier and one cluster.
 * Only where all three are of one cluster, of an odd number, is one fewer left out; otherwise one more, at least.
 */
export function leastLeftOut(
  size: number,
  mayMeet: (a: number, b: number) => boolean,
  barrier: readonly number[],
): number {
  const held = new Set(barrier);
  const everybody = Array.from({ length: size }, (_, v) => v);
  return clustersOf(everybody, mayMeet).reduce((sum, together) => {
    const others = together.filter((v) => !held.has(v));
    const odd = clustersOf(others, mayMeet).filter((cluster) => cluster.length % 2 === 1);
    const spared = odd.some((cluster) => hasTrio(cluster, mayMeet)) ? 1 : 0;
    return sum + Math.max(0, odd.length - (together.length - others.length) - spared);
  }, 0);
}

/** What members fall apart into, each in the order given: nobody of one cluster may meet anybody of another. */
export function clustersOf(
  members: readonly number[],
  mayMeet: (a: number, b: number) => boolean,
): readonly (readonly number[])[] {
  const firstOf = new Map<number, number>();
  let unseen = members;
  for (let first = unseen.at(0); first !== undefined; first = unseen.at(0)) {
    const cluster = [first];
    unseen = unseen.slice(1);
    // It grows while it is gone through.
    for (const one of cluster) {
      firstOf.set(one, first);
      const near = unseen.filter((other) => mayMeet(one, other));
      if (near.length === 0) continue;
      cluster.push(...near);
      unseen = unseen.filter((other) => !mayMeet(one, other));
    }
  }
  return [...Map.groupBy(members, (one) => firstOf.get(one)).values()];
}

/** Whether any three of these may meet. */
export function hasTrio(members: readonly number[], mayMeet: (a: number, b: number) => boolean): boolean {
  return firstThree(members.length, (a, b) => mayMeet(members[a] ?? -1, members[b] ?? -1)) !== undefined;
}
