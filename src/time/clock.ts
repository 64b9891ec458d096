/** The one source of "now". Only the composition root makes one; rules are given its answer. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is set: for tests and the demonstration. It never goes back. */
export interface SetClock extends Clock {
  set(now: Date): void;
}

export function createSetClock(start: Date): SetClock {
  let now = start;
  return {
    now: () => now,
    set(next) {
      if (next > now) now = next;
    },
  };
}
