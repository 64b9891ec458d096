import { readBreaks } from '../calendar/reading.ts';
import type { Reader } from '../store/database.ts';
import { weekdayOf } from '../time/days.ts';
import { type DaysOff, whyOff } from './slot-rules.ts';
import { readNations } from './slots.ts';

const saturday = 6;

/** What stands against a date of a series now. A break of one nation or one cohort does not: the others can come. */
export async function readDaysOff(db: Reader, now: Date): Promise<DaysOff> {
  const breaks = await readBreaks(db, now);
  return {
    nations: await readNations(db),
    breaks: breaks.filter(({ nation, cohortId }) => nation === '' && cohortId === null),
  };
}

export function isWorkingDay(day: string, daysOff: DaysOff): boolean {
  return weekdayOf(day) < saturday && whyOff(day, daysOff) === undefined;
}
