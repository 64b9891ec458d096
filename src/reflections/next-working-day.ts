import { daysAfter } from '../time/days.ts';

/** When a member can be written to: at an hour on their own clock, and not on a weekend, a bank holiday of theirs or in a break. */
export interface WorkingDays {
  readonly zone: string;
  readonly hour: number;
  isWorking(day: string): boolean;
}

/** A break lasts a year at most: the search for a working day ends after so many days, and takes any day. */
const longestClosure = 400;

/** The first working day from `day` on, which may be that day. */
export function workingDayFrom(day: string, { isWorking }: WorkingDays): string {
  const last = daysAfter(day, longestClosure);
  let found = day;
  while (!isWorking(found) && found < last) found = daysAfter(found, 1);
  return found;
}
