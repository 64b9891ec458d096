import type { Calendar } from '../../src/calendar/model.ts';
import { promptMoment } from '../../src/calendar/rules.ts';
import type { Nation } from '../../src/time/bank-holidays.ts';
import { dayOf, daysAfter, weeksBetween } from '../../src/time/days.ts';

/** The Monday of the first week of the two years. */
export const firstWeek = '2027-01-04';
export const weekCount = 104;

const zone = 'Europe/London';

/** Prompts on Mondays at 9am, and a break over each Christmas. */
export const calendar: Calendar = {
  weekday: 1,
  hour: 9,
  breaks: [
    { first: '2027-12-20', last: '2028-01-02', nation: '', cohortId: null },
    { first: '2028-12-18', last: '2028-12-31', nation: '', cohortId: null },
  ],
  cohortDays: [],
};

/** A day on which a prompt comes. */
export interface PromptDay {
  /** 0 for the first of the two years. */
  readonly week: number;
  readonly day: string;
}

/** The days on which somebody of that nation is sent a prompt, by the rule that the network goes by. */
export function promptDays(nation: Nation): readonly PromptDay[] {
  const found: PromptDay[] = [];
  let now = new Date(`${firstWeek}T00:00:00Z`);
  let lastWeek = '';
  let lastSentAt: Date | null = null;
  for (;;) {
    const reader = { nation, cohortId: null, zone, rhythm: 'weekly' as const, lastWeek, lastSentAt };
    const next = promptMoment({ ...reader, usedWeek: lastWeek, plannedWeek: '' }, calendar, now);
    const week = weeksBetween(firstWeek, next.week);
    if (week >= weekCount) return found;
    found.push({ week, day: dayOf(next.at, zone) });
    lastWeek = next.week;
    lastSentAt = next.at;
    now = next.at;
  }
}

/** The Monday of a week, by its number. */
export function mondayOfWeek(week: number): string {
  return daysAfter(firstWeek, week * 7);
}
