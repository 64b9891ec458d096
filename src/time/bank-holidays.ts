import { createRequire } from 'node:module';
import type DateHolidays from 'date-holidays';

/** The nations whose bank holidays we know, as `councils.nation` holds them. */
export const nations = ['England', 'Scotland', 'Wales', 'Northern Ireland'] as const;
export type Nation = (typeof nations)[number];

const states: Readonly<Record<Nation, string>> = {
  England: 'ENG',
  Scotland: 'SCT',
  Wales: 'WLS',
  'Northern Ireland': 'NIR',
};

/** Proclaimed for one year, and unknown to the library: https://www.mygov.scot/scotland-bank-holidays */
const proclaimed: Readonly<Partial<Record<Nation, readonly string[]>>> = { Scotland: ['2026-06-15'] };

/**
 * True on a bank holiday of that nation, substitute days among them. Any other nation, '' as well, has none: nobody
 * told us where they are. A holiday that falls on a Saturday or Sunday counts beside its substitute.
 *
 * @param day `YYYY-MM-DD`
 */
export function isBankHoliday(day: string, nation: string): boolean {
  const known = nations.find((name) => name === nation);
  return known !== undefined && holidaysOf(known, day.slice(0, 4)).has(day);
}

/** True where nobody in the United Kingdom works. */
export function isBankHolidayEverywhere(day: string): boolean {
  return nations.every((nation) => isBankHoliday(day, nation));
}

const found = new Map<string, ReadonlySet<string>>();

function holidaysOf(nation: Nation, year: string): ReadonlySet<string> {
  const key = `${nation} ${year}`;
  const known = found.get(key) ?? findHolidays(nation, year);
  found.set(key, known);
  return known;
}

function findHolidays(nation: Nation, year: string): ReadonlySet<string> {
  const Holidays = library();
  const days = new Holidays('GB', states[nation])
    .getHolidays(Number(year))
    .filter(({ type }) => type === 'public' || type === 'bank')
    // On the clocks of the nation: `2027-12-27 00:00:00 (substitute day)`.
    .map(({ date }) => date.slice(0, 10));
  return new Set([...days, ...(proclaimed[nation] ?? [])]);
}

const require = createRequire(import.meta.url);

/** Loaded when first asked: it takes a tenth of a second, and most commands have no need of it. */
function library(): typeof DateHolidays {
  const loaded: typeof DateHolidays = require('date-holidays');
  return loaded;
}
