import { NEVER } from '../model.ts';
import { seatEverybody } from './seat-everybody.ts';
import type { Square } from './square.ts';

/** The fewest steps after which the next way to divide everybody is tried only every second, fourth … time. */
const CLOSE = 3;

/** Sizes of so many groups, as even as can be, and a one for everybody who is left out. */
export function evenSizes(count: number, groups: number, leftOut: number): number[] {
  const seated = count - leftOut;
  const sizes = Array.from({ length: groups }, (_, g) => Math.floor((seated + g) / groups));
  return [...sizes.reverse(), ...Array.from({ length: leftOut }, () => 1)];
}

/** How many groups there would be if all could meet: threes and as few fours as possible, or fours and as few threes. */
function wishedGroups(seated: number, size: 3 | 4): number {
  if (seated < 2) return 0;
  if (size === 4) return Math.ceil(seated / 4);
  return seated === 5 ? 2 : Math.max(1, Math.floor(seated / 3));
}

/** From, from + 1 … and then in growing steps, to `to` at last. */
function* growing(from: number, to: number): Generator<number> {
  let step = 1;
  for (let at = from; at < to; at += step) {
    yield at;
    if (at - from >= CLOSE) step *= 2;
  }
  if (from <= to) yield to;
}

/** How many members nobody may meet, and how many of the others are of the largest council. */
function limitsOf({ size, of }: Square, council: Int32Array): { alone: number; largest: number } {
  const inCouncil = new Map<number, number>();
  let alone = 0;
  for (let v = 0; v < size; v++) {
    if (of.subarray(v * size, (v + 1) * size).every((score) => score === NEVER)) alone++;
    else inCouncil.set(council[v] ?? 0, (inCouncil.get(council[v] ?? 0) ?? 0) + 1);
  }
  return { alone, largest: Math.max(0, ...inCouncil.values()) };
}

/**
 * How to divide everybody: as few left out as can be, then as close to the wished size as can be. A council with more
 * members than there would be groups makes more and smaller groups, down to pairs; only one with more members than all
 * others together leaves some of its own out. Where people are kept apart otherwise, more and smaller groups are tried
 * until there is a seating in which all may meet; `seating` is one.
 */
export function dividing(square: Square, council: Int32Array, size: 3 | 4): { sizes: number[]; seating: number[][] } {
  const count = square.size;
  const { alone, largest } = limitsOf(square, council);
  const least = alone + Math.max(0, 2 * largest - (count - alone));
  for (const leftOut of growing(least, count)) {
    const seated = count - leftOut;
    const most = Math.floor(seated / 2);
    const fewest = Math.min(most, Math.max(wishedGroups(seated, size), Math.min(largest, most)));
    for (const groups of growing(fewest, most)) {
      if (groups === 0 && seated > 0) continue;
      const sizes = evenSizes(count, groups, leftOut);
      const seating = seatEverybody(square, sizes);
      if (seating !== null) return { sizes, seating };
    }
  }
  return { sizes: Array.from({ length: count }, () => 1), seating: Array.from({ length: count }, (_, v) => [v]) };
}
