import type { RoundInput } from '../scoring/model.ts';
import { type LockFault, lockFaults } from './lock-faults.ts';

/** A round cannot be made from what was given; the message says what has to be put right, and names nobody but by id. */
export class RoundFault extends Error {
  readonly locks: readonly LockFault[];

  constructor(message: string, locks: readonly LockFault[] = []) {
    super(message);
    this.name = 'RoundFault';
    this.locks = locks;
  }
}

const lockWords: Record<LockFault['kind'], string> = {
  unknown: 'holds somebody who does not take part',
  twice: 'holds somebody who is fixed twice',
  'one-council': 'holds two people of one council',
  apart: 'holds two people who may not be in one group',
};

/** Throws a {@link RoundFault} where ids are not unique or the groups that are fixed contradict the rules. */
export function refuseFaults(input: RoundInput): void {
  const seen = new Set<string>();
  for (const { id } of input.members) {
    if (seen.has(id)) throw new RoundFault(`Two members have the id ${id}. Each member needs an id of their own.`);
    seen.add(id);
  }
  const faults = lockFaults(input);
  const [first] = faults;
  if (first === undefined) return;
  const words = `Fixed group ${first.lock + 1} ${lockWords[first.kind]} (${first.members.join(', ')}).`;
  throw new RoundFault(`${words} Change the group, or do not fix it.`, faults);
}
