import { daysAfter, mondayOf } from '../../time/days.ts';
import { momentAt } from '../../time/local.ts';
import { minutesInWeek } from '../scoring/model.ts';

type Span = readonly [number, number];

export interface WorkingHours {
  /** HH:mm on their own clock, from Monday to Friday. */
  readonly from: string;
  readonly until: string;
  /** IANA time zone. */
  readonly zone: string;
}

/**
 * When somebody works, in minutes since the Monday 00:00 UTC of a week; each from, until. What of it is in the weeks
 * beside (Monday morning in Auckland is Sunday in UTC) counts at the other end of this one: one week is like the next.
 *
 * @param day `YYYY-MM-DD`, any of that week
 */
export function workingMinutes({ from, until, zone }: WorkingHours, day: string): readonly Span[] {
  const monday = mondayOf(day);
  const start = Date.parse(`${monday}T00:00Z`);
  const spans = [0, 1, 2, 3, 4].flatMap((days): readonly Span[] => {
    const date = daysAfter(monday, days);
    const [first, last] = [momentAt(date, from, zone), momentAt(date, until, zone)];
    // An hour that clocks skip: that day counts for nothing.
    if (first === undefined || last === undefined || last <= first) return [];
    const [a, b] = [first, last].map((moment) => (moment.getTime() - start) / 60_000);
    return a === undefined || b === undefined ? [] : folded(a, b);
  });
  return spans.toSorted((one, other) => one[0] - other[0]);
}

function folded(from: number, until: number): readonly Span[] {
  const first = ((from % minutesInWeek) + minutesInWeek) % minutesInWeek;
  const last = first + (until - from);
  if (last <= minutesInWeek) return [[first, last]];
  return [
    [first, minutesInWeek],
    [0, last - minutesInWeek],
  ];
}
