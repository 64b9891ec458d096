import { minutesInWeek } from './model.ts';

type Hours = readonly (readonly [number, number])[];

/** Stretches as from, until, from, until …, in order; none touch. */
type Stretches = Int32Array;

/** Every distinct list of working hours once, and how many minutes a week each two of them share. */
export interface HourPatterns {
  /** By member, the number of their pattern; −1 where nothing is known of their hours. */
  readonly of: Int32Array;
  /** Shared minutes of a week, as patterns × patterns. */
  readonly shared: Int32Array;
  readonly count: number;
}

/** @param hours of each member: stretches from minute to minute of the week; one that ends before it begins runs over Sunday */
export function hourPatterns(hours: readonly Hours[]): HourPatterns {
  const numbers = new Map<string, number>();
  const patterns: Stretches[] = [];
  const of = Int32Array.from(hours, (own) => {
    const joined = joinStretches(own);
    if (joined.length === 0) return -1;
    const name = joined.join(' ');
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, patterns.length);
    return patterns.push(joined) - 1;
  });
  const count = patterns.length;
  const shared = new Int32Array(count * count);
  patterns.forEach((one, p) => {
    for (let q = p; q < count; q += 1) {
      const minutes = sharedMinutes(one, patterns[q] ?? new Int32Array());
      shared[p * count + q] = minutes;
      shared[q * count + p] = minutes;
    }
  });
  return { of, shared, count };
}

/** Minutes of a week in which all of these work. */
export function minutesOfAll(hours: readonly Hours[]): number {
  const [first = new Int32Array(), ...others] = hours.map(joinStretches);
  const whole = others.reduce((shared, other) => {
    const both: [number, number][] = [];
    eachShared(shared, other, (from, until) => both.push([from, until]));
    return joinStretches(both);
  }, first);
  return sharedMinutes(whole, whole);
}

/** The same hours in order, those that touch or overlap as one. */
function joinStretches(hours: Hours): Stretches {
  const within = hours.flatMap(([from, until]) => {
    const beyondSunday: Hours = [
      [from, minutesInWeek],
      [0, until],
    ];
    return until >= from ? [[from, until] as const] : beyondSunday;
  });
  const joined: number[] = [];
  for (const [from, until] of within.toSorted(([one], [other]) => one - other)) {
    const last = joined.at(-1);
    if (until === from) continue;
    if (last === undefined || from > last) joined.push(from, until);
    else joined[joined.length - 1] = Math.max(last, until);
  }
  return Int32Array.from(joined);
}

function sharedMinutes(one: Stretches, other: Stretches): number {
  let minutes = 0;
  eachShared(one, other, (from, until) => {
    minutes += until - from;
  });
  return minutes;
}

function eachShared(one: Stretches, other: Stretches, onShared: (from: number, until: number) => void): void {
  let at = 0;
  let to = 0;
  while (at < one.length && to < other.length) {
    const endOne = one[at + 1] ?? 0;
    const endOther = other[to + 1] ?? 0;
    const from = Math.max(one[at] ?? 0, other[to] ?? 0);
    const until = Math.min(endOne, endOther);
    if (until > from) onShared(from, until);
    if (endOne < endOther) at += 2;
    else to += 2;
  }
}
