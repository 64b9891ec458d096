import type { RoundInput } from '../scoring/model.ts';
import { scoresOf } from '../scoring/score.ts';
import { lockFaults } from './lock-faults.ts';
import type { Division, PartFinding, PartProof, RoundCertificate, RoundVerdict } from './model.ts';
import { verifyDivision } from './verify-division.ts';
import { type PartVerdict, verifyPart } from './verify-part.ts';

const mostFaults = 10;

/**
 * Checks a round and its proof from the beginning: who is in it and in which part, the rules, the sums, that nobody fewer
 * could be left out, and that no pair (or group) is worth more than the prices that prove the bound. It shares with the
 * solver the score, the rule that says who sits in groups, and where all are in groups the search for a seating that leaves
 * out fewer. Groups that were fixed are taken as they are; the proof speaks of the round around them.
 *
 * @param kept how the round was divided, where somebody was taken out of it since
 */
export function verifyRound(input: RoundInput, certificate: RoundCertificate, kept?: Division): RoundVerdict {
  const scores = scoresOf(input);
  const { parts } = certificate;
  const place = new Map(input.members.map(({ id }, at) => [id, at]));
  const checked = parts.map((part) => ({ part, found: verifyPart(scores, part, place) }));
  const lone = missingOrTwice(input, parts);
  // Who is in which part means nothing while somebody is missing.
  const divided = lone.length > 0 ? { faults: [], isProven: false } : verifyDivision(scores, certificate, kept);
  const locks = lockFaults(input).map(({ lock, kind }) => `Fixed group ${lock + 1} breaks a rule (${kind}).`);
  const faults = [...lone, ...divided.faults, ...checked.flatMap(({ found }) => found.faults), ...locks];
  const isSound = faults.length === 0;
  const isProven = isSound && divided.isProven;
  const isInGroup = ({ part }: Checked) => part.kind === 'groups';
  const findings = [checked.filter(isInGroup), checked.filter((one) => !isInGroup(one))]
    .filter((alike) => alike.length > 0)
    .map((alike) => findingOf(alike, isProven, kept !== undefined));
  const objective = findings.reduce((sum, part) => sum + part.objective, 0);
  const bound = findings.reduce((sum, part) => sum + part.bound, 0);
  return {
    isSound,
    isBest: isProven && findings.length < 2 && findings.every(({ isBest }) => isBest),
    parts: findings,
    objective,
    bound,
    gap: gapOf(objective, bound),
    faults: faults.slice(0, mostFaults),
  };
}

interface Checked {
  readonly part: PartProof;
  readonly found: PartVerdict;
}

/**
 * @param alike all in groups, or all paired
 * @param isKept how many are left out was settled before somebody was taken out of it
 */
function findingOf(alike: readonly Checked[], isProven: boolean, isKept: boolean): PartFinding {
  const total = (value: (one: Checked) => number) => alike.reduce((sum, one) => sum + value(one), 0);
  const [objective, bound] = [total(({ found }) => found.objective), total(({ found }) => found.bound)];
  const kinds = alike.map(({ part }) => part.kind);
  const finding: PartFinding = {
    kind: kinds.find((kind) => kind !== 'pairs') ?? 'pairs',
    members: total(({ part }) => part.members.length),
    isBest: isProven && objective === bound && (isKept || alike.every(({ found }) => found.isFewest)),
    objective,
    bound,
    gap: gapOf(objective, bound),
  };
  if (alike.some(({ found }) => found.possible === undefined)) return finding;
  return { ...finding, possible: total(({ found }) => found.possible ?? 0) };
}

function gapOf(objective: number, bound: number): number {
  return objective === bound ? 0 : (bound - objective) / Math.max(1, Math.abs(bound));
}

/** Whoever takes part has to be in one part, or in one group that was fixed. */
function missingOrTwice({ members, locked }: RoundInput, parts: readonly PartProof[]): string[] {
  const times = new Map(members.map(({ id }) => [id, 0]));
  const faults: string[] = [];
  if (times.size < members.length) faults.push('Two members have one id.');
  for (const id of [...locked.flat(), ...parts.flatMap((part) => part.members)]) {
    const before = times.get(id);
    if (before === undefined) faults.push(`${id} is in the round and does not take part.`);
    else times.set(id, before + 1);
  }
  for (const [id, count] of times) {
    if (count === 0) faults.push(`${id} takes part and is missing.`);
    if (count > 1) faults.push(`${id} is in the round twice.`);
  }
  return faults;
}
