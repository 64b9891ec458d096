import { TZDate, tzOffset } from '@date-fns/tz';

/** True when `zone` is an IANA name this machine knows. TZDate does not throw on a wrong one: it gives NaN. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * The moment when clocks in `zone` show `hour`:00 on a day, `YYYY-MM-DD`: the first where that hour comes twice. Where
 * clocks skip it, as much later as they jump, so that an hour skipped from its beginning gives the first moment after.
 */
export function momentOn(day: string, hour: number, zone: string): Date {
  const shown = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00Z`);
  const at = (offset: number) => new Date(shown - offset * minuteMs);
  // Clocks change once in two days at most: the offset before a change near that hour, and the one after it.
  const [before, after] = [tzOffset(zone, new Date(shown - dayMs)), tzOffset(zone, new Date(shown + dayMs))];
  const [early, late] = [at(before), at(after)];
  if (before === after || tzOffset(zone, early) === before) return early;
  return tzOffset(zone, late) === after ? late : early;
}

/**
 * The moment when clocks in `zone` show this date and time, or `undefined` when they never do (spring gap).
 * An hour that happens twice gives its first occurrence.
 */
export function momentAt(date: string, time: string, zone: string): Date | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})$/.exec(`${date} ${time}`)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const shows = (moment: Date) => localParts(moment, zone) === `${date} ${time}`;
  const guess = new TZDate(year, month - 1, day, hour, minute, 0, zone).getTime();
  const hourMs = 3_600_000;
  // Zones shift by an hour, or by half an hour on Lord Howe: look at each moment that could show the same time.
  const nearby = [-hourMs, -hourMs / 2, 0, hourMs / 2, hourMs].map((shift) => new Date(guess + shift));
  return nearby.find((moment) => !Number.isNaN(moment.getTime()) && shows(moment));
}

/** `YYYY-MM-DD HH:mm` on the clocks of `zone`. */
export function localParts(moment: Date, zone: string): string {
  const local = new TZDate(moment, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${isoDate(local)} ${two(local.getHours())}:${two(local.getMinutes())}`;
}

function isoDate(local: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(local.getFullYear()).padStart(4, '0')}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
}
