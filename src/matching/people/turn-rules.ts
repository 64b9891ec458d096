/** In which rounds somebody who takes part now was left out. */
export interface Turns {
  readonly council: string;
  /** The number of the first round that they were matched in, or left out of; `undefined` for who is new. */
  readonly first: number | undefined;
  /** The numbers of the rounds that left them out. */
  readonly leftOut: readonly number[];
}

/** The most that a round’s input can say of how often somebody was left out. */
const mostRanks = 12;

/**
 * Whose turn it is least to be left out of the round of this number: 0 for whoever was so the least, one more for each
 * larger number of times that anybody was. Only the order decides. Who comes into a network is taken to have been left out
 * as often as half of those who were there, in the network or in their council, whichever is more: nobody else would be
 * until they had caught up.
 */
export function turnsOf(people: readonly Turns[], number: number): readonly number[] {
  const before: number[] = people.map(() => 0);
  const firstOf = people.map(({ first }) => first ?? number);
  for (const first of [...new Set(firstOf)].toSorted((a, b) => a - b)) {
    const known = [...people.keys()].filter((at) => (firstOf[at] ?? number) < first);
    const times = (at: number) =>
      (before[at] ?? 0) + (people[at]?.leftOut.filter((round) => round < first).length ?? 0);
    const overall = middle(known.map(times));
    const byCouncil = Map.groupBy(known, (at) => people[at]?.council ?? '');
    const ofCouncil = new Map([...byCouncil].map(([council, own]) => [council, middle(own.map(times))]));
    people.forEach(({ council }, at) => {
      if (firstOf[at] === first) before[at] = Math.max(overall, ofCouncil.get(council) ?? 0);
    });
  }
  const counts = people.map(({ leftOut }, at) => (before[at] ?? 0) + leftOut.length);
  const ranks = new Map([...new Set(counts)].toSorted((a, b) => a - b).map((count, rank) => [count, rank]));
  return counts.map((count) => Math.min(mostRanks, ranks.get(count) ?? 0));
}

function middle(counts: readonly number[]): number {
  return counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 0;
}
