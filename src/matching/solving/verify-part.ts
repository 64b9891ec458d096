import type { Scores } from '../scoring/score.ts';
import { squareOf } from '../solver/groups/square.ts';
import { verifyGroups } from '../solver/groups/verify-groups.ts';
import { type Duals, NEVER, type Problem } from '../solver/model.ts';
import { scoreOf } from '../solver/pair-score.ts';
import { leastLeftOut } from '../solver/proof/least-left-out.ts';
import { verify } from '../solver/proof/verify-pairs.ts';
import { verifyTrio } from '../solver/proof/verify-trio.ts';
import type { GroupsProof, PairPrices, PairsProof, PartProof } from './model.ts';
import { leaveValue } from './problem-of.ts';

export interface PartVerdict {
  /** `undefined` where they are too many to count. */
  readonly possible: number | undefined;
  readonly objective: number;
  readonly bound: number;
  /** It is shown that no pairs, with or without a group of three among all who hang together, leave out fewer; of groups another check tells. */
  readonly isFewest: boolean;
  readonly faults: readonly string[];
}

/**
 * Checks one part of a round by itself: its groups, its sums, its bound, and whether more could be in it.
 * @param place of each member in the round’s input, by id
 */
export function verifyPart(scores: Scores, part: PartProof, place: ReadonlyMap<string, number>): PartVerdict {
  const faults = misplacedIn(part);
  const { objective, bound } = part;
  if (faults.length > 0) return { possible: 0, objective, bound, isFewest: false, faults };
  const problem = problemOf(scores, part, place);
  switch (part.kind) {
    case 'pairs':
      return { ...pairsVerdict(problem, part), isFewest: isFewest(problem, part) };
    case 'trio':
      return { ...trioVerdict(writtenOut(problem, part), part), isFewest: isFewest(problem, part) };
    case 'groups':
      return { ...groupsVerdict(problem, part), isFewest: true };
  }
}

/** More would take more memory than it is worth. */
const mostWrittenOut = 4_000;

/** Every pair is looked at once for each trio that has prices of its own: then each score is worked out once, and kept. */
function writtenOut(problem: Problem, { proof }: Extract<PartProof, { kind: 'trio' }>): Problem {
  if (proof.others.length === 0 || problem.size > mostWrittenOut) return problem;
  return { ...problem, score: { kind: 'rows', rows: squareOf(problem).of } };
}

function isFewest(problem: Problem, { leftOut, barrier }: PairsProof): boolean {
  if (leftOut.length === 0) return true;
  const score = scoreOf(problem);
  return leftOut.length <= leastLeftOut(problem.size, (a, b) => score(a, b) !== NEVER, barrier);
}

/** Everybody of a part has to stand in one group, or among those left out. */
function misplacedIn({ kind, members, groups, leftOut }: PartProof): readonly string[] {
  const places = [...groups.flat(), ...leftOut];
  const faults: string[] = [];
  const seen = new Set(places);
  if (seen.size < places.length) faults.push('Somebody is in two groups.');
  for (const at of seen) if (at >= members.length) faults.push(`Group member ${at} is nobody.`);
  members.forEach((id, at) => {
    if (!seen.has(at)) faults.push(`${id} is in no group, and not left out.`);
  });
  if (members.length === 0) faults.push('A part holds nobody.');
  const threes = groups.filter((group) => group.length === 3).length;
  const larger = groups.filter((group) => group.length > 2).length;
  if ((kind === 'pairs' && larger > 0) || (kind === 'trio' && (threes !== 1 || larger !== 1)))
    faults.push('A group has a size that this part has no proof for.');
  return faults;
}

/** The members of a part and what every two of them score, straight from the round’s input. */
function problemOf(scores: Scores, { members }: PartProof, place: ReadonlyMap<string, number>): Problem {
  const own = Int32Array.from(members, (id) => place.get(id) ?? -1);
  const of = (a: number, b: number) => {
    const [one, other] = [own[a] ?? -1, own[b] ?? -1];
    return one >= 0 && other >= 0 && scores.mayMeet(one, other) ? scores.points(one, other) : NEVER;
  };
  return {
    size: members.length,
    // Who may not meet is told by the score: to the check everybody is of a council of their own.
    council: Int32Array.from(members.keys()),
    score: { kind: 'free', of },
    leave: own.map((member) => (member < 0 ? 0 : leaveValue(scores, member))),
    apart: [],
  };
}

function partnersIn({ members, groups }: PartProof): Int32Array {
  const partner = Int32Array.from(members.keys());
  for (const [a = 0, b = 0] of groups.filter((group) => group.length === 2)) {
    partner[a] = b;
    partner[b] = a;
  }
  return partner;
}

function dualsIn({ price, oddSets }: PairPrices): Duals {
  const sets = oddSets.map(([own = 0, ...members]) => ({ price: own, members }));
  return { price: Int32Array.from(price), oddSets: sets };
}

type Found = Omit<PartVerdict, 'isFewest'>;

function sumFaults(part: PartProof, objective: number, bound: number): readonly string[] {
  return [
    ...(part.objective === objective ? [] : [`The round is worth ${objective}, not ${part.objective}.`]),
    ...(part.bound === bound ? [] : [`Its prices prove a bound of ${bound}, not ${part.bound}.`]),
  ];
}

function pairsVerdict(problem: Problem, part: Extract<PartProof, { kind: 'pairs' }>): Found {
  const duals = dualsIn(part.proof);
  const check = verify(problem, { partner: partnersIn(part), objective: part.objective / 6, duals });
  const [objective, bound] = [6 * check.objective, 6 * check.bound];
  const faults = [
    ...(check.valid ? [] : ['Two who may not meet are paired, or a price is too low.']),
    ...(check.improvingPairs === 0 ? [] : [`${check.improvingPairs} pairs are worth more than their prices.`]),
    ...sumFaults(part, objective, bound),
  ];
  return { possible: check.allowedPairs, objective, bound, faults };
}

function trioVerdict(problem: Problem, part: Extract<PartProof, { kind: 'trio' }>): Found {
  const [a = 0, b = 0, c = 0] = part.groups.find((group) => group.length === 3) ?? [];
  const check = verifyTrio(problem, {
    trio: [a, b, c],
    partner: partnersIn(part),
    bound: part.bound,
    duals: dualsIn(part.proof.prices),
    others: part.proof.others.map((other) => ({ trio: other.trio, duals: dualsIn(other) })),
  });
  const faults = [
    ...(check.valid ? [] : ['Two who may not meet are in one group.']),
    ...(check.bounded ? [] : ['The prices do not prove the bound.']),
    ...sumFaults(part, check.objective, part.bound),
  ];
  return { possible: check.allowedPairs, objective: check.objective, bound: part.bound, faults };
}

function groupsVerdict(problem: Problem, part: GroupsProof): Found {
  const { groups, leftOut, objective, bound, proof } = part;
  const check = verifyGroups(problem, { groups, leftOut, objective, bound, proof });
  const faults = [
    ...(check.isSound ? [] : ['A group breaks a rule, or the prices do not prove the bound.']),
    ...(check.improving === 0 ? [] : [`${check.improving} groups are worth more than their prices.`]),
    ...sumFaults(part, check.objective, check.bound),
  ];
  return { possible: check.possible, objective: check.objective, bound: check.bound, faults };
}
