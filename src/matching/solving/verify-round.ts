import type { RoundInput } from '../scoring/model.ts';
import { scoresOf } from '../scoring/score.ts';
import { lockFaults } from './lock-faults.ts';
import type { PartProof, RoundCertificate, RoundVerdict } from './model.ts';
import { verifyPart } from './verify-part.ts';

const mostFaults = 10;

/**
 * Checks a round and its proof from the beginning, with nothing of the solver but the score itself: who is in it, the rules,
 * the sums, and that no pair (or group) is worth more than the prices that prove the bound. Groups that were fixed are
 * taken as they are; the proof speaks of the round around them.
 */
export function verifyRound(input: RoundInput, certificate: RoundCertificate): RoundVerdict {
  const scores = scoresOf(input);
  const parts = certificate.parts.map((part) => verifyPart(scores, part));
  const faults = [...missingOrTwice(input, certificate.parts), ...parts.flatMap((part) => part.faults)];
  for (const { lock, kind } of lockFaults(input)) faults.push(`Fixed group ${lock + 1} breaks a rule (${kind}).`);
  const total = (value: (part: (typeof parts)[number]) => number) => parts.reduce((sum, part) => sum + value(part), 0);
  const objective = total((part) => part.objective);
  const bound = total((part) => part.bound);
  const isSound = faults.length === 0;
  return {
    isSound,
    isBest: isSound && objective === bound,
    possible: total((part) => part.possible),
    objective,
    bound,
    gap: objective === bound ? 0 : (bound - objective) / Math.max(1, Math.abs(bound)),
    faults: faults.slice(0, mostFaults),
  };
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
