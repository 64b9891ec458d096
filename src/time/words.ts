import { TZDate } from '@date-fns/tz';
import { addMinutes } from 'date-fns/addMinutes';
import { format } from 'date-fns/format';

/**
 * '9am', '9:30am', 'midday': https://www.gov.uk/guidance/style-guide/a-to-z-of-gov-uk-style#times
 */
function timeWords(local: Date): string {
  if (local.getMinutes() === 0) return hourWords(local.getHours());
  return format(local, 'h:mmaaa');
}

/**
 * @example dayWords(new Date('2026-03-03T10:00Z'), 'Europe/London') // 'Tuesday 3 March'
 */
export function dayWords(moment: Date, zone: string): string {
  return format(new TZDate(moment, zone), 'EEEE d MMMM');
}

/** @example clockWords('13:30') // '1:30pm' */
export function clockWords(time: string): string {
  return timeWords(new TZDate(`2000-01-01T${time}:00Z`, 'UTC'));
}

/** @example hourWords(9) // '9am' */
export function hourWords(hour: number): string {
  if (hour % 12 === 0) return hour === 12 ? 'midday' : 'midnight';
  return `${hour % 12}${hour < 12 ? 'am' : 'pm'}`;
}

/**
 * A day of the calendar, `YYYY-MM-DD`, with its year.
 *
 * @example calendarDayWords('2027-03-29') // 'Monday 29 March 2027'
 */
export function calendarDayWords(day: string): string {
  return format(new TZDate(`${day}T12:00:00Z`, 'UTC'), 'EEEE d MMMM yyyy');
}

/**
 * A meeting as its reader's clock shows it; the zone is named when it is not the United Kingdom's.
 *
 * @example whenWords(new Date('2026-03-03T10:00Z'), 60, 'Europe/London') // '10am to 11am on Tuesday 3 March'
 */
export function whenWords(start: Date, minutes: number, zone: string): string {
  const from = new TZDate(start, zone);
  const to = addMinutes(from, minutes);
  const zoneName = zone === 'Europe/London' ? '' : ` (${zoneWords(zone)})`;
  return `${timeWords(from)} to ${timeWords(to)} on ${dayWords(start, zone)}${zoneName}`;
}

/** @example momentWords(new Date('2026-03-03T10:00Z'), 'Europe/London') // '10am on Tuesday 3 March' */
export function momentWords(moment: Date, zone: string): string {
  return `${timeWords(new TZDate(moment, zone))} on ${dayWords(moment, zone)}`;
}

/** With the year, for a record: '10am on 3 March 2026'. */
export function datedWords(moment: Date, zone: string): string {
  const local = new TZDate(moment, zone);
  return `${timeWords(local)} on ${format(local, 'd MMMM yyyy')}`;
}

/** 'New York time': the place's name says more to a reader than an abbreviation such as EST. */
export function zoneWords(zone: string): string {
  const place = zone.split('/').at(-1) ?? zone;
  return `${place.replaceAll('_', ' ')} time`;
}

/** @example monthWords('2027-03') // 'March 2027' */
export function monthWords(month: string): string {
  return format(new TZDate(`${month}-01T00:00:00Z`, 'UTC'), 'MMMM yyyy');
}

/** @example dateWords(new Date('2026-03-03T10:00Z'), 'Europe/London') // '3 March 2026' */
export function dateWords(moment: Date, zone: string): string {
  return format(new TZDate(moment, zone), 'd MMMM yyyy');
}
