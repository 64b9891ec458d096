import type { PromptRhythm } from '../network/model.ts';

/** `pre-election`: the weeks before an election, in which public bodies keep quiet. */
export const breakSorts = ['break', 'pre-election'] as const;
export type BreakSort = (typeof breakSorts)[number];

/** Days without prompts, on each member's own calendar. Days are `YYYY-MM-DD`; the last one belongs to it. */
export interface Break {
  readonly first: string;
  readonly last: string;
  /** '' for every nation. */
  readonly nation: string;
  /** Null for everybody. */
  readonly cohortId: string | null;
}

/** What a cohort is asked on one day, in place of the prompt of that week. */
export interface CohortDay {
  readonly cohortId: string;
  readonly day: string;
  /** The Monday of that week. */
  readonly week: string;
}

/** What is the same for everybody: when prompts come, and what stands against it. */
export interface Calendar {
  /** ISO: 1 is Monday. */
  readonly weekday: number;
  /** On the clock of each member. */
  readonly hour: number;
  readonly breaks: readonly Break[];
  readonly cohortDays: readonly CohortDay[];
}

/** Whose calendar a day is looked up in. */
export interface Calendared {
  readonly nation: string;
  readonly cohortId: string | null;
}

/** What the next prompt of one member hangs on. Weeks are Mondays; '' where there is none. */
export interface Reader extends Calendared {
  readonly zone: string;
  readonly rhythm: PromptRhythm;
  /** Of the last prompt they were sent: from it, fortnights and months are counted. */
  readonly lastWeek: string;
  readonly lastSentAt: Date | null;
  /** The latest that has had its turn, whether or not something was sent. */
  readonly usedWeek: string;
  /** The one that a prompt is planned for: they have a right to it. */
  readonly plannedWeek: string;
}

export interface PlannedPrompt {
  readonly week: string;
  readonly at: Date;
}

/** When rounds come, on the clock of the network. */
export interface RoundRhythm {
  readonly zone: string;
  readonly weekday: number;
  readonly hour: number;
  /** From one round to the next. */
  readonly weeks: number;
}

/** The days that are offered: public bodies work from Monday to Friday. */
export const weekdays: readonly number[] = [1, 2, 3, 4, 5];
/** The hours that are offered: none that clocks skip or show twice, and none of the night. */
export const hours: readonly number[] = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
export const roundWeeksRange = { min: 1, max: 12 } as const;

/** The longest name of a break, in characters. */
export const breakNameLength = 60;
/** The longest question for a cohort, in characters: as in a framework. */
export const cohortPromptLength = 240;

/** Stands in a form for every nation, or for everybody. */
export const all = 'all';

/** A break as it stands in the list. */
export interface NamedBreak extends Break {
  readonly id: string;
  readonly sort: BreakSort;
  readonly name: string;
  /** The name of its cohort; '' for everybody. */
  readonly cohort: string;
}
