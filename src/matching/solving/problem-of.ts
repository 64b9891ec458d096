import type { BitSets, Features } from '../scoring/features.ts';
import type { Weights } from '../scoring/model.ts';
import type { Scores } from '../scoring/score.ts';
import { fitPoints, tieBits } from '../scoring/terms.ts';
import type { PairScore, Problem } from '../solver/model.ts';

/**
 * What leaving somebody out costs, and costs more for each time that they were left out before. A pair is worth a few
 * thousand points at most: to outweigh it, well over a hundred pairs would have to be exchanged in one chain, each for the
 * best instead of the worst; for a quarter of it, dozens.
 */
const leaveUnit = 1 << 20;

/** With more distinct profiles than this share of the members, every pair is asked by itself. */
const mostProfiles = 0.5;

export type ProblemPath = 'profiles' | 'free';

/**
 * Some of a round’s members as the solver sees them, numbered in the order given.
 * @param path how scores are handed over; both give the same, and what is faster is chosen where it is left open
 */
export function problemOf(scores: Scores, members: readonly number[], path?: ProblemPath): Problem {
  const { input, history } = scores;
  const councils = new Map<string, number>();
  return {
    size: members.length,
    council: Int32Array.from(members, (member) => {
      const name = input.members[member]?.council ?? '';
      const number = councils.get(name) ?? councils.size;
      councils.set(name, number);
      return number;
    }),
    score: scoreOf(scores, members, path),
    leave: Int32Array.from(members, (member) => leaveValue(scores, member)),
    apart: history.never(members),
  };
}

/**
 * What leaving a member out is worth, in points. Among those who were left out as often, whoever came off badly last time,
 * or was stood up, comes first.
 */
export function leaveValue({ input }: Scores, member: number): number {
  const { leftOut = 0, owed = 0 } = input.members[member] ?? {};
  return -leaveUnit * (1 + leftOut) - (leaveUnit / 4) * owed;
}

function scoreOf(scores: Scores, members: readonly number[], path: ProblemPath | undefined): PairScore {
  const { input, features, history } = scores;
  const { profileOf, examples } = profilesOf(features, input.weights, members);
  const chosen = path ?? (examples.length <= mostProfiles * members.length ? 'profiles' : 'free');
  const member = Int32Array.from(members);
  if (chosen === 'free') return { kind: 'free', of: (a, b) => scores.points(member[a] ?? 0, member[b] ?? 0) };
  return {
    kind: 'profiles',
    profileOf,
    profiles: examples.length,
    between: (p, q) => fitPoints(features, input.weights, examples[p] ?? 0, examples[q] ?? 0),
    tieBreak: { bits: tieBits, keys: Int32Array.from(members, (one) => features.tieKeys[one] ?? 0) },
    corrections: history.costly(members).map(([a, b]) => ({
      a,
      b,
      change: -history.cost(member[a] ?? 0, member[b] ?? 0),
    })),
  };
}

/** Numbers those alike in all that counts; `examples` holds one member of each profile. */
function profilesOf(f: Features, weights: Weights, members: readonly number[]) {
  const numbers = new Map<string, number>();
  const examples: number[] = [];
  const profileOf = Int32Array.from(members, (member) => {
    const name = profileName(f, weights, member);
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, examples.length);
    return examples.push(member) - 1;
  });
  return { profileOf, examples };
}

function profileName(f: Features, weights: Weights, v: number): string {
  const words = ({ words: each, bits }: BitSets) => bits.subarray(v * each, (v + 1) * each).join('.');
  return [
    words(f.themes),
    weights.stages === 0 ? '' : f.stages.map(words).join('/'),
    weights.hours === 0 ? '' : f.hours.of[v],
    weights.level === 0 ? '' : f.level[v],
    weights.place === 0 ? '' : `${f.nation[v]}/${f.region[v]}`,
    weights.cohort === 0 ? '' : f.cohort[v],
    weights.wishes === 0 ? '' : `${f.wish[v]}/${f.wished[v]}/${f.isNewToRole[v]}/${words(f.experiences)}`,
    f.owed[v],
  ].join(' ');
}
