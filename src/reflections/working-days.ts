import { readBreaks } from '../calendar/reading.ts';
import { isOff } from '../calendar/rules.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import type { Reader } from '../store/database.ts';
import { weekdayOf } from '../time/days.ts';
import type { WorkingDays } from './next-working-day.ts';

const saturday = 6;

/** When this member can be written to about a prompt that they have had, from a moment on: not in a break of theirs. */
export async function readWorkingDays(db: Reader, member: Member, from: Date): Promise<WorkingDays> {
  const { promptHour } = await readSettings(db);
  const breaks = await readBreaks(db, from);
  return {
    zone: member.zone,
    hour: promptHour,
    isWorking: (day) => weekdayOf(day) < saturday && !isOff(day, member, breaks),
  };
}
