import type { Cover, Roll } from './cover.ts';
import { bestPartition } from './partition.ts';

/** Groups that are taken apart at once. */
const TOGETHER = 10;
/** Groups looked at when the next to take apart is chosen. */
const ATTEMPTS = 60;

/** A group with much slack, and others that groups near their price would connect it with. */
function neighbourhood(cover: Cover, chosen: readonly number[], roll: Roll, most: number): number[] {
  const { list, slack, around, coveredBy } = cover;
  let first = chosen[roll(chosen.length)] ?? 0;
  for (let look = 0; look < 2; look++) {
    const other = chosen[roll(chosen.length)] ?? 0;
    if ((slack[other] ?? 0) > (slack[first] ?? 0)) first = other;
  }
  const found = [first];
  for (let attempt = 0; attempt < ATTEMPTS && found.length < most; attempt++) {
    const from = found[roll(found.length)] ?? 0;
    const v = list.member[(list.start[from] ?? 0) + roll(list.sizeOf(from))] ?? 0;
    const far = roll(65536) / 65536;
    const place = Math.floor(far * far * ((around.start[v + 1] ?? 0) - (around.start[v] ?? 0)));
    const link = around.group[(around.start[v] ?? 0) + place] ?? 0;
    for (let at = list.start[link] ?? 0; at < (list.start[link + 1] ?? 0) && found.length < most; at++) {
      const touched = coveredBy[list.member[at] ?? 0] ?? 0;
      if (!found.includes(touched)) found.push(touched);
    }
  }
  return found;
}

/**
 * Takes some groups of a full cover apart again and again and puts their members together in the best way that the list
 * holds, keeping the number of groups of each size. Returns whether anything got better.
 */
export function exchangeGroups(cover: Cover, turns: number, patience: number, roll: Roll): boolean {
  let chosen = cover.chosen();
  let isBetter = false;
  for (let turn = 0, quiet = 0; turn < turns && quiet < patience; turn++, quiet++) {
    const apart = neighbourhood(cover, chosen, roll, TOGETHER);
    const together = bestPartition(cover, apart);
    if (together === null) continue;
    for (const k of apart) cover.remove(k);
    for (const k of together) cover.insert(k);
    chosen = cover.chosen();
    isBetter = true;
    quiet = 0;
  }
  return isBetter;
}
