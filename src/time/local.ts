import { TZDate } from '@date-fns/tz';
import { addDays } from 'date-fns/addDays';
import { getISODay } from 'date-fns/getISODay';

/** True when `zone` is an IANA name this machine knows. TZDate does not throw on a wrong one: it gives NaN. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The first moment strictly after `now` when clocks in `zone` show `hour`:00 on the ISO weekday (1 = Monday).
 * Computed from the zone's rules each time, so a clock change never moves or doubles it.
 *
 * @example nextLocal(new Date('2027-03-27T12:00Z'), 'Europe/London', 1, 9) // 2027-03-29T08:00Z
 */
export function nextLocal(now: Date, zone: string, weekday: number, hour: number): Date {
  const local = new TZDate(now, zone);
  const ahead = (weekday - getISODay(local) + 7) % 7;
  const today = new TZDate(local.getFullYear(), local.getMonth(), local.getDate(), hour, 0, 0, zone);
  const candidate = addDays(today, ahead);
  const next = candidate > now ? candidate : addDays(candidate, 7);
  return new Date(next.getTime());
}

/** The Monday of the week that holds `moment` in `zone`, as `YYYY-MM-DD`: the name of a person's week. */
export function weekOf(moment: Date, zone: string): string {
  const local = new TZDate(moment, zone);
  const monday = addDays(local, 1 - getISODay(local));
  return isoDate(monday);
}

/** The moment in the week that {@link weekOf} names when clocks in `zone` show `hour`:00 on the ISO weekday. */
export function momentInWeek(week: string, zone: string, weekday: number, hour: number): Date {
  const [year = 0, month = 1, day = 1] = week.split('-').map(Number);
  return new Date(new TZDate(year, month - 1, day + weekday - 1, hour, 0, 0, zone).getTime());
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
