import type { RoundInput } from '../scoring/model.ts';

/** Why a group that was fixed cannot be. `apart`: they, or their councils, are kept apart; which, is told to nobody. */
export interface LockFault {
  readonly kind: 'unknown' | 'twice' | 'one-council' | 'apart';
  /** Which of `input.locked`, counted from 0. */
  readonly lock: number;
  /** Whom it concerns: one id, or two who may not be in one group. */
  readonly members: readonly string[];
}

/**
 * What contradicts the rules in the groups that are fixed; empty when nothing does. Whoever was matched lately may be
 * fixed together again: that is what fixing is for.
 */
export function lockFaults(input: RoundInput): readonly LockFault[] {
  const council = new Map(input.members.map((member) => [member.id, member.council]));
  const areApart = pairsIn(input.apart);
  const councilsApart = pairsIn(input.councilsApart);
  const seen = new Set<string>();
  return input.locked.flatMap((group, lock) => {
    const faults: LockFault[] = [];
    group.forEach((one, at) => {
      const own = council.get(one);
      if (own === undefined) faults.push({ kind: 'unknown', lock, members: [one] });
      if (seen.has(one)) faults.push({ kind: 'twice', lock, members: [one] });
      seen.add(one);
      for (const other of group.slice(at + 1)) {
        const theirs = council.get(other);
        if (own === undefined || theirs === undefined || one === other) continue;
        if (own === theirs) faults.push({ kind: 'one-council', lock, members: [one, other] });
        else if (areApart(one, other) || councilsApart(own, theirs))
          faults.push({ kind: 'apart', lock, members: [one, other] });
      }
    });
    return faults;
  });
}

/** Ids are any text: only as JSON can no two of them be taken for two others. */
function pairsIn(pairs: RoundInput['apart']): (one: string, other: string) => boolean {
  const keys = new Set(pairs.flatMap(([a, b]) => [JSON.stringify([a, b]), JSON.stringify([b, a])]));
  return (one, other) => keys.has(JSON.stringify([one, other]));
}
