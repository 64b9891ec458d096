/** Told how much is done, from 0 to 1. It may throw: the search then ends with that error. */
export type Progress = (share: number) => void;

/** How much work to put into a round of groups. `quick` is for an answer at once, `thorough` for a round that is published. */
export type GroupEffort = 'quick' | 'thorough';

export interface PriceEffort {
  /** Falling heats, in spreads of the prices; more and lower ones bring the bound closer. */
  readonly heats: readonly number[];
  readonly sweeps: number;
}

export interface RoundEffort {
  /** How often the round is changed on trial in one long go, however small it is. */
  readonly least: number;
  /** Otherwise how often for each member, and by how much this grows with each who takes part. */
  readonly moves: number;
  readonly movesForEach: number;
  /** How many shorter goes follow. */
  readonly again: number;
}

export interface Effort {
  readonly prices: PriceEffort;
  readonly round: RoundEffort;
}

export const efforts: Record<GroupEffort, Effort> = {
  quick: {
    prices: { heats: [0.4, 0.16, 0.06], sweeps: 20 },
    round: { least: 40_000, moves: 200, movesForEach: 0.05, again: 2 },
  },
  thorough: {
    prices: { heats: [0.4, 0.2, 0.1, 0.05, 0.025, 0.0125], sweeps: 40 },
    round: { least: 300_000, moves: 850, movesForEach: 3, again: 4 },
  },
};
