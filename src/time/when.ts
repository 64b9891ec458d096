import { tzOffset } from '@date-fns/tz';
import { isDay } from './days.ts';

/** Two moments, the earlier first. */
export type TwoMoments = readonly [first: Date, second: Date];

/**
 * What a date and a time mean on somebody's clock.
 * `problem`: one of the two is none. `twice`: clocks go back and show the time twice. `gap`: clocks go forward and never
 * show it; the two are the nearest that are meant: as much before the change, and as much after it.
 */
export type When = { readonly moment: Date } | { readonly problem: 'date' | 'time' } | Doubt;
export type Doubt = { readonly gap: TwoMoments } | { readonly twice: TwoMoments };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Reads what somebody typed: a date `YYYY-MM-DD` and a time `HH:mm` on the clocks of `zone`.
 *
 * @param clock which of two they meant, 'first' or 'second'; '' where nobody asked. Without a doubt it says nothing
 */
export function readWhen(date: string, time: string, clock: string, zone: string): When {
  if (!isDay(date)) return { problem: 'date' };
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) return { problem: 'time' };
  const shown = Date.parse(`${date}T${time}Z`);
  // Clocks change once in two days at most: by the offset before a change near that hour, and by the one after it.
  const offsets = [-dayMs, dayMs].map((away) => tzOffset(zone, new Date(shown + away)));
  const read = [...new Set(offsets)].map((offset) => ({ offset, moment: new Date(shown - offset * minuteMs) }));
  const [early, late] = read.map(({ moment }) => moment).toSorted((a, b) => a.getTime() - b.getTime());
  if (early === undefined) return { problem: 'time' };
  if (late === undefined) return { moment: early };
  const real = read.filter(({ offset, moment }) => tzOffset(zone, moment) === offset);
  const [only] = real;
  if (real.length === 1 && only !== undefined) return { moment: only.moment };
  if (clock === 'first') return { moment: early };
  if (clock === 'second') return { moment: late };
  return real.length === 0 ? { gap: [early, late] } : { twice: [early, late] };
}
