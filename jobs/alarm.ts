/** Rings once, when the time is up that it was last set to. */
export interface Alarm {
  /** @param afterMs `undefined` sets no time, and forgets the one before */
  set(afterMs: number | undefined): void;
}

/** Not more often than this, whatever it is set to: a clock may stand still. */
const leastMs = 10;

/** @param mostMs not later than this */
export function createAlarm(ring: () => void, mostMs: number): Alarm {
  let timer: NodeJS.Timeout | undefined;
  return {
    set(afterMs) {
      clearTimeout(timer);
      timer = afterMs === undefined ? undefined : setTimeout(ring, Math.min(Math.max(afterMs, leastMs), mostMs));
    },
  };
}
