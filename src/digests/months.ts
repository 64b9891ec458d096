import { isBankHoliday } from '../time/bank-holidays.ts';
import { dayOf, daysAfter, weekdayOf } from '../time/days.ts';
import { momentOn } from '../time/local.ts';

/*
 * Months are named `YYYY-MM`, on the network's calendar.
 */

export function monthOf(moment: Date, zone: string): string {
  return dayOf(moment, zone).slice(0, 7);
}

export function monthAfter(month: string): string {
  return daysAfter(`${month}-28`, 4).slice(0, 7);
}

export function beginningOf(month: string, zone: string): Date {
  return momentOn(`${month}-01`, 0, zone);
}

/** The first working day after a month, at the hour: when its digest comes. The network's own days count as England's. */
export function digestMoment(month: string, zone: string, hour: number): Date {
  let day = `${monthAfter(month)}-01`;
  while (weekdayOf(day) > 5 || isBankHoliday(day, 'England')) day = daysAfter(day, 1);
  return momentOn(day, hour, zone);
}
