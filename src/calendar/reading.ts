import { sql } from 'kysely';
import { readSettings } from '../network/roster.ts';
import type { Reader as Readable, Transaction } from '../store/database.ts';
import { dayOf, daysAfter } from '../time/days.ts';
import type { Break, Calendar, CohortDay, Reader, RoundRhythm } from './model.ts';
import { isRestDay } from './round-rules.ts';

/*
 * What stands in the calendar, and what each member's next prompt hangs on.
 */

/** What an appointment's key begins with; it ends in the week it is for, so that a week has one prompt at most. */
export function promptKey(memberId: string, week: string): string {
  return `reflections.prompt:${memberId}:${week}`;
}

/** A day that may still be today somewhere, or in a week that has not ended. */
function pastDay(now: Date): string {
  return daysAfter(dayOf(now, 'UTC'), -8);
}

export async function readCalendar(db: Readable, now: Date): Promise<Calendar> {
  const { promptWeekday: weekday, promptHour: hour } = await readSettings(db);
  return { weekday, hour, breaks: await readBreaks(db, now), cohortDays: await readCohortDays(db, now) };
}

export async function readRoundRhythm(db: Readable): Promise<RoundRhythm> {
  const { zone, roundWeekday, roundHour, roundWeeks } = await readSettings(db);
  return { zone, weekday: roundWeekday, hour: roundHour, weeks: roundWeeks };
}

/** When the network works, all of it: not the days of single nations and cohorts. */
export interface WorkingDays {
  readonly zone: string;
  /** At which rounds come, and what belongs to them. */
  readonly hour: number;
  /** @param day `YYYY-MM-DD` */
  readonly isRest: (day: string) => boolean;
}

export async function readWorkingDays(db: Readable, now: Date): Promise<WorkingDays> {
  const { zone, hour } = await readRoundRhythm(db);
  const breaks = await readBreaks(db, now);
  return { zone, hour, isRest: (day) => isRestDay(day, breaks) };
}

/** Breaks that are not long over. */
export async function readBreaks(db: Readable, now: Date): Promise<readonly Break[]> {
  return await db
    .selectFrom('breaks')
    .select(['first_day as first', 'last_day as last', 'nation', 'cohort_id as cohortId'])
    .where('last_day', '>=', pastDay(now))
    .execute();
}

async function readCohortDays(db: Readable, now: Date): Promise<readonly CohortDay[]> {
  return await db
    .selectFrom('cohort_prompts')
    .select(['cohort_id as cohortId', 'on_day as day', 'week'])
    .where('on_day', '>=', pastDay(now))
    .execute();
}

export interface PromptReader extends Reader {
  readonly id: string;
  /** False for those who get no prompts: they left, or said no. */
  readonly getsPrompts: boolean;
  /** How many prompts are planned for them: one at most, but for a moment. */
  readonly appointments: number;
}

/** Of these members, or of everybody in the network. */
export async function readReaders(
  tx: Transaction,
  who: readonly string[] | 'everybody',
): Promise<readonly PromptReader[]> {
  const asked = who === 'everybody' ? sql`people.status = 'active'` : sql`people.id = any(${[...who]}::uuid[])`;
  const { rows } = await sql<PromptReader>`
    select people.id,
           people.zone,
           people.nation,
           people.cohort_id as "cohortId",
           people.prompt_rhythm as rhythm,
           people.status = 'active' and people.agrees_to_prompts as "getsPrompts",
           coalesce(latest.week, '') as "lastWeek",
           latest.sent_at as "lastSentAt",
           coalesce(greatest(latest.week, turns.used), '') as "usedWeek",
           coalesce(turns.planned, '') as "plannedWeek",
           turns.appointments
      from people
      left join lateral (
        select week, sent_at from prompts where prompts.member_id = people.id order by week desc limit 1
      ) as latest on true
      left join lateral (
        select max(right(key, 10)) filter (where done_at is not null) as used,
               min(right(key, 10)) filter (where done_at is null) as planned,
               (count(*) filter (where done_at is null))::integer as appointments
          from agenda
         where agenda.subject = people.id::text and kind = 'reflections.prompt'
      ) as turns on true
     where ${asked}
     order by people.id`.execute(tx);
  return rows;
}
