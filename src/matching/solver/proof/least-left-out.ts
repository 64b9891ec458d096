import { firstThree } from '../meeting-sets.ts';

/** What the members without a barrier fall apart into. */
export interface Apart {
  /** Whatever pairs are made and at most one group of three: so many are left out at least. */
  readonly least: number;
  /** Clusters of an odd number of members in which three may meet. */
  readonly withTrio: readonly (readonly number[])[];
}

/**
 * How many members every round of pairs and at most one group of three leaves out at least, as a barrier shows: some
 * members without whom the others fall apart into clusters, between which nobody may meet. In each cluster of an odd number
 * somebody is left over, or paired with one of the barrier: so pairs leave out as many as there are such clusters, less
 * those of the barrier (Berge 1958). A group of three lies in the barrier and one cluster. Only where all three are of one
 * cluster, of an odd number, is one fewer left out; otherwise one more, at least.
 */
export function leastLeftOut(
  size: number,
  mayMeet: (a: number, b: number) => boolean,
  barrier: readonly number[],
): Apart {
  const held = new Set(barrier);
  const odd = clustersOf(
    Array.from({ length: size }, (_, v) => v).filter((v) => !held.has(v)),
    mayMeet,
  ).filter((cluster) => cluster.length % 2 === 1);
  const withTrio = odd.filter((cluster) => hasTrio(cluster, mayMeet));
  return { least: Math.max(0, odd.length - held.size - (withTrio.length > 0 ? 1 : 0)), withTrio };
}

function clustersOf(members: readonly number[], mayMeet: (a: number, b: number) => boolean): readonly number[][] {
  const clusters: number[][] = [];
  let unseen = members;
  for (let first = unseen.at(0); first !== undefined; first = unseen.at(0)) {
    const cluster = [first];
    unseen = unseen.slice(1);
    // It grows while it is gone through.
    for (const one of cluster) {
      const near = unseen.filter((other) => mayMeet(one, other));
      if (near.length === 0) continue;
      cluster.push(...near);
      unseen = unseen.filter((other) => !mayMeet(one, other));
    }
    clusters.push(cluster);
  }
  return clusters;
}

/** Whether any three of these may meet. */
export function hasTrio(members: readonly number[], mayMeet: (a: number, b: number) => boolean): boolean {
  return firstThree(members.length, (a, b) => mayMeet(members[a] ?? -1, members[b] ?? -1)) !== undefined;
}
