import { tzOffset } from '@date-fns/tz';
import { momentAt } from './local.ts';

/*
 * Days of a calendar, as `YYYY-MM-DD`: they sort as text. A week is named by its Monday.
 */

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The day that it is in `zone`. */
export function dayOf(moment: Date, zone: string): string {
  return new Date(moment.getTime() + tzOffset(zone, moment) * minuteMs).toISOString().slice(0, 10);
}

export function daysAfter(day: string, days: number): string {
  return new Date(midnight(day) + days * dayMs).toISOString().slice(0, 10);
}

/** The same day of the next year; the 28th after a 29 February. */
export function yearAfter(day: string): string {
  const next = `${String(Number(day.slice(0, 4)) + 1).padStart(4, '0')}${day.slice(4)}`;
  return isDay(next) ? next : daysAfter(`${next.slice(0, 8)}01`, 27);
}

/** True for what is a day of the calendar: not '2027-02-30', and not what somebody typed. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** ISO: 1 is Monday. */
export function weekdayOf(day: string): number {
  return new Date(midnight(day)).getUTCDay() || 7;
}

/** The Monday of the week that a day is in. */
export function mondayOf(day: string): string {
  return daysAfter(day, 1 - weekdayOf(day));
}

/** The Monday of the week that it is in `zone`: the name of a person's week. */
export function weekOf(moment: Date, zone: string): string {
  return mondayOf(dayOf(moment, zone));
}

/** How many days `later` is after `day`. */
export function daysBetween(day: string, later: string): number {
  return (midnight(later) - midnight(day)) / dayMs;
}

/** How many weeks `later` is after `week`; both are Mondays. */
export function weeksBetween(week: string, later: string): number {
  return (midnight(later) - midnight(week)) / (7 * dayMs);
}

function midnight(day: string): number {
  return Date.parse(`${day}T00:00Z`);
}

/**
 * The first moment of a day on the clocks of `zone`; `undefined` for what is no day there. Where clocks go forward at
 * midnight (in Cairo, say), a day begins at half past or at one.
 */
export function startOfDay(day: string, zone: string): Date | undefined {
  for (const time of ['00:00', '00:30', '01:00']) {
    const moment = momentAt(day, time, zone);
    if (moment !== undefined) return moment;
  }
  return undefined;
}
