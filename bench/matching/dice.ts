/** Whole numbers from 0 to below `limit`: the same ones for the same seed. */
export type Dice = (limit: number) => number;

/** Tommy Ettinger's mulberry32. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** An index, each as likely as its weight is heavy. */
export function draw(dice: Dice, weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = (dice(1_000_000) / 1_000_000) * total;
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}

/** One of the things, each as likely as the share beside it is large. */
export function pick<T>(dice: Dice, choices: readonly (readonly [thing: T, share: number])[]): T {
  const chosen =
    choices[
      draw(
        dice,
        choices.map(([, share]) => share),
      )
    ];
  if (chosen === undefined) throw new Error('There is nothing to pick from');
  return chosen[0];
}

/** The same things in a random order (Fisher and Yates). */
export function shuffled<T>(dice: Dice, things: readonly T[]): readonly T[] {
  const left = [...things];
  const order: T[] = [];
  while (left.length > 0) {
    const at = dice(left.length);
    const last = left.pop();
    const chosen = at === left.length ? last : left[at];
    if (chosen === undefined || last === undefined) break;
    if (at < left.length) left[at] = last;
    order.push(chosen);
  }
  return order;
}

/** How much of an invented network each council has: a few have many members, most have few (Zipf). */
export function councilWeights(councils: number, zipf: number): readonly number[] {
  return Array.from({ length: councils }, (_, at) => (at + 1) ** -zipf);
}
