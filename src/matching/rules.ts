import { createHash } from 'node:crypto';
import type { Candidate, LeftOutReason, Pairing, PastPair } from './model.ts';
import { maximumPairs } from './solver/maximum-pairs.ts';

export interface RoundInput {
  readonly number: number;
  readonly candidates: readonly Candidate[];
  readonly past: readonly PastPair[];
  /** Member ids of every two who are never to meet: they said so, in confidence. Nothing else may tell of it. */
  readonly apart: readonly PastPair[];
  /** Council ids of every two whose people are kept apart. */
  readonly councilsApart: readonly PastPair[];
  /** How often each member has been left out so far, by member id; absent means never. */
  readonly leftOutBefore: ReadonlyMap<string, number>;
}

/**
 * Pairs as many people as can be paired: never two of one council or of councils that are kept apart, never two who have
 * met before or are not to meet. Those left out most
 * often come first; among equals the order is shuffled by the round's number, the same each time it is computed.
 */
export function pairRound(input: RoundInput): Pairing {
  const people = inTurn(input);
  const never = new Set([...input.past, ...input.apart, ...input.councilsApart].map(([a, b]) => pairKey(a, b)));
  const partner = maximumPairs(people.length, (a, b) => mayMeet(people[a], people[b], never));
  const pairs: (readonly [string, string])[] = [];
  const leftOut: string[] = [];
  people.forEach((person, index) => {
    const mate = partner[index] ?? -1;
    const other = people[mate];
    if (other === undefined) leftOut.push(person.memberId);
    else if (index < mate) pairs.push([person.memberId, other.memberId]);
  });
  return { pairs, leftOut };
}

/** @param never keys of pairs of members, and of pairs of councils */
function mayMeet(a: Candidate | undefined, b: Candidate | undefined, never: ReadonlySet<string>): boolean {
  if (a === undefined || b === undefined || a.councilId === b.councilId) return false;
  return !never.has(pairKey(a.memberId, b.memberId)) && !never.has(pairKey(a.councilId, b.councilId));
}

function inTurn({ number, candidates, leftOutBefore }: RoundInput): readonly Candidate[] {
  const turns = candidates.map((candidate) => ({
    candidate,
    owed: leftOutBefore.get(candidate.memberId) ?? 0,
    draw: createHash('sha256').update(`${number}:${candidate.memberId}`).digest('hex'),
  }));
  const ordered = turns.toSorted((a, b) => b.owed - a.owed || (a.draw < b.draw ? -1 : 1));
  return ordered.map(({ candidate }) => candidate);
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Told from who took part and who has met, and from nothing else: whom somebody does not want to meet is not told by it. */
export function whyLeftOut(memberId: string, input: Pick<RoundInput, 'candidates' | 'past'>): LeftOutReason {
  const own = input.candidates.find((candidate) => candidate.memberId === memberId);
  const met = new Set(input.past.map(([a, b]) => pairKey(a, b)));
  const others = input.candidates.filter((candidate) => candidate.councilId !== own?.councilId);
  if (others.length > 0 && others.every((other) => met.has(pairKey(other.memberId, memberId)))) return 'met-everyone';
  return others.length > 0 && input.candidates.length % 2 === 1 ? 'odd-number' : 'nobody-free';
}
