import type { Scores } from '../scoring/score.ts';
import { dividing } from '../solver/groups/plan.ts';
import { squareOf } from '../solver/groups/square.ts';
import { clustersOf, leastLeftOut } from '../solver/proof/least-left-out.ts';
import { freeMembers, groupSizeOf, seatSeekers } from './group-seekers.ts';
import { leftOutIn } from './left-out.ts';
import type { Division, PartProof, RoundCertificate } from './model.ts';
import { problemOf } from './problem-of.ts';

/** How a certificate divides a round, held against what its input asks for. */
export interface DivisionVerdict {
  readonly faults: readonly string[];
  /** It is shown that the other way to divide it would not have left out fewer. */
  readonly isProven: boolean;
}

const otherParts = 'The round is not divided as its input says.';

/**
 * Checks who is in which part, and of which kind it is: all in groups where the network meets in groups; otherwise those
 * who sit in groups because they would rather, and everybody else in pairs; all in pairs where that leaves out fewer. Of
 * those who are paired, whoever may meet is in one part, so that what the parts prove adds up.
 * @param kept how it was divided, where the record keeps it: the rule would not tell any more
 */
export function verifyDivision(
  scores: Scores,
  certificate: RoundCertificate,
  kept: Division | undefined,
): DivisionVerdict {
  const { parts } = certificate;
  if (kept !== undefined) return { faults: isSame(divisionOf(parts), kept) ? [] : [otherParts], isProven: true };
  const free = freeMembers(scores.input);
  if (free.length === 0) return { faults: parts.length === 0 ? [] : [otherParts], isProven: true };
  const groupSize = groupSizeOf(scores.input, free.length);
  if (groupSize !== 2) return { faults: groupFaults(scores, free, parts, groupSize), isProven: true };
  const seated = seatSeekers(scores, free).flat();
  const groups = parts.filter(({ kind }) => kind === 'groups');
  const paired = parts.filter(({ kind }) => kind !== 'groups');
  if (!areApart(scores, paired)) return { faults: [otherParts], isProven: false };
  const [first, ...more] = groups;
  if (first === undefined)
    return { faults: [], isProven: seated.length === 0 || costsAPlace(scores, seated, certificate) };
  if (seated.length === 0 || more.length > 0 || !sitAsSaid(scores, seated, first))
    return { faults: [otherParts], isProven: false };
  return { faults: [], isProven: sparesNobody(scores, free, certificate) };
}

/** Nobody of one part may meet anybody of another, and all hang together of whom three are a group. */
function areApart({ input, mayMeet }: Scores, paired: readonly PartProof[]): boolean {
  const partOf = new Map(paired.flatMap((part) => part.members.map((id) => [id, part])));
  const partAt = (member: number) => partOf.get(input.members[member]?.id ?? '');
  const everybody = [...input.members.keys()].filter((member) => partAt(member) !== undefined);
  return clustersOf(everybody, mayMeet).every((cluster) => {
    const [part, ...others] = new Set(cluster.map(partAt));
    return others.length === 0 && (part?.kind !== 'trio' || part.members.length === cluster.length);
  });
}

/** How a certificate divides a round. */
export function divisionOf(parts: readonly PartProof[]): Division {
  return parts.map(({ kind, members, groups, leftOut }) => ({
    kind,
    members,
    sizes: [...groups.map((group) => group.length), ...leftOut.map(() => 1)].toSorted((a, b) => a - b),
  }));
}

function isSame(one: Division, other: Division): boolean {
  const told = (division: Division) =>
    JSON.stringify(division.map((part) => [part.kind, part.members.toSorted(), part.sizes]));
  return told(one) === told(other);
}

/** They, and nobody else, sit in threes and as few fours as there must be. */
function sitAsSaid(
  { input }: Scores,
  seated: readonly number[],
  { kind, members, groups, leftOut }: PartProof,
): boolean {
  const ids = new Set(seated.map((member) => input.members[member]?.id));
  return (
    kind === 'groups' &&
    members.length === ids.size &&
    members.every((id) => ids.has(id)) &&
    leftOut.length === 0 &&
    groups.length === Math.floor(members.length / 3) &&
    groups.every((group) => group.length > 2)
  );
}

/** If those sat in groups, more of the others would be left out than are now that all are paired. */
function costsAPlace(scores: Scores, seated: readonly number[], { parts, otherWay }: RoundCertificate): boolean {
  if (otherWay === undefined) return false;
  const sits = new Set(seated);
  const rest = freeMembers(scores.input).filter((member) => !sits.has(member));
  return leastOf(scores, rest, otherWay) > leftOutIn(parts);
}

/** If all were paired, no fewer would be left out. */
function sparesNobody(scores: Scores, free: readonly number[], { parts, otherWay }: RoundCertificate): boolean {
  const out = leftOutIn(parts);
  return out === 0 || leastOf(scores, free, otherWay ?? []) >= out;
}

function leastOf({ input, mayMeet }: Scores, members: readonly number[], barrier: readonly string[]): number {
  const place = new Map(members.map((member, at) => [input.members[member]?.id ?? '', at]));
  const places = barrier.map((id) => place.get(id)).filter((at) => at !== undefined);
  return leastLeftOut(members.length, (a, b) => mayMeet(members[a] ?? -1, members[b] ?? -1), places);
}

/**
 * All are in one part of groups, of sizes as even as can be, as near to the size that is wished as another seating shows to
 * be possible, and that seating leaves out no fewer.
 */
function groupFaults(
  scores: Scores,
  free: readonly number[],
  parts: readonly PartProof[],
  size: 3 | 4,
): readonly string[] {
  const [part, ...more] = parts;
  if (part?.kind !== 'groups' || more.length > 0) return [otherParts];
  const problem = problemOf(scores, free);
  const shown = dividing(squareOf(problem), problem.council, size).seating;
  const out = part.leftOut.length;
  const fewest = shown.filter((group) => group.length === 1).length;
  if (out > fewest) return [`${out} are left out, and ${fewest} would do.`];
  const seated = free.length - out;
  const sizes = part.groups.map((group) => group.length);
  const isEven = Math.max(0, ...sizes) - Math.min(4, ...sizes) < 2 || sizes.length === 0;
  const isNear = sizes.length >= wishedGroups(seated, size) && (out < fewest || sizes.length <= shown.length - fewest);
  return isEven && isNear ? [] : ['Its groups are not of the sizes that its input asks for.'];
}

/** How many groups there are if all may meet: threes and as few fours as there must be, or fours and as few threes. */
function wishedGroups(seated: number, size: 3 | 4): number {
  if (size === 4) return Math.ceil(seated / 4);
  return seated === 5 ? 2 : Math.max(Math.min(seated, 1), Math.floor(seated / 3));
}
