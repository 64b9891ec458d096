import type { Candidate } from '../../../src/matching/scoring/model.ts';
import type { Dice } from '../dice.ts';

/** What a rule makes its groups from. Members are numbered from 0 in the order in which they are listed. */
export interface Situation {
  readonly members: readonly Candidate[];
  /** How many rounds ago these two met, each time that they did: 1 for the last round. */
  met(a: number, b: number): readonly number[];
  readonly dice: Dice;
}

/** Groups of members; who is in none is left out. */
export type Rule = (situation: Situation) => readonly (readonly number[])[];

export interface Bot {
  readonly name: string;
  /** Its rule in a few words. */
  readonly rule: string;
  readonly address: string;
  readonly groups: Rule;
}

/** A bot that thinks in time zones would put them into one of three. */
export function zoneOf({ hours }: Pick<Candidate, 'hours'>): 0 | 1 | 2 {
  const start = ((hours[0]?.[0] ?? 0) / 60) % 24;
  return start < 9 ? 0 : start < 12 ? 1 : 2;
}
