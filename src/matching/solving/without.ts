import type { RoundInput } from '../scoring/model.ts';
import { scoresOf } from '../scoring/score.ts';
import type { Division, RoundCertificate } from './model.ts';
import { divisionOf } from './verify-division.ts';
import { withoutMembersOf } from './without-part.ts';

/** What a round was made from, and its proof. */
export interface ProvenRound {
  readonly input: RoundInput;
  readonly certificate: RoundCertificate;
  /** How what remains was divided, once somebody was taken out of it. */
  readonly division?: Division | undefined;
}

/**
 * A round without a member and the rest of their group: nothing in it names them, and what remains is still proven, as it
 * was divided. The round as it is where they are not in it.
 */
export function withoutMember(round: ProvenRound, memberId: string): ProvenRound {
  const { input, certificate } = round;
  if (!input.members.some(({ id }) => id === memberId)) return round;
  const scores = scoresOf(input);
  const gone = new Set([memberId, ...groupOf(input, certificate, memberId)]);
  const parts = certificate.parts
    .map((part) => withoutMembersOf(scores, part, gone))
    .filter((part) => part.members.length > 0);
  const isKnown = ([a, b]: readonly [string, string]) => !gone.has(a) && !gone.has(b);
  return {
    input: {
      ...input,
      members: input.members.filter(({ id }) => !gone.has(id)),
      past: input.past.filter(({ a, b }) => isKnown([a, b])),
      apart: input.apart.filter(isKnown),
      locked: input.locked.filter((group) => !group.some((id) => gone.has(id))),
    },
    certificate: { version: certificate.version, parts },
    division: divisionOf(parts),
  };
}

function groupOf(input: RoundInput, certificate: RoundCertificate, memberId: string): readonly string[] {
  const solved = certificate.parts.flatMap(({ members, groups }) =>
    groups.map((group) => group.map((at) => members[at] ?? '')),
  );
  return [...input.locked, ...solved].find((group) => group.includes(memberId)) ?? [];
}
