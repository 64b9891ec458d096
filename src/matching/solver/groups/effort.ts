/** Told how much is done, from 0 to 1. It may throw: the search then ends with that error. */
export type Progress = (share: number) => void;

/** How much work to put into a round of groups. `quick` is for an answer at once, `thorough` for a round that is published. */
export type GroupEffort = 'quick' | 'thorough';

export interface PriceEffort {
  /** Falling heats, in spreads of the prices; more and lower ones bring the bound closer. */
  readonly heats: readonly number[];
  readonly sweeps: number;
}

export interface Effort {
  readonly prices: PriceEffort;
  /** Groups near their price that a round is put together from, for each member. */
  readonly listFor: number;
  /** Moves of the walk, for each member. */
  readonly moves: number;
  /** How often at most some groups are taken apart and put together in the best way, for each group. */
  readonly exchanges: number;
}

export const efforts: Record<GroupEffort, Effort> = {
  quick: { prices: { heats: [0.4, 0.2, 0.1, 0.05], sweeps: 20 }, listFor: 40, moves: 300, exchanges: 4 },
  thorough: {
    prices: { heats: [0.4, 0.2, 0.1, 0.05, 0.025, 0.0125], sweeps: 40 },
    listFor: 60,
    moves: 1000,
    exchanges: 20,
  },
};
