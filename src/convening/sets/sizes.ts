/** How many people a learning set has: enough of them on a day when some are away, and few enough that all can speak. */
export const fewestInSet = 12;
export const mostInSet = 15;

/**
 * How many people sit in each set, as evenly as can be: 12 to 15 wherever the number allows it. It does not for fewer
 * than 12, and for 16 to 23, 31 to 35, 46 and 47: then it is as near as can be, in smaller sets where both are as near.
 */
export function setSizes(people: number): readonly number[] {
  if (people === 0) return [];
  const most = Math.ceil(people / mostInSet);
  const [small, large] = [evenly(people, most), evenly(people, Math.max(1, most - 1))];
  return worst(large) < worst(small) ? large : small;
}

/** Whether so many people can be divided into sets of 12 to 15. */
export function canDivide(people: number): boolean {
  return worst(setSizes(people)) === 0;
}

function evenly(people: number, sets: number): readonly number[] {
  return Array.from({ length: sets }, (_, index) => Math.floor((people + index) / sets)).toReversed();
}

/** How far the set that is furthest out is outside what it should be. */
function worst(sizes: readonly number[]): number {
  return Math.max(0, ...sizes.map((size) => Math.max(fewestInSet - size, size - mostInSet)));
}
